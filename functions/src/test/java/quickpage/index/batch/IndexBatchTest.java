package quickpage.index.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.cache.FactCache;
import quickpage.index.model.Batch;
import quickpage.index.model.Batch.BatchType;
import quickpage.index.model.BatchStatistics;
import quickpage.index.model.DatasetEdited;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.EntryStatus;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.Options;
import quickpage.index.model.QueryStatistics;
import quickpage.index.model.Refusal;
import quickpage.index.model.RoiSum;
import quickpage.index.model.RunContext;
import quickpage.index.model.Settings;
import quickpage.index.model.SideCounts;
import quickpage.index.model.SideRule;
import quickpage.index.model.SynapseCounts;
import quickpage.index.model.TransientFailure;
import quickpage.index.model.TypeFacts;
import quickpage.index.model.TypePages;
import quickpage.index.model.TypeProperties;
import quickpage.index.model.Unavailable;
import quickpage.index.neuprint.DatasetMeta;
import quickpage.index.neuprint.DescribeListener;
import quickpage.index.neuprint.NeuPrint;
import quickpage.index.neuprint.NeuPrintClient;
import quickpage.index.neuprint.NeuPrintRehearsal;
import quickpage.index.neuprint.SideProperties;
import quickpage.index.neuprint.TypeCensus;
import quickpage.index.neuprint.TypeQuestion;
import quickpage.index.neuprint.TypeQuestion.TypeToAsk;
import quickpage.index.site.MemoryStore;
import quickpage.index.site.RunFolder;
import quickpage.index.site.Shard;

class IndexBatchTest {

  private static final DatasetVersion VERSION = new DatasetVersion("cns:v1", "5a3f", "2026");
  private static final Instant DEADLINE = Instant.parse("2026-01-01T00:10:00Z");

  private final MemoryStore store = new MemoryStore();
  private final RunFolder folder = new RunFolder(store, "", "run-1");
  private final KeptFacts cache = new KeptFacts();

  /** Facts in a map, as long as a cache would keep them. */
  private static class KeptFacts implements FactCache {
    final Map<String, TypeFacts> facts = new HashMap<>();
    final List<Duration> timesToLive = new ArrayList<>();
    int refuses;

    @Override
    public Found read(DatasetVersion version, Collection<String> types) {
      Map<String, TypeFacts> found = new HashMap<>(facts);
      found.keySet().retainAll(types);
      return new Found(found, Set.of());
    }

    @Override
    public synchronized int write(
        DatasetVersion version, Collection<TypeFacts> described, Duration timeToLive) {
      described.forEach(one -> facts.put(one.type(), one));
      timesToLive.add(timeToLive);
      return refuses;
    }
  }

  /** Describes as a test says, and remembers what it was asked. */
  private static class Scripted implements NeuPrint {
    TypeQuestion asked;

    @Override
    public void checkDataset(String dataset) {
      throw new UnsupportedOperationException();
    }

    @Override
    public TypeCensus types(String dataset) {
      throw new UnsupportedOperationException();
    }

    @Override
    public DatasetMeta meta(String dataset) {
      throw new UnsupportedOperationException();
    }

    @Override
    public SideProperties sideProperties(String dataset) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void describe(TypeQuestion question, DescribeListener listener) {
      asked = question;
      for (TypeToAsk type : question.types()) {
        listener.described(List.of(facts(type.name(), type.withRois())));
      }
    }

    @Override
    public QueryStatistics statistics() {
      return QueryStatistics.NONE;
    }
  }

  private static TypeFacts facts(String type, boolean withRois) {
    return new TypeFacts(
        type,
        new SideCounts(3, 1, 1, 0),
        new SynapseCounts(10, 20),
        withRois ? List.of(new RoiSum("ME(R)", 10, 20)) : null,
        TypeProperties.NONE);
  }

  private static Batch batch(String... types) {
    return new Batch(
        4,
        java.util.Arrays.stream(types)
            .map(type -> new BatchType(type, 3, new TypePages(type + ".html", null, null, null)))
            .toList());
  }

  private static RunContext context(int minNeuronsForRois, boolean refresh) {
    return context(minNeuronsForRois, refresh, VERSION);
  }

  private static RunContext context(
      int minNeuronsForRois, boolean refresh, DatasetVersion version) {
    return new RunContext(
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
            new Options(true, 1.5, null, minNeuronsForRois, 7, 20, 0.5, refresh, 1, null)),
        version,
        SideRule.PROPERTIES,
        List.of("ME(R)"),
        Map.of("ME", "OL"),
        Map.of(),
        3);
  }

  private BatchStatistics run(NeuPrint neuPrint, RunContext context, Batch batch) {
    return new IndexBatch(
            neuPrint,
            cache,
            folder,
            Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC))
        .run(context, batch, DEADLINE);
  }

  private List<IndexEntry> shard() {
    List<IndexEntry> entries = new ArrayList<>();
    try (Shard shard = folder.shard(4).orElseThrow()) {
      IndexEntry entry;
      while ((entry = shard.next()) != null) {
        entries.add(entry);
      }
    }
    return entries;
  }

  @Test
  void onlyWhatIsNotCachedIsAsked() {
    cache.facts.put("A", facts("A", true));
    Scripted neuPrint = new Scripted();

    BatchStatistics done = run(neuPrint, context(1, false), batch("A", "B"));

    assertThat(neuPrint.asked)
        .isEqualTo(
            new TypeQuestion(
                VERSION,
                SideRule.PROPERTIES,
                List.of("ME(R)"),
                List.of(new TypeToAsk("B", 3, true)),
                7,
                3,
                DEADLINE));
    assertThat(done.hits()).isEqualTo(1);
    assertThat(done.misses()).isEqualTo(1);
    assertThat(cache.facts).containsOnlyKeys("A", "B");
    assertThat(cache.timesToLive).containsExactly(Duration.ofMinutes(30));
    assertThat(shard()).extracting(IndexEntry::name).containsExactly("A", "B");
    assertThat(shard()).extracting(IndexEntry::parentRoi).containsOnly("OL");
  }

  @Test
  void whenAllIsCachedNothingIsAsked() {
    cache.facts.put("A", facts("A", true));
    Scripted neuPrint = new Scripted();

    run(neuPrint, context(1, false), batch("A"));

    assertThat(neuPrint.asked).isNull();
    assertThat(shard()).hasSize(1);
  }

  @Test
  void refreshAsksForEverythingAndKeepsIt() {
    cache.facts.put("A", facts("A", true));
    Scripted neuPrint = new Scripted();

    BatchStatistics done = run(neuPrint, context(1, true), batch("A"));

    assertThat(neuPrint.asked.types()).hasSize(1);
    assertThat(done.hits()).isZero();
    assertThat(cache.timesToLive).hasSize(1);
  }

  @Test
  void factsOfAnotherNumberOfNeuronsThanTheDatasetHasAreAskedForAgain() {
    cache.facts.put("A", facts("A", true));
    Scripted neuPrint = new Scripted();
    Batch grown =
        new Batch(4, List.of(new BatchType("A", 5, new TypePages("A.html", null, null, null))));

    BatchStatistics done = run(neuPrint, context(1, false), grown);

    assertThat(neuPrint.asked.types()).containsExactly(new TypeToAsk("A", 5, true));
    assertThat(done.misses()).isEqualTo(1);
  }

  @Test
  void aCacheThatRefusesIsTheReasonOfEveryType() {
    Scripted neuPrint = new Scripted();
    FactCache gone =
        new KeptFacts() {
          @Override
          public Found read(DatasetVersion version, Collection<String> types) {
            throw new Refusal("There is no cache table facts.");
          }
        };

    BatchStatistics done =
        new IndexBatch(neuPrint, gone, folder, Clock.systemUTC())
            .run(context(1, false), batch("A", "B"), DEADLINE);

    assertThat(neuPrint.asked).isNull();
    assertThat(done.unavailable())
        .containsExactly(
            new Unavailable("A", "There is no cache table facts."),
            new Unavailable("B", "There is no cache table facts."));
    assertThat(shard()).extracting(IndexEntry::status).containsOnly(EntryStatus.UNAVAILABLE);
  }

  @Test
  void factsThatWereReadWithoutRoisServeOnlyARunThatWantsNone() {
    cache.facts.put("A", facts("A", false));
    Scripted without = new Scripted();
    Scripted with = new Scripted();

    run(without, context(4, false), batch("A"));
    assertThat(without.asked).isNull();
    assertThat(shard().get(0).rois()).isEmpty();

    run(with, context(3, false), batch("A"));
    assertThat(with.asked.types()).containsExactly(new TypeToAsk("A", 3, true));
    assertThat(shard().get(0).rois()).hasSize(1);
    assertThat(cache.facts.get("A").roisKnown()).isTrue();
  }

  @Test
  void aTypeThatCannotBeHadIsUnavailableAndNotKept() {
    NeuPrint neuPrint =
        new Scripted() {
          @Override
          public void describe(TypeQuestion question, DescribeListener listener) {
            listener.unavailable("B", "NeuPrint was too slow.");
            listener.described(List.of(facts("A", true)));
          }
        };

    BatchStatistics done = run(neuPrint, context(1, false), batch("A", "B"));

    assertThat(done.unavailable()).containsExactly(new Unavailable("B", "NeuPrint was too slow."));
    assertThat(shard().get(1).status()).isEqualTo(EntryStatus.UNAVAILABLE);
    assertThat(shard().get(1).error()).isEqualTo("NeuPrint was too slow.");
    assertThat(cache.facts).containsOnlyKeys("A");
  }

  @Test
  void aDatasetThatWasEditedLeavesNoShardButTheSentence() {
    NeuPrint neuPrint =
        new Scripted() {
          @Override
          public void describe(TypeQuestion question, DescribeListener listener) {
            throw new DatasetEdited(VERSION, new DatasetVersion("cns:v1", "5a3f", "2027"));
          }
        };

    BatchStatistics done = run(neuPrint, context(1, false), batch("A"));

    assertThat(done.edited()).contains("was edited while it was read");
    assertThat(folder.shard(4)).isEmpty();
    assertThat(folder.statistics(5)).containsExactly(done);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatWasDescribedBeforeAFailureIsWrittenWhenTheBatchHasEnded(boolean edited) {
    CountDownLatch writing = new CountDownLatch(1);
    KeptFacts slow =
        new KeptFacts() {
          @Override
          public synchronized int write(
              DatasetVersion version, Collection<TypeFacts> described, Duration timeToLive) {
            writing.countDown();
            pause();
            return super.write(version, described, timeToLive);
          }
        };
    NeuPrint neuPrint =
        new Scripted() {
          @Override
          public void describe(TypeQuestion question, DescribeListener listener) {
            listener.described(List.of(facts("A", true)));
            awaitIt(writing);
            throw edited
                ? new DatasetEdited(VERSION, new DatasetVersion("cns:v1", "5a3f", "2027"))
                : new Refusal("There is no NeuPrint token.");
          }
        };

    new IndexBatch(neuPrint, slow, folder, Clock.fixed(DEADLINE, ZoneOffset.UTC))
        .run(context(1, false), batch("A", "B"), DEADLINE);

    synchronized (slow) {
      assertThat(slow.facts).containsOnlyKeys("A");
    }
  }

  private static void pause() {
    try {
      Thread.sleep(500);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitIt(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void factsOfADatasetThatTellsNoVersionAreNeitherTakenFromTheCacheNorKept() {
    Scripted neuPrint = new Scripted();
    cache.facts.put("A", facts("A", true));
    RunContext context = context(1, false, new DatasetVersion("cns:v1", null, null));

    BatchStatistics done = run(neuPrint, context, batch("A", "B"));

    assertThat(neuPrint.asked.types()).extracting(TypeToAsk::name).containsExactly("A", "B");
    assertThat(done.misses()).isEqualTo(2);
    assertThat(cache.timesToLive).isEmpty();
    assertThat(shard()).extracting(IndexEntry::status).containsOnly(EntryStatus.OK);
  }

  @Test
  void aRefusalInTheMiddleIsTheReasonOfTheTypesThatAreLeft() {
    NeuPrint neuPrint =
        new Scripted() {
          @Override
          public void describe(TypeQuestion question, DescribeListener listener) {
            listener.described(List.of(facts("B", true)));
            throw new Refusal("There is no NeuPrint token.");
          }
        };
    cache.facts.put("A", facts("A", true));

    BatchStatistics done = run(neuPrint, context(1, false), batch("A", "B", "C"));

    assertThat(shard())
        .extracting(IndexEntry::status)
        .containsExactly(EntryStatus.OK, EntryStatus.OK, EntryStatus.UNAVAILABLE);
    assertThat(done.unavailable())
        .containsExactly(new Unavailable("C", "There is no NeuPrint token."));
  }

  @Test
  void aFaultThatARepeatMayMendIsThrownAndWhatCameBeforeIsKept() {
    NeuPrint neuPrint =
        new Scripted() {
          @Override
          public void describe(TypeQuestion question, DescribeListener listener) {
            throw new TransientFailure("away", null);
          }
        };

    assertThatThrownBy(() -> run(neuPrint, context(1, false), batch("A")))
        .isInstanceOf(TransientFailure.class);
    assertThat(store.objects).isEmpty();
  }

  @Test
  void factsThatTheCacheDidNotTakeAreCountedAndIndexed() {
    cache.refuses = 1;

    BatchStatistics done = run(new Scripted(), context(1, false), batch("A", "B"));

    assertThat(done.unsaved()).isEqualTo(2);
    assertThat(shard()).hasSize(2);
  }

  @Test
  void aRehearsalAsksNeuPrintsClientAndKeepsAndWritesWhatItDescribes() {
    try (NeuPrintClient neuPrint = NeuPrintRehearsal.client()) {
      BatchStatistics rehearsed = IndexBatch.rehearse(neuPrint, cache, store);

      assertThat(rehearsed.unavailable()).isEmpty();
      assertThat(rehearsed.unsaved()).isZero();
      assertThat(cache.facts.get(NeuPrintRehearsal.TYPE).rois())
          .containsExactly(new RoiSum(NeuPrintRehearsal.ROI, 3, 4));
      assertThat(store.objects).hasSize(2);
    }
  }
}
