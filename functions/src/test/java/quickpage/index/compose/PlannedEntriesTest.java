package quickpage.index.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import quickpage.index.error.RefusedException;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.SideCounts;
import quickpage.index.model.SynapseCounts;
import quickpage.index.model.TransientFailure;
import quickpage.index.model.TypeFacts;
import quickpage.index.model.TypePages;
import quickpage.index.model.TypeProperties;
import quickpage.index.model.run.Batch;
import quickpage.index.model.run.Batch.BatchType;
import quickpage.index.model.run.RunContext;
import quickpage.index.model.run.UnavailableType;
import quickpage.index.site.run.RunFolder;
import quickpage.index.site.run.RunPlan;
import quickpage.index.site.run.RunPlan.PlannedShard;
import quickpage.index.site.store.MemoryStore;

class PlannedEntriesTest {

  private final MemoryStore store = new MemoryStore();
  private final RunFolder folder = new RunFolder(store, "", "run-1");

  private static final String PLAN = "0123";
  private static final String SHARDS = ".quickpage-index/runs/run-1/shards/0123/";

  /** Four types in two batches, and between them one without neurons. */
  private static final List<Batch> BATCHES = List.of(batch(0, "A", "C"), batch(1, "D", "E"));

  private static Batch batch(int number, String... types) {
    return new Batch(
        number,
        PLAN,
        "context",
        Arrays.stream(types).map(type -> new BatchType(type, 1, pages(type))).toList());
  }

  private static TypePages pages(String name) {
    return new TypePages(name + ".html", null, null, null);
  }

  private static IndexEntry described(String name) {
    return IndexEntry.described(
        new TypeFacts(
            name,
            new SideCounts(1, 1, 0, 0),
            new SynapseCounts(2, 3),
            List.of(),
            TypeProperties.NONE),
        pages(name),
        List.of(),
        "",
        List.of());
  }

  private PlannedEntries planned(int pagesListed, String... unmatched) {
    return planned(
        List.of(folder.writePlannedShard(List.of(IndexEntry.withoutNeurons("B", pages("B"))))),
        pagesListed,
        unmatched);
  }

  private PlannedEntries planned(List<PlannedShard> shards, int pagesListed, String... unmatched) {
    return new PlannedEntries(
        folder,
        new RunPlan(
            RunContext.FORMAT,
            PLAN,
            "QUICKPAGE",
            "context",
            folder.writeItems(List.of(BATCHES.get(1), BATCHES.get(0))),
            2,
            1,
            shards,
            new RunPlan.Entries(4, 1, 0),
            pagesListed,
            List.of(unmatched),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            null,
            null));
  }

  private void shard(int batch, String... names) {
    folder.writeShard(
        BATCHES.get(batch), Arrays.stream(names).map(PlannedEntriesTest::described).toList());
  }

  private static List<IndexEntry> read(PlannedEntries entries) {
    List<IndexEntry> read = new ArrayList<>();
    entries.forEach(read::add);
    return read;
  }

  @Test
  void theEntriesOfAllShardsComeInTheOrderOfThePlan() {
    shard(0, "A", "C");
    shard(1, "D", "E");
    PlannedEntries entries = planned(5);

    assertThat(read(entries))
        .containsExactly(
            described("A"),
            IndexEntry.withoutNeurons("B", pages("B")),
            described("C"),
            described("D"),
            described("E"));
    assertThat(entries.unavailable()).isEmpty();
  }

  @Test
  void theTypesOfABatchWithoutAShardAreUnavailable() {
    shard(1, "D", "E");
    PlannedEntries entries = planned(5);

    assertThat(read(entries).get(0))
        .isEqualTo(IndexEntry.unavailable("A", pages("A"), "its batch did not finish"));
    assertThat(entries.unavailable())
        .containsExactly(
            new UnavailableType("A", "its batch did not finish"),
            new UnavailableType("C", "its batch did not finish"));
  }

  @Test
  void typesThatABatchCouldNotHaveAreUnavailableForItsReason() {
    folder.writeShard(
        BATCHES.get(0),
        List.of(IndexEntry.unavailable("A", pages("A"), "too slow"), described("C")));
    shard(1, "D", "E");
    PlannedEntries entries = planned(5);
    read(entries);

    assertThat(entries.unavailable()).containsExactly(new UnavailableType("A", "too slow"));
  }

  @Test
  void aTypeThatIsMissingInItsShardStopsEverything() {
    shard(0, "A");
    shard(1, "D", "E");

    assertThatThrownBy(() -> read(planned(5)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the shard of batch 0 has nothing where C was planned");
  }

  @Test
  void aTypeThatIsMissingAtTheEndStopsEverything() {
    shard(0, "A", "C");
    shard(1, "D");

    assertThatThrownBy(() -> read(planned(5)))
        .hasMessage("the shard of batch 1 has nothing where E was planned");
  }

  @Test
  void theWrongTypeInAShardStopsEverything() {
    shard(0, "A", "X");
    shard(1, "D", "E");

    assertThatThrownBy(() -> read(planned(5)))
        .hasMessage("the shard of batch 0 has X where C was planned");
  }

  @Test
  void aTypeTooManyInAShardStopsEverything() {
    shard(0, "A", "C", "Z");
    shard(1, "D", "E");

    assertThatThrownBy(() -> read(planned(5)))
        .hasMessage("the shard of batch 0 has Z, which was not planned");
  }

  @Test
  void aTypeTooManyInTheLastShardStopsEverything() {
    shard(0, "A", "C");
    shard(1, "D", "E", "F");

    assertThatThrownBy(() -> read(planned(5)))
        .hasMessage("the shard of batch 1 has F, which was not planned");
  }

  @Test
  void aTypeTwiceInAShardStopsEverything() {
    shard(0, "A", "A", "C");
    shard(1, "D", "E");

    assertThatThrownBy(() -> read(planned(5))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theShardOfAnotherBatchStopsEverything() {
    shard(0, "A", "C");
    shard(1, "D", "E");
    store.objects.put(SHARDS + "00000.smile", store.objects.get(SHARDS + "00001.smile"));

    assertThatThrownBy(() -> read(planned(5)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The shard of batch 0 says that it is of plan 0123 and batch 1");
  }

  @Test
  void aTornShardIsReadAgain() {
    shard(0, "A", "C");
    shard(1, "D", "E");
    String key = SHARDS + "00001.smile";
    byte[] whole = store.objects.get(key);
    store.objects.put(key, Arrays.copyOf(whole, whole.length - 1));

    assertThatThrownBy(() -> read(planned(5))).isInstanceOf(TransientFailure.class);
  }

  @Test
  void aTypeUnderOtherPagesThanPlannedStopsEverything() {
    folder.writeShard(
        BATCHES.get(0),
        List.of(
            described("A"),
            IndexEntry.unavailable("C", new TypePages(null, "C_L.html", null, null), "why")));
    shard(1, "D", "E");

    assertThatThrownBy(() -> read(planned(5))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aListedPageIsInTheIndexOrUnmatched() {
    shard(0, "A", "C");
    shard(1, "D", "E");

    assertThat(read(planned(6, "x>y.html"))).hasSize(5);
    assertThatThrownBy(() -> read(planned(6)))
        .hasMessage("6 pages were listed, but 5 are in the index and 0 unmatched or ignored");
    assertThatThrownBy(() -> read(planned(5, "x>y.html")))
        .hasMessage("5 pages were listed, but 5 are in the index and 1 unmatched or ignored");
  }

  @Test
  void theShardOfABatchOfAnotherPlanIsNeverRead() {
    shard(0, "A", "C");
    Batch ofAnotherPlan = new Batch(1, "4567", "context", BATCHES.get(1).types());
    folder.writeShard(ofAnotherPlan, List.of(described("D"), described("E")));
    PlannedEntries entries = planned(5);
    read(entries);

    assertThat(entries.unavailable()).extracting(UnavailableType::type).containsExactly("D", "E");
  }

  @Test
  void aPlannedShardThatIsNotTheOneOfThePlanStopsEverything() {
    shard(0, "A", "C");
    shard(1, "D", "E");
    PlannedShard written =
        folder.writePlannedShard(List.of(IndexEntry.withoutNeurons("B", pages("B"))));
    PlannedShard planned = new PlannedShard(written.name(), 1, "00000000");

    assertThatThrownBy(() -> read(planned(List.of(planned), 5)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("%s is not the shard that was planned".formatted(written.name()));
  }

  @Test
  void aPlannedShardThatIsGoneIsRefusedInASentence() {
    PlannedShard gone = new PlannedShard("shards/gone.smile", 1, "00000000");

    assertThatThrownBy(() -> read(planned(List.of(gone), 5)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("shards/gone.smile is gone: start the run again.");
  }

  @Test
  void aTypeInTwoShardsStopsEverything() {
    shard(0, "A", "C");
    shard(1, "D", "E");
    PlannedShard twice =
        folder.writePlannedShard(List.of(IndexEntry.withoutNeurons("C", pages("C"))));

    assertThatThrownBy(() -> read(planned(List.of(twice), 5)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("C comes after C in the shards");
  }

  @Test
  void anEntryThatNoShardHasStopsEverything() {
    shard(0, "A", "C");
    shard(1, "D", "E");

    assertThatThrownBy(() -> read(planned(List.of(), 4)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("5 entries were planned, but the shards have 4");
  }
}
