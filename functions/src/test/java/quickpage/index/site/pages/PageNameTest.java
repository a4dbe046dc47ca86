package quickpage.index.site.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public class PageNameTest {

  @ParameterizedTest(name = "{0}: {1}, {2}")
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ' ',
      value = {
        "LC10a.html LC10a COMBINED true",
        "LC10a_L.html LC10a LEFT true",
        "LC10a_R.html LC10a RIGHT true",
        "LC10a_M.html LC10a MIDDLE true",
        "LC10a_l.html LC10a_l COMBINED true",
        "LC10a_X.html LC10a_X COMBINED true",
        "LC10a_L_L.html LC10a_L LEFT true",
        "PEN_b(PEN2)_R.html PEN_b(PEN2) RIGHT true",
        "Acc._ti_flexor_MN.html Acc._ti_flexor_MN COMBINED true",
        "a+b-c.,&'()_M.html a+b-c.,&'() MIDDLE true",
        "a.html_L.html a.html LEFT true",
        "_L.html _L COMBINED true",
        "__L.html _ LEFT true",
        ".html.html .html COMBINED true",
        "MBON05(y4>y1y2)_L.html MBON05(y4>y1y2) LEFT false",
        "γ4.html γ4 COMBINED false",
        "a%b_R.html a%b RIGHT false",
      })
  void saysTypeAndSide(String fileName, String base, PageSide side, boolean accepted) {
    String stem = fileName.substring(0, fileName.length() - 5);
    assertThat(PageName.parse(fileName)).isEqualTo(new PageName(stem, base, side));
    assertThat(PageName.parse(fileName).accepted()).isEqualTo(accepted);
  }

  @Test
  void hasNoTypeWhereNothingStandsBeforeTheExtension() {
    assertThat(PageName.parse(".html")).isEqualTo(new PageName("", "", PageSide.COMBINED));
    assertThat(PageName.parse(".html").accepted()).isFalse();
    assertThat(PageName.parse(" .html").accepted()).isFalse();
    assertThat(PageName.parse("a\n.html").accepted()).isFalse();
  }

  @Test
  void isOfAnHtmlFileOnly() {
    assertThatThrownBy(() -> PageName.parse("LC10a.HTML"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("LC10a.HTML");
  }

  @ParameterizedTest(name = "{0} has pages called {1}")
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "DNp16/17|DNp16_17",
        "Acc. ti flexor MN|Acc._ti_flexor_MN",
        "JO-A/B/C|JO-A_B_C",
        "5thsLNv_LNd6|5thsLNv_LNd6",
        "MBON05(y4>y1y2)|MBON05(y4>y1y2)",
      })
  void isNamedAfterTheType(String type, String fileName) {
    assertThat(TypeFileName.of(type)).isEqualTo(fileName);
  }
}
