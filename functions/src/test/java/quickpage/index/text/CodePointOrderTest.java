package quickpage.index.text;

import static org.assertj.core.api.Assertions.assertThat;
import static quickpage.index.text.CodePointOrder.BY_CODE_POINT;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

public class CodePointOrderTest {

  @Test
  void putsTheBasicPlaneBeforeWhatLiesBeyond() {
    String brain = "\uD83E\uDDE0";
    assertThat(sorted(brain, "\uFFFD", "z", "Z")).containsExactly("Z", "z", "\uFFFD", brain);
    assertThat(brain).isLessThan("\uFFFD");
  }

  @Test
  void putsAnUnpairedSurrogateWhereItsOwnValueStands() {
    assertThat(sorted("\uE000", "\uD83E\uDDE0", "\uD83E"))
        .containsExactly("\uD83E", "\uE000", "\uD83E\uDDE0");
  }

  @Test
  void putsAPrefixFirst() {
    assertThat(sorted("LC10a", "LC1", "LC10")).containsExactly("LC1", "LC10", "LC10a");
  }

  @Property
  void comparesAsTheSequencesOfCodePointsDo(@ForAll String a, @ForAll String b) {
    int expected = Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
    assertThat(Integer.signum(BY_CODE_POINT.compare(a, b))).isEqualTo(Integer.signum(expected));
  }

  /** Every pair of strings of up to three units, halves of a surrogate pair among them. */
  @Test
  void comparesHalvesOfSurrogatePairsAsTheSequencesOfCodePointsDo() {
    List<String> strings = new ArrayList<>(List.of(""));
    for (int i = 0; i < strings.size(); i++) {
      if (strings.get(i).length() < 3) {
        for (char unit : new char[] {'A', '\uD83E', '\uDDE0', '\uFFFD'}) {
          strings.add(strings.get(i) + unit);
        }
      }
    }
    for (String a : strings) {
      for (String b : strings) {
        int expected = Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
        assertThat(Integer.signum(BY_CODE_POINT.compare(a, b)))
            .as("%s and %s", a, b)
            .isEqualTo(Integer.signum(expected));
      }
    }
  }

  private static List<String> sorted(String... names) {
    return Arrays.stream(names).sorted(BY_CODE_POINT).toList();
  }
}
