package quickpage.index.finish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quickpage.index.finish.FinishRequest.Caught;
import quickpage.index.json.Json;
import quickpage.index.lease.RunCoordination;
import quickpage.index.model.Options;
import quickpage.index.model.Remedy;
import quickpage.index.model.run.Batch;
import quickpage.index.model.run.BatchStatistics;
import quickpage.index.model.run.ComposeResult;
import quickpage.index.model.run.Execution;
import quickpage.index.model.run.PlanResult;
import quickpage.index.model.run.PlanStatistics;
import quickpage.index.model.run.QueryStatistics;
import quickpage.index.model.run.RunContext;
import quickpage.index.model.run.Settings;
import quickpage.index.model.run.UnavailableType;
import quickpage.index.model.run.Work;
import quickpage.index.site.run.RunFolder;
import quickpage.index.site.run.RunPlan;
import quickpage.index.site.store.MemoryStore;

class FinishRunTest {

  private static final Execution EXECUTION =
      new Execution("arn:x", "run-1", "2026-01-01T00:00:00.500Z");
  private static final PlanResult PLANNED =
      new PlanResult(
          null,
          null,
          "run-1",
          "memory",
          "",
          "items",
          2,
          1,
          4,
          5,
          new QueryStatistics(4, 0, 2, 1, 0, 100, 0, 0, ""),
          "2026-01-01T00:00:01Z",
          "2026-01-01T00:00:02Z");
  private static final ComposeResult PUBLISHED =
      new ComposeResult(
          null,
          null,
          3,
          "types.html",
          4L,
          2L,
          1L,
          0L,
          1L,
          10L,
          Map.of(Work.COMPOSE, 900L, Work.PUBLISH, 300L),
          "2026-01-01T00:00:06Z",
          "2026-01-01T00:00:07.250Z");

  private static final String PLAN = "0123";

  private final MemoryStore store = new MemoryStore();
  private final RunFolder folder = new RunFolder(store, "", "run-1");
  private final FinishRun stage =
      new FinishRun(
          bucket -> store,
          RunCoordination.NONE,
          FunctionMemory.NONE,
          Clock.fixed(Instant.parse("2026-01-01T00:00:10Z"), ZoneOffset.UTC));

  private static FinishRequest request(PlanResult plan, ComposeResult compose, Caught error) {
    return new FinishRequest(
        EXECUTION, plan, compose, error, new FinishRequest.Defaults("memory", "", "", ""));
  }

  private void planIsWritten() {
    String context =
        folder.writeContext(
            new RunContext(
                RunContext.FORMAT,
                "run-1",
                "2026-01-01T00:00:00Z",
                new Settings(
                    "memory",
                    "",
                    "https://s",
                    "cns:v1",
                    "",
                    "",
                    "",
                    "",
                    new Options(
                        true, 1.5, null, 1, null, 20, 24, false, 1, null, List.of(), List.of())),
                null,
                null,
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                4,
                null));
    RunPlan written =
        folder.writePlan(
            new RunPlan(
                RunContext.FORMAT,
                PLAN,
                "NEUVIEW",
                context,
                "items",
                2,
                1,
                List.of(),
                new RunPlan.Entries(4, 1, 0),
                6,
                List.of("types/x>y.html"),
                List.of("types/._LC4.html"),
                List.of(),
                List.of(),
                List.of("Z"),
                null,
                new PlanStatistics(
                    1,
                    3,
                    2,
                    PLANNED.queries(),
                    Map.of(Work.LISTING, 100L, Work.CACHE_READ, 20L),
                    PLANNED.startedAt(),
                    PLANNED.finishedAt())));
    assertThat(written.context()).isEqualTo(context);
  }

  /** Leaves what a batch says of itself. */
  private void ended(BatchStatistics statistics) {
    folder.writeStatistics(new Batch(statistics.batch(), PLAN, "context", List.of()), statistics);
  }

  private static BatchStatistics batch(int number, int types, String edited, String... failed) {
    return new BatchStatistics(
        number,
        types,
        1,
        types - 1,
        1,
        2,
        java.util.Arrays.stream(failed).map(type -> new UnavailableType(type, "too slow")).toList(),
        new QueryStatistics(10, 8, 4, 2, 3, 1000, 700, 80, ""),
        Map.of(Work.CACHE_READ, 5L),
        "2026-01-01T00:00:0%dZ".formatted(2 + number),
        "2026-01-01T00:00:0%dZ".formatted(4 + number),
        edited);
  }

  private static String failure(FinishResult result) {
    return result.failure();
  }

  @Test
  void aRunThatPublishedHasNoFailureAndAllNumbers() throws IOException {
    planIsWritten();
    ended(batch(0, 2, null));
    ended(batch(1, 1, null, "C"));
    folder.writeUnavailable(List.of(new UnavailableType("C", "too slow")));

    FinishResult result = stage.run(request(PLANNED, PUBLISHED, null));

    RunReport.Summary summary = result.summary();
    assertThat(result.failure()).isNull();
    assertThat(summary.status()).isEqualTo("published");
    assertThat(summary.publication()).isEqualTo(3);
    assertThat(summary.types()).isEqualTo(new RunReport.Types(5, 3, 1, 0, 1, 1));
    assertThat(summary.pages()).isEqualTo(new RunReport.Pages(6, 4, 1, 1));
    assertThat(summary.cache()).isEqualTo(new RunReport.Cache(3, 1, 2));
    assertThat(summary.neuprint().requests()).isEqualTo(24);
    assertThat(summary.neuprint().typeQueries()).isEqualTo(16);
    assertThat(summary.neuprint().errors()).isEqualTo(10);
    assertThat(summary.neuprint().retries()).isEqualTo(5);
    assertThat(summary.neuprint().splits()).isEqualTo(6);
    assertThat(summary.neuprint().bytesReceived()).isEqualTo(2100);
    assertThat(summary.milliseconds())
        .containsExactly(
            Map.entry("plan", 1000L),
            Map.entry("batch", 3000L),
            Map.entry("compose", 1250L),
            Map.entry("run", 9500L));
    assertThat(summary.spentMilliseconds())
        .containsExactly(
            Map.entry(Work.LISTING, 100L),
            Map.entry(Work.CACHE_READ, 30L),
            Map.entry(Work.COMPOSE, 900L),
            Map.entry(Work.PUBLISH, 300L));
    assertThat(
            Json.MAPPER.readTree(store.objects.get(result.report())).path("unsavedFacts").asInt())
        .isEqualTo(4);
  }

  @Test
  void aPlanThatRefusedLeavesNothingInTheSite() {
    FinishResult result =
        stage.run(request(PlanResult.refused("No pages.", Remedy.PERSON), null, null));

    assertThat(result).isEqualTo(new FinishResult("No pages.", "run-1", null, null, null));
    assertThat(store.objects).isEmpty();
  }

  @Test
  void lambdasErrorBecomesASentence() {
    Caught caught =
        new Caught(
            "java.lang.IllegalStateException",
            "{\"errorMessage\":\"the shard has X where C was"
                + " planned\",\"errorType\":\"java.lang.IllegalStateException\",\"stackTrace\":[\"a.b.C\"]}");

    assertThat(failure(stage.run(request(null, null, caught))))
        .isEqualTo(
            "The run failed while planning: the shard has X where C was planned"
                + " (java.lang.IllegalStateException).");
  }

  @Test
  void whatWasRepeatedInVainSaysSo() {
    Caught caught =
        new Caught(
            "quickpage.index.model.TransientFailure",
            "{\"errorMessage\":\"S3 could not list types/ in s3://b/ (503).\"}");

    assertThat(failure(stage.run(request(null, null, caught))))
        .isEqualTo(
            "The run failed while planning: S3 could not list types/ in s3://b/ (503), and again"
                + " when it was repeated.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "States.Timeout | The function gave no answer. | The function gave no answer"
            + " (States.Timeout).",
        "States.Timeout | ''                           | no cause was given (States.Timeout).",
        "States.Timeout |                              | no cause was given (States.Timeout).",
        "Lambda.Unknown | {\"errorMessage\":           | {\"errorMessage\": (Lambda.Unknown).",
        "Lambda.Unknown | null                         | null (Lambda.Unknown).",
        "Lambda.Unknown | {\"errorMessage\": null}     | {\"errorMessage\": null} (Lambda.Unknown)."
      })
  void anyCauseBecomesASentence(String error, String cause, String sentence) {
    planIsWritten();

    FinishResult result = stage.run(request(PLANNED, null, new Caught(error, cause)));

    assertThat(failure(result))
        .isEqualTo("The run failed while indexing and composing: " + sentence);
  }

  @Test
  void aRunThatEndedSilentlySaysSo() {
    assertThat(failure(stage.run(request(null, null, null))))
        .isEqualTo("The run ended while planning, without saying why.");
  }

  @Test
  void ofAFailedRunOnlyWhatBatchesLeftCountsAsDescribed() {
    planIsWritten();
    ended(batch(0, 2, null, "B"));
    ended(batch(1, 1, "The dataset was edited."));

    FinishResult result =
        stage.run(request(PLANNED, null, new Caught("States.Timeout", "too long")));

    assertThat(result.summary().status()).isEqualTo("failed");
    assertThat(result.summary().publication()).isNull();
    assertThat(result.summary().types()).isEqualTo(new RunReport.Types(5, 2, 1, 0, 1, 1));
    assertThat(result.summary().milliseconds()).doesNotContainKey("compose");
  }

  @Test
  void aComposeStageThatRefusedIsTheFailure() {
    planIsWritten();
    ComposeResult refused =
        ComposeResult.refused(
            "The page was changed.", Remedy.LATER, "2026-01-01T00:00:06Z", "2026-01-01T00:00:07Z");

    FinishResult result = stage.run(request(PLANNED, refused, null));

    assertThat(result.failure()).isEqualTo("The page was changed.");
    assertThat(store.objects).containsKey(".quickpage-index/runs/run-1/report.json");
  }

  @Test
  void aComposeStageThatDidNotBeginTookNoTime() {
    planIsWritten();
    ComposeResult refused =
        ComposeResult.refused("The request cannot be read.", Remedy.LATER, null, null);

    FinishResult result = stage.run(request(PLANNED, refused, null));

    assertThat(result.summary().milliseconds()).doesNotContainKey("compose");
  }

  @Test
  void aReportThatCannotBeMadeDoesNotHideWhatHadFailedBefore() {
    FinishResult result =
        stage.run(request(PLANNED, null, new Caught("States.Timeout", "too long")));

    assertThat(result.failure())
        .startsWith("The run failed while indexing and composing: too long (States.Timeout). ")
        .contains("plan.json is gone");
  }
}
