package quickpage.index.model.roi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

public class RoiSummaryTest {

  @Test
  void givesSharesOfTheSumsOverAllPrimaryRois() {
    assertThat(uncut(1.5, sum("LO(R)", 1, 0), sum("ME(R)", 3, 8)))
        .containsExactly(
            new RoiShare("ME", 3, 8, 11, 75.0, 100.0, null),
            new RoiShare("LO", 1, 0, 1, 25.0, 0.0, null));
  }

  @Test
  void dividesOnceAfterMultiplying() {
    assertThat(uncut(0, sum("A", 7, 0), sum("B", 93, 0)).get(1).prePercent()).isEqualTo(7.0);
    assertThat(uncut(0, sum("A", 1, 0), sum("B", 2, 0)).get(1).prePercent())
        .isEqualTo(100.0 * 1 / 3);
  }

  @Test
  void isZeroPercentOfNothing() {
    assertThat(uncut(1.5, sum("LO", 0, 5)))
        .containsExactly(new RoiShare("LO", 0, 5, 5, 0.0, 100.0, null));
  }

  @Test
  void ordersByTotalAndThenByNameAsTheDatabaseHasIt() {
    assertThat(uncut(0, sum("b", 1, 1), sum("C", 2, 0), sum("a", 2, 1), sum("B(R)", 0, 2)))
        .extracting(RoiShare::name)
        .containsExactly("a", "B", "C", "b");
  }

  @Test
  void keepsAnRoiWithEnoughOfEither() {
    assertThat(uncut(1.5, sum("big", 9_850, 9_851), sum("exactly", 150, 0), sum("below", 0, 149)))
        .extracting(RoiShare::name)
        .containsExactly("big", "exactly");
  }

  @Test
  void leavesOutAnRoiWithoutSynapsesWhateverTheThreshold() {
    assertThat(uncut(0, sum("none", 0, 0), sum("some", 1, 0)))
        .extracting(RoiShare::name)
        .containsExactly("some");
    assertThat(uncut(0, sum("none", 0, 0))).isEmpty();
    assertThat(uncut(-1, sum("none", 0, 0))).isEmpty();
  }

  @Test
  void keepsOnlyTheFirstOfTheSameCleanNameWithItsOwnNumbers() {
    assertThat(uncut(1.5, sum("ME(L)", 40, 0), sum("ME(R)", 60, 0)))
        .containsExactly(new RoiShare("ME", 60, 0, 60, 60.0, 0.0, null));
  }

  @Test
  void looksAtTheThresholdBeforeTheName() {
    assertThat(uncut(50, sum("ME(L)", 40, 45), sum("ME(R)", 60, 10), sum("X", 0, 45)))
        .as("ME(L) has more synapses but too small a share of either")
        .containsExactly(new RoiShare("ME", 60, 10, 70, 60.0, 10.0, null));
  }

  @Test
  void dropsAnRoiThatIsOnlyASide() {
    assertThat(uncut(0, sum("(R)", 50, 0), sum("ME", 50, 0)))
        .containsExactly(new RoiShare("ME", 50, 0, 50, 50.0, 0.0, null));
  }

  @Test
  void cutsTheListAndNotTheParents() {
    RoiParents parents = new RoiParents(Map.of("ME", "OL", "FB", "CX"));
    RoiSummary summary =
        RoiSummary.of(
            List.of(sum("ME", 9, 0), sum("FB", 8, 0), sum("alone", 7, 0)),
            OwnPrimaryRois.NONE,
            1.5,
            1);
    assertThat(summary.listed()).extracting(RoiShare::name).containsExactly("ME");
    assertThat(summary.parentRoi(parents)).isEqualTo("OL");
    assertThat(summary.parentRois(parents)).containsExactly("CX", "OL", "alone");
  }

  @Test
  void takesNoParentFromTheSecondRoiWhereTheFirstHasNone() {
    RoiParents parents = new RoiParents(Map.of("FB", "CX"));
    RoiSummary summary =
        RoiSummary.of(List.of(sum("ME", 9, 0), sum("FB", 8, 0)), OwnPrimaryRois.NONE, 1.5, null);
    assertThat(summary.parentRoi(parents)).isEmpty();
    assertThat(summary.parentRois(parents)).containsExactly("CX", "ME");
  }

  @Test
  void hasNoParentsWithoutRois() {
    assertThat(RoiSummary.EMPTY.parentRoi(RoiParents.NONE)).isEmpty();
    assertThat(RoiSummary.EMPTY.parentRois(RoiParents.NONE)).isEmpty();
  }

  @Property
  void doesNotDependOnTheOrderOfTheSums(
      @ForAll("sums") List<RoiSum> sums,
      @ForAll @DoubleRange(min = 0, max = 100) double threshold) {
    List<RoiSum> reversed = new ArrayList<>(sums);
    Collections.reverse(reversed);
    assertThat(RoiSummary.of(reversed, OwnPrimaryRois.NONE, threshold, null))
        .isEqualTo(RoiSummary.of(sums, OwnPrimaryRois.NONE, threshold, null));
  }

  @Property
  void listsDistinctNamesEachAboveTheThresholdAndNoShareTwice(
      @ForAll("sums") List<RoiSum> sums,
      @ForAll @DoubleRange(min = 0, max = 100) double threshold,
      @ForAll @IntRange(min = 1, max = 8) int limit) {
    RoiSummary summary = RoiSummary.of(sums, OwnPrimaryRois.NONE, threshold, limit);
    assertThat(summary.uncut()).extracting(RoiShare::name).doesNotHaveDuplicates();
    assertThat(summary.uncut())
        .allMatch(roi -> Math.max(roi.prePercent(), roi.postPercent()) >= threshold);
    assertThat(summary.listed())
        .isEqualTo(summary.uncut().subList(0, Math.min(limit, summary.uncut().size())));
    assertThat(summary.uncut().stream().mapToDouble(RoiShare::prePercent).sum())
        .isLessThanOrEqualTo(100.0 + 1e-9);
  }

  @Property
  void addsUpToAHundredPercentWhereNothingIsLeftOut(@ForAll("sums") List<RoiSum> sums) {
    List<RoiSum> distinct =
        sums.stream().filter(sum -> !sum.roi().endsWith(")") && sum.pre() > 0).toList();
    double all =
        RoiSummary.of(distinct, OwnPrimaryRois.NONE, 0, null).uncut().stream()
            .mapToDouble(RoiShare::prePercent)
            .sum();
    assertThat(all).isCloseTo(distinct.isEmpty() ? 0 : 100, within(1e-9));
  }

  @Provide
  Arbitrary<List<RoiSum>> sums() {
    Arbitrary<String> names =
        Combinators.combine(
                Arbitraries.of("ME", "LO", "AL", "CX", "FB", "EB"),
                Arbitraries.of("", "(R)", "(L)"))
            .as(String::concat)
            .withoutEdgeCases();
    Arbitrary<Long> counts = Arbitraries.longs().between(0, 200);
    return Combinators.combine(names, counts, counts)
        .as(RoiSum::new)
        .list()
        .uniqueElements(RoiSum::roi)
        .ofMaxSize(18);
  }

  @Test
  void aShareIsOfTheDatasetsOwnPrimaryRoisBothSidesTogether() {
    OwnPrimaryRois own = new OwnPrimaryRois(List.of("ME(R)", "ME(L)", "LO(R)", "FB"));

    assertThat(
            RoiSummary.of(
                    List.of(
                        sum("ME(R)", 50, 10),
                        sum("ME(L)", 30, 20),
                        sum("LO(R)", 20, 0),
                        sum("CX", 40, 40),
                        sum("FB", 0, 10)),
                    own,
                    1.5,
                    null)
                .listed())
        .extracting(RoiShare::name, RoiShare::share)
        .containsExactly(
            tuple("CX", null),
            tuple("ME", new OwnShare(80, 75)),
            tuple("LO", new OwnShare(20, 0)),
            tuple("FB", new OwnShare(0, 25)));
  }

  @Test
  void aShareOfNothingIsZero() {
    OwnPrimaryRois own = new OwnPrimaryRois(List.of("ME(R)", "LO(R)"));

    assertThat(
            RoiSummary.of(List.of(sum("LO(L)", 3, 0), sum("LO(R)", 0, 4)), own, 0, null).listed())
        .extracting(RoiShare::share)
        .containsExactly(new OwnShare(0, 100));
  }

  private static List<RoiShare> uncut(double threshold, RoiSum... sums) {
    return RoiSummary.of(List.of(sums), OwnPrimaryRois.NONE, threshold, null).uncut();
  }

  private static RoiSum sum(String roi, long pre, long post) {
    return new RoiSum(roi, pre, post);
  }
}
