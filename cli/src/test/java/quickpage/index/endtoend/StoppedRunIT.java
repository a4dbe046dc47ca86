package quickpage.index.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.local.LocalRun;
import quickpage.index.local.RunStop;
import quickpage.index.neuprint.client.NeuPrintClients;
import quickpage.index.workflow.ExecutionResult.Status;
import quickpage.index.workflow.WorkflowListener;

/** A run that is stopped leaves the index as it was, or the new one whole, and says so. */
@Tag("each-jdk")
class StoppedRunIT {
  private static final List<String> DEFAULT_SIGNALS =
      List.of("env", "--default-signal=TERM,INT,HUP");

  @TempDir private static Path shared;
  private static ServedDataset dataset;
  private static TestSite published;

  @TempDir private Path folder;
  private TestSite site;
  private Map<String, Integer> before;

  @BeforeAll
  static void start() {
    dataset = ServedDataset.shared("male-cns:v0.9");
    dataset.calm();
    published = new TestSite(shared.resolve("site"), "types/");
    dataset.raw().types().stream()
        .limit(10)
        .forEach(type -> published.addPages(dataset.raw(), type));
    CommandLineRun.of(dataset, published, shared.resolve("cache"), Map.of()).published();
  }

  @BeforeEach
  void withAnOldIndex() {
    site = published.copyTo(folder.resolve("site"));
    before = TestSite.listing(site.root());
  }

  @AfterEach
  void calm() {
    dataset.control(Map.of("latency", "0"));
  }

  private CommandLineProcess run(List<String> prefix) {
    return CommandLineProcess.startBy(
        prefix,
        Map.of("NEUPRINT_TOKEN", dataset.token()),
        RunWords.of(
            site.root(), folder.resolve("cache"), dataset, "--refresh", "--roi-threshold", "30"));
  }

  private static void assumeSignalsCanBeSet() throws IOException, InterruptedException {
    assumeThat(
            new ProcessBuilder(DEFAULT_SIGNALS.get(0), DEFAULT_SIGNALS.get(1), "true")
                .start()
                .waitFor())
        .as("an env that can undo that a signal is ignored")
        .isZero();
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
  void aSignalEndsARunInASentence(String signal, int exitCode) throws Exception {
    assumeSignalsCanBeSet();
    dataset.control(Map.of("latency", "2s"));
    CommandLineProcess run = run(DEFAULT_SIGNALS);
    assertThat(run.saysOnErr("Planning")).isTrue();

    run.signal(signal);

    CommandLineProcess.Ended ended = run.end();
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(exitCode);
    assertThat(ended.err().lines().filter(line -> !line.endsWith("…")))
        .containsExactly(
            "The run was stopped; what is published in %s is as it was.".formatted(site.root()));
    assertThat(ended.out()).isEmpty();
    assertThat(TestSite.changes(site.root(), before)).isEmpty();
  }

  @Test
  void aSignalThatIsIgnoredFromTheBeginningStaysSo() throws Exception {
    dataset.control(Map.of("latency", "200ms"));
    CommandLineProcess run = run(List.of("nohup"));
    assertThat(run.saysOnErr("Planning")).isTrue();

    run.signal("HUP");

    CommandLineProcess.Ended ended = run.end();
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("Index:");
  }

  @Test
  void aDemoThatIsStoppedSaysSo() throws Exception {
    assumeSignalsCanBeSet();
    Path out = folder.resolve("demo");
    CommandLineProcess demo =
        CommandLineProcess.startBy(
            DEFAULT_SIGNALS,
            Map.of(),
            "demo",
            "--out",
            out.toString(),
            "--cache",
            folder.resolve("cache").toString());
    assertThat(demo.saysOnErr("Starting")).isTrue();

    demo.signal("TERM");

    CommandLineProcess.Ended ended = demo.end();
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(143);
    assertThat(ended.err())
        .contains("The run was stopped; what is published in %s is as it was.".formatted(out))
        .doesNotContain("Exception", "did not start");
    assertThat(out).doesNotExist();
  }

  private LocalRun local(RunStop stop) {
    JsonNode options = TestSite.JSON.valueToTree(Map.of("roiThreshold", 30, "refresh", true));
    assertThat(stop.isRequested()).isFalse();
    return new LocalRun(
        site.root(),
        site.root(),
        folder.resolve("cache"),
        dataset.server(),
        dataset.name(),
        options,
        new NeuPrintClients(CommandLineRun.token(dataset.token())));
  }

  private LocalRun.Outcome stoppedAt(String state) {
    RunStop stop = new RunStop();
    return local(stop)
        .execute(
            new WorkflowListener() {
              @Override
              public void stateEntered(String entered) {
                if (entered.equals(state)) {
                  stop.stop();
                }
              }

              @Override
              public void stateFailed(String failed, String error, String cause) {
                throw new AssertionError("told that %s failed: %s".formatted(failed, cause));
              }
            },
            stop,
            warning -> {
              throw new AssertionError("told " + warning);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"PlanRun", "WhatToDo", "IndexBatches", "ComposeIndex"})
  void aRunThatIsStoppedBeforeItPublishesLeavesNothing(String state) {
    LocalRun.Outcome outcome = stoppedAt(state);

    assertThat(outcome.result().status()).isEqualTo(Status.FAILED);
    assertThat(outcome.result().cause())
        .isEqualTo(
            "The run was stopped; what is published in %s is as it was.", site.root().toString());
    assertThat(TestSite.changes(site.root(), before)).isEmpty();
    assertThat(outcome.report()).isNull();
  }

  @Test
  void aRunThatIsStoppedAfterItPublishedHasPublished() {
    LocalRun.Outcome outcome = stoppedAt("FinishRun");

    assertThat(outcome.result().cause())
        .isEqualTo("The run was stopped when the index in %s was published.", site.root());
    TestSite expected = published.copyTo(folder.resolve("expected"));
    CommandLineRun.of(dataset, expected, shared.resolve("cache"), Map.of("roiThreshold", 30))
        .published();
    assertThat(site.published()).isEqualTo(expected.published());
    assertThat(Files.exists(site.root().resolve(".quickpage-index/staging"))).isFalse();
    assertThat(Files.exists(site.root().resolve(".quickpage-index/lock"))).isFalse();
  }
}
