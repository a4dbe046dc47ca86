package quickpage.index.site.settings;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quickpage.index.error.RefusedException;

class ReferencesTest {

  private static Map<String, String> parse(String text) {
    return References.parse(text.getBytes(UTF_8), "works.csv");
  }

  @Test
  void readsTextsWithAddresses() {
    assertThat(
            parse(
                """
                Nern 2025,https://doi.org/10.1038/s41586-025-08746-0
                  Lab notes  , http://lab.example/notes?p=1#x \r
                "Yao & Scott 2022","https://example.org/a,b"
                """))
        .isEqualTo(
            Map.of(
                "Nern 2025", "https://doi.org/10.1038/s41586-025-08746-0",
                "Lab notes", "http://lab.example/notes?p=1#x",
                "Yao & Scott 2022", "https://example.org/a,b"));
  }

  @Test
  void readsDoisAndPassesOverFurtherColumnsAsInTheFileOfNeuView() {
    assertThat(
            parse(
                """
                Lee 2002, 10.1080/01677060216292,"Lee, Hall and Park (2002): a title, with commas"
                Kim 2017,doi:10.7554/eLife.23386,"Kim ""and"" others
                over two lines"
                Old 1998,10.1002/(SICI)1096-9861(1998)<1::AID-CNE1>3.0.CO;2-A
                """))
        .isEqualTo(
            Map.of(
                "Lee 2002", "https://doi.org/10.1080/01677060216292",
                "Kim 2017", "https://doi.org/10.7554/eLife.23386",
                "Old 1998",
                    "https://doi.org/10.1002/(SICI)1096-9861(1998)%3C1::AID-CNE1%3E3.0.CO;2-A"));
  }

  @Test
  void passesOverHeadingsEmptyLinesAByteOrderMarkAndWorksThatAreNowhere() {
    assertThat(parse("\uFEFFText,Address\n\nA 2001,https://a.example/\nB 2002,\n"))
        .isEqualTo(Map.of("A 2001", "https://a.example/"));
    assertThat(parse("")).isEmpty();
  }

  @Test
  void theSameLineTwiceIsNoFault() {
    assertThat(parse("A 2001,https://a.example/\nA 2001,https://a.example/\n")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A 2001;https://a.example/ | line 1: there must be a text and an address with a comma"
            + " between them, not \"A 2001;https://a.example/\".",
        "A 2001,ftp://a.example/   | line 1: the address of \"A 2001\" must be https, http or a"
            + " DOI, not \"ftp://a.example/\".",
        "A 2001,javascript:alert(1) | line 1: the address of",
        "A 2001,https://u:p@a.example/ | line 1: the address of",
        "A 2001,a.html             | line 1: the address of",
        ",https://a.example/       | line 1: the reference must be a text of one line and at most"
            + " 200 characters, not \"\".",
      })
  void refusesWhatDoesNotFitAndNamesItsLine(String row, String sentence) {
    assertThatThrownBy(() -> parse(row))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("works.csv, " + sentence);
  }

  @Test
  void refusesOneTextWithTwoAddressesAndNamesBothLines() {
    assertThatThrownBy(
            () -> parse("A,https://a.example/\nB,\"https://b.example/\"\nA,https://c.example/\n"))
        .isInstanceOf(RefusedException.class)
        .hasMessage("works.csv, line 3: \"A\" has another address in line 1.");
  }

  @Test
  void refusesAQuotationMarkThatWouldTakeAllLinesWithIt() {
    assertThatThrownBy(
            () ->
                parse("A,https://a.example/\nB,https://b.example/,\"Title\nC,https://c.example/\n"))
        .isInstanceOf(RefusedException.class)
        .hasMessage("works.csv, line 2: a quotation mark is not closed.");
  }

  @Test
  void refusesWhatIsNoCsv() {
    assertThatThrownBy(() -> parse("\"A\" 2001,https://a.example/\n"))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("works.csv is not CSV: ");
  }

  @Test
  void refusesWhatIsNotUtf8() {
    byte[] latin = "Élan 2001,https://a.example/".getBytes(ISO_8859_1);

    assertThatThrownBy(() -> References.parse(latin, "works.csv"))
        .isInstanceOf(RefusedException.class)
        .hasMessage("works.csv is not text in UTF-8.");
  }
}
