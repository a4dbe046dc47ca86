package quickpage.index.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import quickpage.index.model.EntryStatus;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.PlannedEntry;
import quickpage.index.model.RunContext;
import quickpage.index.model.SideCounts;
import quickpage.index.model.SynapseCounts;
import quickpage.index.model.TransientFailure;
import quickpage.index.model.TypeFacts;
import quickpage.index.model.TypePages;
import quickpage.index.model.TypeProperties;
import quickpage.index.model.Unavailable;
import quickpage.index.site.MemoryStore;
import quickpage.index.site.RunFolder;
import quickpage.index.site.RunPlan;

class PlannedEntriesTest {

  private final MemoryStore store = new MemoryStore();
  private final RunFolder folder = new RunFolder(store, "", "run-1");

  /** Four types in two batches, and between them one without neurons. */
  private static final List<PlannedEntry> PLANNED =
      List.of(
          planned("A", 0),
          new PlannedEntry("B", EntryStatus.NO_NEURONS, pages("B"), null, null),
          planned("C", 0),
          planned("D", 1),
          planned("E", 1));

  private static PlannedEntry planned(String name, int batch) {
    return new PlannedEntry(name, EntryStatus.OK, pages(name), 1L, batch);
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
    return new PlannedEntries(
        folder,
        new RunPlan(
            RunContext.FORMAT,
            "QUICKPAGE",
            PLANNED,
            pagesListed,
            2,
            List.of(unmatched),
            List.of(),
            List.of(),
            List.of()));
  }

  private void shard(int batch, String... names) {
    folder.writeShard(batch, Arrays.stream(names).map(PlannedEntriesTest::described).toList());
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
    assertThat(entries.asked()).isEqualTo(4);
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
            new Unavailable("A", "its batch did not finish"),
            new Unavailable("C", "its batch did not finish"));
    assertThat(entries.asked()).isEqualTo(4);
  }

  @Test
  void typesThatABatchCouldNotHaveAreUnavailableForItsReason() {
    folder.writeShard(
        0, List.of(IndexEntry.unavailable("A", pages("A"), "too slow"), described("C")));
    shard(1, "D", "E");
    PlannedEntries entries = planned(5);
    read(entries);

    assertThat(entries.unavailable()).containsExactly(new Unavailable("A", "too slow"));
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
    String folderOfShards = ".quickpage-index/runs/run-1/shards/";
    store.objects.put(
        folderOfShards + "00000.jsonl.gz", store.objects.get(folderOfShards + "00001.jsonl.gz"));

    assertThatThrownBy(() -> read(planned(5)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the shard of batch 0 says that it is of batch 1");
  }

  @Test
  void aTornShardIsReadAgain() {
    shard(0, "A", "C");
    shard(1, "D", "E");
    String key = ".quickpage-index/runs/run-1/shards/00001.jsonl.gz";
    byte[] whole = store.objects.get(key);
    store.objects.put(key, Arrays.copyOf(whole, whole.length - 1));

    assertThatThrownBy(() -> read(planned(5))).isInstanceOf(TransientFailure.class);
  }

  @Test
  void aTypeUnderOtherPagesThanPlannedStopsEverything() {
    folder.writeShard(
        0,
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
        .hasMessage("6 pages were listed, but 5 are in the index and 0 unmatched");
    assertThatThrownBy(() -> read(planned(5, "x>y.html")))
        .hasMessage("5 pages were listed, but 5 are in the index and 1 unmatched");
  }
}
