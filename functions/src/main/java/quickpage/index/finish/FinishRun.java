package quickpage.index.finish;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import quickpage.index.error.RefusedException;
import quickpage.index.io.WorkTimes;
import quickpage.index.lease.RunCoordination;
import quickpage.index.lease.RunOutcome;
import quickpage.index.lease.SiteName;
import quickpage.index.model.run.BatchStatistics;
import quickpage.index.model.run.ComposeResult;
import quickpage.index.model.run.LatencySummary;
import quickpage.index.model.run.PlanResult;
import quickpage.index.model.run.QueryStatistics;
import quickpage.index.model.run.RunContext;
import quickpage.index.model.run.UnavailableType;
import quickpage.index.model.run.Work;
import quickpage.index.site.run.RunFolder;
import quickpage.index.site.run.RunPlan;
import quickpage.index.site.store.ObjectStore;

/**
 * Gathers what the stages left behind into the report, says in one sentence what went wrong, and
 * releases the site's lease.
 */
public final class FinishRun {

  /** What this stage itself is taken to need, since it cannot know before it has ended. */
  private static final long FINISH_MILLISECONDS = 3_000;

  private final Function<String, ObjectStore> stores;
  private final RunCoordination coordination;
  private final FunctionMemory memory;
  private final Clock clock;

  /**
   * The stage.
   *
   * @param stores the site's store, by bucket
   * @param memory of the functions; without it the report has no cost
   */
  public FinishRun(
      Function<String, ObjectStore> stores,
      RunCoordination coordination,
      FunctionMemory memory,
      Clock clock) {
    this.stores = stores;
    this.coordination = coordination;
    this.memory = memory;
    this.clock = clock;
  }

  /**
   * Says what becomes of the uploads that the run had listed, and writes {@code report.json}, if
   * the run came so far that it has a plan: a run that is refused for its input leaves nothing in
   * the site. Releases the site's lease, whatever became of it.
   */
  public FinishResult run(FinishRequest request) {
    try {
      return settleAndReport(request, RunEnding.of(request));
    } finally {
      coordination.release(site(request), request.execution());
    }
  }

  private static SiteName site(FinishRequest request) {
    PlanResult planned = request.plan();
    return planned == null || planned.bucket() == null
        ? new SiteName(request.defaults().bucket(), request.defaults().prefix())
        : new SiteName(planned.bucket(), planned.prefix());
  }

  /** What the plan stage left in the site. */
  private record Planned(RunFolder folder, RunPlan plan, RunContext context) {}

  private FinishResult settleAndReport(FinishRequest request, RunEnding ending) {
    if (request.plan() == null || request.plan().failure() != null) {
      String run = RunFolder.runName(request.execution().name());
      return new FinishResult(
          ending.failure(), run, null, null, settle(request, ending.outcome(null)));
    }
    Planned planned;
    try {
      planned = planned(request.plan());
    } catch (RefusedException e) {
      // The page may be switched all the same; only the version of the dataset is not known.
      return withoutReport(request, ending, e, settle(request, ending.outcome(null)));
    }
    RunReport.Uploads uploads = settle(request, ending.outcome(planned.context().version()));
    try {
      return report(request, planned, ending.failure(), uploads);
    } catch (RefusedException e) {
      return withoutReport(request, ending, e, uploads);
    }
  }

  private RunReport.Uploads settle(FinishRequest request, RunOutcome outcome) {
    return RunReport.Uploads.of(coordination.settle(site(request), request.execution(), outcome));
  }

  private Planned planned(PlanResult answer) {
    RunFolder folder = new RunFolder(stores.apply(answer.bucket()), answer.prefix(), answer.run());
    RunPlan plan = folder.plan();
    return new Planned(folder, plan, folder.context(plan.context()));
  }

  private static FinishResult withoutReport(
      FinishRequest request, RunEnding ending, RefusedException why, RunReport.Uploads uploads) {
    String both = ending.published() ? why.getMessage() : ending.failure() + " " + why.getMessage();
    return new FinishResult(both, request.plan().run(), null, null, uploads);
  }

  private FinishResult report(
      FinishRequest request, Planned planned, String failure, RunReport.Uploads uploads) {
    RunFolder folder = planned.folder();
    RunPlan plan = planned.plan();
    RunContext context = planned.context();
    List<BatchStatistics> batches = folder.statistics(plan);
    Optional<List<UnavailableType>> composed = folder.unavailable();
    // As the compose stage found them; if it did not come to that, as the batches named them.
    List<UnavailableType> failures = composed.orElseGet(() -> named(batches));
    long described =
        composed.isPresent()
            ? plan.entries().known() - failures.size()
            : plan.statistics().hits() + described(batches) - failures.size();
    RunReport.Summary summary =
        summary(request, failure, plan, batches, types(plan, described, failures.size()));
    folder.writeReport(
        new RunReport(
            RunReport.FORMAT,
            context.run(),
            failure,
            dataset(context),
            context.settings().options(),
            summary,
            failures,
            plan.unmatchedPages(),
            plan.ignoredPages(),
            plan.collisions(),
            plan.ambiguities(),
            plan.typesWithoutPage(),
            batches.stream().mapToLong(BatchStatistics::unsaved).sum(),
            uploads));
    return new FinishResult(failure, context.run(), folder.reportKey(), summary, uploads);
  }

  private static RunReport.Dataset dataset(RunContext context) {
    return new RunReport.Dataset(
        context.settings().server(),
        context.settings().dataset(),
        context.version() == null ? null : context.version().uuid(),
        context.version() == null ? null : context.version().lastDatabaseEdit());
  }

  private RunReport.Summary summary(
      FinishRequest request,
      String failure,
      RunPlan plan,
      List<BatchStatistics> batches,
      RunReport.Types types) {
    ComposeResult compose = request.compose();
    boolean published = failure == null;
    Double cost = estimatedCost(request, plan, batches);
    return new RunReport.Summary(
        published ? "published" : "failed",
        request.execution().startTime(),
        clock.instant().toString(),
        published ? compose.publication() : null,
        published ? compose.page() : null,
        types,
        pages(plan),
        cache(plan, batches),
        neuPrint(plan, batches),
        milliseconds(request, batches),
        workTimes(plan, batches, compose),
        cost,
        cost == null ? null : RunCost.PRICES_OF.toString());
  }

  /**
   * Each where it happened: planning looked every type up, and what a batch found when it looked
   * again was fetched by an earlier attempt at it. Batches say what NeuPrint was asked for.
   */
  private static RunReport.Cache cache(RunPlan plan, List<BatchStatistics> batches) {
    return new RunReport.Cache(
        plan.statistics().hits() + batches.stream().mapToLong(BatchStatistics::hits).sum(),
        batches.stream().mapToLong(BatchStatistics::misses).sum(),
        plan.statistics().expired());
  }

  private static Map<Work, Long> workTimes(
      RunPlan plan, List<BatchStatistics> batches, ComposeResult compose) {
    Stream<Map<Work, Long>> composed =
        compose == null || compose.milliseconds() == null
            ? Stream.empty()
            : Stream.of(compose.milliseconds());
    return WorkTimes.sum(
        Stream.of(
                Stream.of(plan.statistics().milliseconds()),
                batches.stream().map(BatchStatistics::milliseconds),
                composed)
            .flatMap(times -> times)
            .toList());
  }

  /** In US dollars, to a hundredth of a cent; null where nothing is paid for. */
  private Double estimatedCost(FinishRequest request, RunPlan plan, List<BatchStatistics> batches) {
    if (!memory.isKnown()) {
      return null;
    }
    Map<String, Long> milliseconds = milliseconds(request, batches);
    // The map's time from end to end is not what its functions are paid for, nor is the run's.
    milliseconds.remove("run");
    milliseconds.computeIfPresent(
        "batch",
        (stage, wall) ->
            batches.stream().mapToLong(one -> between(one.startedAt(), one.finishedAt())).sum());
    milliseconds.put("finish", FINISH_MILLISECONDS);
    double cost =
        RunCost.of(
            new RunCost.Usage(
                milliseconds,
                batches.size(),
                plan.statistics().hits()
                    + plan.statistics().misses()
                    + batches.stream().mapToLong(one -> one.hits() + one.misses()).sum(),
                batches.stream().mapToLong(one -> one.misses() - one.unsaved()).sum(),
                plan.pagesListed()),
            memory);
    return Math.round(cost * 10_000) / 10_000.0;
  }

  private static RunReport.Types types(RunPlan plan, long described, long unavailable) {
    return new RunReport.Types(
        plan.entries().all(),
        described,
        plan.entries().noNeurons(),
        plan.entries().notAsked(),
        unavailable,
        plan.typesWithoutPage().size());
  }

  /** Every listed page is in the index, is none of a type, or was passed over. */
  private static RunReport.Pages pages(RunPlan plan) {
    int unmatched = plan.unmatchedPages().size();
    int ignored = plan.ignoredPages().size();
    return new RunReport.Pages(
        plan.pagesListed(), plan.pagesListed() - unmatched - ignored, unmatched, ignored);
  }

  private static RunReport.NeuPrint neuPrint(RunPlan plan, List<BatchStatistics> batches) {
    List<QueryStatistics> all =
        Stream.concat(
                Stream.of(plan.statistics().queries()),
                batches.stream().map(BatchStatistics::queries))
            .toList();
    return new RunReport.NeuPrint(
        all.stream().mapToLong(QueryStatistics::requests).sum(),
        all.stream().mapToLong(QueryStatistics::typeQueries).sum(),
        all.stream().mapToLong(QueryStatistics::errors).sum(),
        all.stream().mapToLong(QueryStatistics::retries).sum(),
        all.stream().mapToLong(QueryStatistics::splits).sum(),
        all.stream().mapToLong(QueryStatistics::bytesReceived).sum(),
        LatencySummary.of(all.stream().map(QueryStatistics::latency).toList()));
  }

  private static List<UnavailableType> named(List<BatchStatistics> batches) {
    return batches.stream()
        .filter(batch -> batch.edited() == null)
        .flatMap(batch -> batch.unavailable().stream())
        .toList();
  }

  /** Types in the shards that batches left, the unavailable ones included. */
  private static long described(List<BatchStatistics> batches) {
    return batches.stream()
        .filter(batch -> batch.edited() == null)
        .mapToLong(BatchStatistics::types)
        .sum();
  }

  private Map<String, Long> milliseconds(FinishRequest request, List<BatchStatistics> batches) {
    Map<String, Long> milliseconds = new LinkedHashMap<>();
    PlanResult plan = request.plan();
    milliseconds.put("plan", between(plan.startedAt(), plan.finishedAt()));
    Optional<String> first =
        batches.stream().map(BatchStatistics::startedAt).min(FinishRun::compareInstants);
    Optional<String> last =
        batches.stream().map(BatchStatistics::finishedAt).max(FinishRun::compareInstants);
    first.ifPresent(start -> milliseconds.put("batch", between(start, last.orElseThrow())));
    ComposeResult compose = request.compose();
    if (compose != null && compose.startedAt() != null) {
      milliseconds.put("compose", between(compose.startedAt(), compose.finishedAt()));
    }
    milliseconds.put("run", between(request.execution().startTime(), clock.instant().toString()));
    return milliseconds;
  }

  private static int compareInstants(String a, String b) {
    return Instant.parse(a).compareTo(Instant.parse(b));
  }

  private static long between(String start, String end) {
    return Duration.between(Instant.parse(start), Instant.parse(end)).toMillis();
  }
}
