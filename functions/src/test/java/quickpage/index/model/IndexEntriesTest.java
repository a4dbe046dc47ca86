package quickpage.index.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quickpage.index.model.roi.OwnPrimaryRois;
import quickpage.index.model.roi.RoiParents;
import quickpage.index.model.roi.RoiShare;
import quickpage.index.model.roi.RoiSum;

class IndexEntriesTest {

  private static final TypePages PAGES = new TypePages("types/LC10a.html", null, null, null);
  private static final RoiParents PARENTS = new RoiParents(Map.of("LO", "OL", "ME", "OL"));
  private static final List<RoiSum> SUMS =
      List.of(new RoiSum("LO(R)", 1, 2), new RoiSum("ME", 1, 0));

  @Test
  void describesATypeAsTheDatasetHasIt() {
    IndexEntry entry =
        IndexEntries.describe(facts(SUMS), PAGES, PARENTS, OwnPrimaryRois.NONE, 1.5, null, 1);
    assertThat(entry.name()).isEqualTo("LC10a");
    assertThat(entry.status()).isEqualTo(EntryStatus.OK);
    assertThat(entry.error()).isNull();
    assertThat(entry.pages()).isEqualTo(PAGES);
    assertThat(entry.counts()).isEqualTo(new IndexEntry.Counts(12L, 6L, 5L, 0L, 1L));
    assertThat(entry.synapses()).isEqualTo(new IndexEntry.Synapses(100L, 200L));
    assertThat(entry.rois()).extracting(RoiShare::name).containsExactly("LO", "ME");
    assertThat(entry.parentRoi()).isEqualTo("OL");
    assertThat(entry.parentRois()).containsExactly("OL");
  }

  @Test
  void givesATypeOfTooFewNeuronsNoRois() {
    IndexEntry asked =
        IndexEntries.describe(facts(SUMS), PAGES, PARENTS, OwnPrimaryRois.NONE, 1.5, null, 13);
    IndexEntry notAsked =
        IndexEntries.describe(facts(null), PAGES, PARENTS, OwnPrimaryRois.NONE, 1.5, null, 13);
    assertThat(asked).isEqualTo(notAsked);
    assertThat(asked.rois()).isEmpty();
    assertThat(asked.parentRoi()).isEmpty();
    assertThat(asked.parentRois()).isEmpty();
    assertThat(
            IndexEntries.describe(facts(SUMS), PAGES, PARENTS, OwnPrimaryRois.NONE, 1.5, null, 12)
                .rois())
        .isNotEmpty();
  }

  @Test
  void cutsTheRoisAndKeepsTheParents() {
    RoiParents parents = new RoiParents(Map.of("LO", "OL"));
    IndexEntry entry =
        IndexEntries.describe(facts(SUMS), PAGES, parents, OwnPrimaryRois.NONE, 1.5, 1, 1);
    assertThat(entry.rois()).hasSize(1);
    assertThat(entry.parentRois()).containsExactly("ME", "OL");
  }

  @Test
  void refusesFactsThatLackTheRoisThatAreWanted() {
    assertThatThrownBy(
            () ->
                IndexEntries.describe(
                    facts(null), PAGES, PARENTS, OwnPrimaryRois.NONE, 1.5, null, 12))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("LC10a")
        .hasMessageContaining("12 neurons");
  }

  private static TypeFacts facts(List<RoiSum> rois) {
    return new TypeFacts(
        "LC10a",
        new SideCounts(12, 6, 5, 0),
        new SynapseCounts(100, 200),
        rois,
        TypeProperties.NONE);
  }
}
