package quickpage.index.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.EntryStatus;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.SideRule;
import quickpage.index.model.TypePages;
import quickpage.index.model.roi.RoiSum;
import quickpage.index.model.run.Batch;
import quickpage.index.model.run.Batch.BatchType;
import quickpage.index.model.run.BatchStatistics;
import quickpage.index.model.run.RunContext;
import quickpage.index.neuprint.TypeQuestion;
import quickpage.index.neuprint.TypeQuestion.TypeToAsk;
import quickpage.index.neuprint.client.NeuPrintClient;
import quickpage.index.neuprint.client.NeuPrintPriming;

/** What a batch asks, keeps and writes. */
class IndexBatchTest extends BatchUnderTest {

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
        new Batch(
            4,
            "plan",
            "context",
            List.of(new BatchType("A", 5, new TypePages("A.html", null, null, null))));

    BatchStatistics done = run(neuPrint, context(1, false), grown);

    assertThat(neuPrint.asked.types()).containsExactly(new TypeToAsk("A", 5, true));
    assertThat(done.misses()).isEqualTo(1);
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
  void aRehearsalAsksNeuPrintsClientAndKeepsAndWritesWhatItDescribes() {
    try (NeuPrintClient neuPrint = NeuPrintPriming.client()) {
      BatchStatistics primed = IndexBatch.prime(neuPrint, cache, store);

      assertThat(primed.unavailable()).isEmpty();
      assertThat(primed.unsaved()).isZero();
      assertThat(cache.facts.get(NeuPrintPriming.TYPE).rois())
          .containsExactly(new RoiSum(NeuPrintPriming.ROI, 3, 4));
      assertThat(store.objects).hasSize(2);
    }
  }
}
