package quickpage.index.batch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import quickpage.index.cache.FactCache;
import quickpage.index.cache.ServingFacts;
import quickpage.index.error.DatasetEditedException;
import quickpage.index.error.InterruptedRunException;
import quickpage.index.error.RefusedException;
import quickpage.index.io.WorkTimes;
import quickpage.index.model.IndexEntries;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.Options;
import quickpage.index.model.SideRule;
import quickpage.index.model.TypeFacts;
import quickpage.index.model.TypePages;
import quickpage.index.model.roi.OwnPrimaryRois;
import quickpage.index.model.roi.RoiParents;
import quickpage.index.model.run.Batch;
import quickpage.index.model.run.Batch.BatchType;
import quickpage.index.model.run.BatchStatistics;
import quickpage.index.model.run.QueryStatistics;
import quickpage.index.model.run.RunContext;
import quickpage.index.model.run.Settings;
import quickpage.index.model.run.UnavailableType;
import quickpage.index.model.run.Work;
import quickpage.index.neuprint.DescribeListener;
import quickpage.index.neuprint.NeuPrint;
import quickpage.index.neuprint.TypeQuestion;
import quickpage.index.neuprint.TypeQuestion.TypeToAsk;
import quickpage.index.neuprint.client.NeuPrintPriming;
import quickpage.index.site.run.RunFolder;
import quickpage.index.site.store.ObjectStore;
import quickpage.index.text.CodePointOrder;

/**
 * Describes the types of one batch: what the cache has is taken from there, NeuPrint is asked for
 * the rest, its answers go to the cache as they come in, and the finished entries go into a shard.
 */
public final class IndexBatch {

  /** Longer than the cache's own repetitions, shorter than what a deadline leaves in reserve. */
  private static final Duration LONGEST_WRITE = Duration.ofSeconds(15);

  private final NeuPrint neuPrint;
  private final FactCache cache;
  private final RunFolder folder;
  private final Clock clock;

  public IndexBatch(NeuPrint neuPrint, FactCache cache, RunFolder folder, Clock clock) {
    this.neuPrint = neuPrint;
    this.cache = cache;
    this.folder = folder;
    this.clock = clock;
  }

  /**
   * Writes the batch's shard, unless the dataset was edited meanwhile, and its statistics.
   *
   * @param deadline types that are not described by then are unavailable
   */
  public BatchStatistics run(RunContext context, Batch batch, Instant deadline) {
    String startedAt = clock.instant().toString();
    WorkTimes times = new WorkTimes();
    Options options = context.settings().options();
    ServingFacts cached = new ServingFacts(Map.of(), Set.of());
    String refused = null;
    try {
      cached =
          times.measure(
              Work.CACHE_READ,
              () ->
                  ServingFacts.find(
                      cache, context.version(), options, context.primaryRois(), batch.types()));
    } catch (RefusedException e) {
      refused = e.getMessage();
    }
    List<TypeToAsk> misses =
        cached.missing(batch.types()).stream()
            .map(
                type ->
                    new TypeToAsk(
                        type.name(),
                        type.neurons(),
                        ServingFacts.wantsRois(type.neurons(), options)))
            .toList();

    Answers answers = new Answers(cached.facts());
    String edited = null;
    int unsaved = 0;
    if (refused != null) {
      answers.refuse(misses, refused);
    } else if (!misses.isEmpty()) {
      try (CacheWriter writer = new CacheWriter(context, times)) {
        neuPrint.describe(
            new TypeQuestion(
                context.version(),
                context.sideRule(),
                context.primaryRois(),
                options.facetProperties(),
                misses,
                options.typesPerQuery(),
                context.queriesInFlight(),
                context.mostUnavailable(),
                deadline),
            answers.andThen(writer));
        unsaved = writer.finish();
      } catch (DatasetEditedException e) {
        edited = e.getMessage();
      } catch (RefusedException e) {
        // The workflow asks only whether there is a shard, so the reason goes there.
        answers.refuse(misses, e.getMessage());
      }
    }
    if (edited == null) {
      times.measure(
          Work.SHARDS,
          () -> {
            folder.writeShard(batch, entries(context, batch, answers));
            return null;
          });
    }
    QueryStatistics queries = neuPrint.statistics();
    times.add(Work.QUERY_WAIT, TimeUnit.MILLISECONDS.toNanos(queries.waitMilliseconds()));
    times.add(Work.PARSE, TimeUnit.MILLISECONDS.toNanos(queries.readMilliseconds()));
    BatchStatistics statistics =
        new BatchStatistics(
            batch.number(),
            batch.types().size(),
            batch.types().size() - misses.size(),
            misses.size(),
            cached.expired().size(),
            unsaved,
            answers.unavailable(),
            queries,
            times.milliseconds(),
            startedAt,
            clock.instant().toString(),
            edited);
    folder.writeStatistics(batch, statistics);
    return statistics;
  }

  /** Describes {@link NeuPrintPriming#TYPE} for a run that there is not. */
  static BatchStatistics prime(NeuPrint neuPrint, FactCache cache, ObjectStore store) {
    Options options =
        new Options(true, 1.5, null, 1, null, 1, 1, false, 0, null, List.of(), List.of());
    RunContext context =
        new RunContext(
            RunContext.FORMAT,
            "priming",
            Instant.EPOCH.toString(),
            new Settings(
                "priming",
                "",
                "https://priming.invalid",
                NeuPrintPriming.VERSION.dataset(),
                "",
                "",
                "",
                "",
                options),
            NeuPrintPriming.VERSION,
            SideRule.PROPERTIES,
            List.of(NeuPrintPriming.ROI),
            List.of(NeuPrintPriming.ROI),
            Map.of(),
            Map.of(),
            1,
            null);
    Batch batch =
        new Batch(
            0,
            "priming",
            "priming",
            List.of(
                new BatchType(NeuPrintPriming.TYPE, 2, new TypePages("A.html", null, null, null))));
    return new IndexBatch(
            neuPrint, cache, new RunFolder(store, "", context.run()), Clock.systemUTC())
        .run(context, batch, Instant.now().plusSeconds(60));
  }

  private static List<IndexEntry> entries(RunContext context, Batch batch, Answers answers) {
    Options options = context.settings().options();
    RoiParents parents = new RoiParents(context.roiParents());
    OwnPrimaryRois own =
        new OwnPrimaryRois(
            context.ownPrimaryRois() == null ? context.primaryRois() : context.ownPrimaryRois());
    return batch.types().stream()
        .map(
            type -> {
              TypeFacts facts = answers.facts.get(type.name());
              return facts == null
                  ? IndexEntry.unavailable(
                      type.name(), type.pages(), answers.reasons.get(type.name()))
                  : IndexEntries.describe(facts, type.pages(), parents, own, options);
            })
        .toList();
  }

  /** Gathers what is known of each type; heard by one thread at a time. */
  private static final class Answers {
    private final Map<String, TypeFacts> facts;
    private final Map<String, String> reasons = new HashMap<>();

    Answers(Map<String, TypeFacts> cached) {
      this.facts = new HashMap<>(cached);
    }

    /** No more is asked: what is not known by now is unavailable. */
    void refuse(List<TypeToAsk> misses, String reason) {
      misses.stream()
          .map(TypeToAsk::name)
          .filter(type -> !facts.containsKey(type))
          .forEach(type -> reasons.putIfAbsent(type, reason));
    }

    DescribeListener andThen(CacheWriter writer) {
      return new DescribeListener() {
        @Override
        public void described(List<TypeFacts> described) {
          described.forEach(one -> facts.put(one.type(), one));
          writer.keep(described);
        }

        @Override
        public void unavailable(String type, String reason) {
          reasons.put(type, reason);
        }
      };
    }

    List<UnavailableType> unavailable() {
      return reasons.entrySet().stream()
          .sorted(Map.Entry.comparingByKey(CodePointOrder.BY_CODE_POINT))
          .map(reason -> new UnavailableType(reason.getKey(), reason.getValue()))
          .toList();
    }
  }

  /** Writes to the cache beside the queries, so that a run that is killed has lost little. */
  private final class CacheWriter implements AutoCloseable {
    private final RunContext context;
    private final Duration timeToLive;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final List<Future<Integer>> writes = new ArrayList<>();
    private final WorkTimes times;

    CacheWriter(RunContext context, WorkTimes times) {
      this.context = context;
      this.times = times;
      this.timeToLive =
          Duration.ofMillis(Math.round(context.settings().options().cacheTtlHours() * 3_600_000));
    }

    void keep(List<TypeFacts> facts) {
      if (context.version().tellsEdits()) {
        writes.add(
            thread.submit(
                () ->
                    times.measure(
                        Work.CACHE_WRITE,
                        () -> cache.write(context.version(), facts, timeToLive))));
      }
    }

    /** Waits for all writes and gives how many facts the cache did not take. */
    int finish() {
      int unsaved = 0;
      for (Future<Integer> write : writes) {
        try {
          unsaved += write.get();
        } catch (InterruptedException e) {
          throw InterruptedRunException.of("Writing to the cache", e);
        } catch (ExecutionException e) {
          if (e.getCause() instanceof Error error) {
            throw error;
          }
          throw new IllegalStateException("the cache could not be written", e.getCause());
        }
      }
      return unsaved;
    }

    /** Also after a failure nothing is written any more when the function has answered. */
    @Override
    public void close() {
      thread.shutdown();
      try {
        if (thread.awaitTermination(LONGEST_WRITE.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      thread.shutdownNow();
    }
  }
}
