package quickpage.index.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

public class WhiteSpaceTest {

  @Test
  void stripsEverySpaceThatAnnotatorsType() {
    assertThat(WhiteSpace.strip(" \t\r\n\u00A0\u0085\u2003a \u00A0b\u3000\u001C"))
        .isEqualTo("a \u00A0b");
    assertThat(WhiteSpace.stripTrailing(" a ")).isEqualTo(" a");
    assertThat(WhiteSpace.strip("\u2003 ")).isEmpty();
  }

  @Property
  void leavesNothingMoreToStrip(@ForAll String text) {
    String stripped = WhiteSpace.strip(text);
    assertThat(text).contains(stripped);
    assertThat(WhiteSpace.strip(stripped)).isEqualTo(stripped).isEqualTo(stripped.strip());
  }
}
