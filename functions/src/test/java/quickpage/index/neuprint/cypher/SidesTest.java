package quickpage.index.neuprint.cypher;

import static org.assertj.core.api.Assertions.assertThat;
import static quickpage.index.model.SideRule.ANY_SPELLING;
import static quickpage.index.model.SideRule.FLYWIRE;
import static quickpage.index.model.SideRule.FLYWIRE_WITH_INSTANCE;
import static quickpage.index.model.SideRule.INSTANCE_PATTERN;
import static quickpage.index.model.SideRule.INSTANCE_SUFFIX;
import static quickpage.index.model.SideRule.PROPERTIES;
import static quickpage.index.neuprint.cypher.Sides.Side.LEFT;
import static quickpage.index.neuprint.cypher.Sides.Side.MIDDLE;
import static quickpage.index.neuprint.cypher.Sides.Side.RIGHT;
import static quickpage.index.neuprint.cypher.Sides.Side.UNKNOWN;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quickpage.index.model.SideCounts;

public class SidesTest {

  @Test
  void theRootComesBeforeTheSoma() {
    assertThat(Sides.of(PROPERTIES, "L", "R", null, null)).isEqualTo(LEFT);
    assertThat(Sides.of(PROPERTIES, null, "R", null, "x_L")).isEqualTo(RIGHT);
    assertThat(Sides.of(PROPERTIES, "", "M", null, null)).isEqualTo(MIDDLE);
    assertThat(Sides.of(PROPERTIES, null, null, "LEFT", "x_L")).isEqualTo(UNKNOWN);
  }

  @Test
  void anotherValueIsUnknownAndNotMissing() {
    assertThat(Sides.of(PROPERTIES, "left", "R", null, null)).isEqualTo(UNKNOWN);
    assertThat(Sides.of(FLYWIRE_WITH_INSTANCE, "left", null, "LEFT", "x_L")).isEqualTo(UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({"EPG_L, LEFT", "EPG_R, RIGHT", "EPG_M, UNKNOWN", "EPG(L), UNKNOWN", "_R2, UNKNOWN"})
  void aSuffixIsTheEndOfTheInstance(String instance, Sides.Side side) {
    assertThat(Sides.of(INSTANCE_SUFFIX, null, null, null, instance)).isEqualTo(side);
  }

  @ParameterizedTest
  @CsvSource({
    "Tm3_L, LEFT",
    "Tm3(r), RIGHT",
    "Tm3-m2, MIDDLE",
    "Tm3_Left, UNKNOWN",
    "R_x_M_L, MIDDLE",
    "L, UNKNOWN"
  })
  void thePatternsFirstHitCounts(String instance, Sides.Side side) {
    assertThat(Sides.of(INSTANCE_PATTERN, null, null, null, instance)).isEqualTo(side);
  }

  @ParameterizedTest
  @CsvSource({
    "LEFT, LEFT", "left, LEFT", "L, LEFT", "RIGHT, RIGHT", "right, RIGHT", "CENTER, MIDDLE",
    "center, MIDDLE", "C, MIDDLE", "MIDDLE, MIDDLE", "M, MIDDLE", "l, UNKNOWN", "Left, UNKNOWN",
    "c, UNKNOWN", "na, UNKNOWN"
  })
  void flywireHasASidePropertyOfItsOwn(String word, Sides.Side side) {
    assertThat(Sides.of(FLYWIRE, null, null, word, "x_R")).isEqualTo(side);
  }

  @Test
  void aSideOfFlywireThatSaysNothingCountsAsMissing() {
    assertThat(Sides.of(FLYWIRE_WITH_INSTANCE, null, null, "na", "x_R")).isEqualTo(RIGHT);
    assertThat(Sides.of(FLYWIRE_WITH_INSTANCE, null, "L", "right", "x_R")).isEqualTo(LEFT);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "LHS, -, -, LEFT",
        "RHS, -, -, RIGHT",
        "left, -, -, LEFT",
        "' Right ', -, -, RIGHT",
        "Midline, -, -, MIDDLE",
        "center, -, -, MIDDLE",
        "na, LHS, -, LEFT",
        "nan, none, R, RIGHT",
        "null, unknown, M, MIDDLE",
        "u, undefined, l, LEFT",
        "R, L, L, RIGHT",
        "na, NA, Unknown, UNKNOWN",
        "'', '  ', -, UNKNOWN",
        "-, -, -, UNKNOWN",
      })
  void otherDatasetsSpellSidesAsTheyLike(
      String rootSide, String somaSide, String side, Sides.Side found) {
    assertThat(Sides.of(ANY_SPELLING, rootSide, somaSide, side, "x_L")).isEqualTo(found);
  }

  @Test
  void countsWhatIsUnknownInTheTotal() {
    Sides sides = new Sides();
    sides.add(LEFT, 2);
    sides.add(RIGHT, 3);
    sides.add(MIDDLE, 4);
    sides.add(UNKNOWN, 5);
    assertThat(sides.counts()).isEqualTo(new SideCounts(14, 2, 3, 4));
  }
}
