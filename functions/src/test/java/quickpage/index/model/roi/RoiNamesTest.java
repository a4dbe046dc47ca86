package quickpage.index.model.roi;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public class RoiNamesTest {

  @ParameterizedTest(name = "[{0}] becomes [{1}]")
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "ME(R),ME",
        "ME (L),ME",
        "ME \t(M),ME",
        "ME\u00A0(M),ME",
        "ME_R,ME",
        "ME_M,ME",
        "ME_L(R),ME",
        "ME_L (R),ME",
        "ME(R)_L,ME(R)",
        "ME(R)(L),ME(R)",
        "ME_R_L,ME_R",
        "ME(r),ME(r)",
        "ME_l,ME_l",
        "ME(X),ME(X)",
        "ME ,ME ",
        "a'L(R),a'L",
        "CX,CX",
        "L,L",
        "(R),''",
        " (R),''",
        "_L,''",
        "_L(R),''",
        "'',''",
      })
  void stripsTheSide(String roi, String clean) {
    assertThat(RoiNames.clean(roi)).isEqualTo(clean);
  }

  @Property
  void givesABeginningOfTheName(@ForAll String roi) {
    assertThat(roi).startsWith(RoiNames.clean(roi));
  }
}
