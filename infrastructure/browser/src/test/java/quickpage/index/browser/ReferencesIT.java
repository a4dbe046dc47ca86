package quickpage.index.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.Neurotransmitter;
import quickpage.index.model.SideCounts;
import quickpage.index.model.SynapseCounts;
import quickpage.index.model.TypeFacts;
import quickpage.index.model.TypePages;
import quickpage.index.model.TypeProperties;

/** Details lead from the references of synonyms to where these can be read. */
class ReferencesIT extends BrowserIT {
  private static final Map<String, String> REFERENCES =
      Map.of(
          "Nern 2025", "https://doi.org/10.1038/s41586-025-08746-0",
          "Wolff 2018", "http://example.org/a?b=c&d=%22e%22#f",
          "Scheffer, Xu 2020", "https://example.org/both",
          "Xu 2020", "https://example.org/one",
          "<b>Tag</b> 2020", "https://example.org/?<b>\"",
          "planes", "https://example.org/planes",
          "__proto__", "https://example.org/proto");

  private static DemoSite with;
  private static DemoSite without;

  @BeforeAll
  static void write(@TempDir Path folder) throws IOException {
    List<IndexEntry> entries =
        List.of(
            entry("A1", "Nern 2025: Tm9; bare"),
            entry("A2", "Aso 2014, Wolff 2018: LAL9"),
            entry("A3", "Wolff 2018,Nern 2025: x1, Yu 2010: x2"),
            entry("A4", "Scheffer, Xu 2020: y1; Xu 2020: y2"),
            entry("A5", "constructor: c1; toString: c2; hasOwnProperty 2020: c3"),
            entry("A6", "__proto__: p1; planes: p2"),
            entry("A7", "<b>Tag</b> 2020: <i>t1</i>"),
            entry("A8", "nern 2025: other case"));
    with = DemoSite.write(folder.resolve("with"), entries, REFERENCES);
    without = DemoSite.write(folder.resolve("without"), entries);
  }

  private static IndexEntry entry(String name, String synonyms) {
    TypeProperties properties =
        new TypeProperties(
            Neurotransmitter.NONE,
            List.of(),
            List.of(),
            List.of(),
            null,
            synonyms,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Collections.emptySortedMap(),
            Collections.emptySortedMap());
    return IndexEntry.described(
        new TypeFacts(name, new SideCounts(2, 1, 1, 0), new SynapseCounts(1, 1), null, properties),
        new TypePages(name + ".html", null, null, null),
        List.of(),
        "",
        List.of());
  }

  private static List<WebElement> links(DemoSite site, String type) {
    page.open(site.fileUrl() + "#q=" + type);
    page.js("document.querySelector('.card [data-details]').click()");
    return driver.findElements(By.cssSelector("#details .item a"));
  }

  /** Each link of a type's synonyms as "text address". */
  private static List<String> led(DemoSite site, String type) {
    return links(site, type).stream()
        .map(link -> link.getText() + " " + link.getDomAttribute("href"))
        .toList();
  }

  private static List<String> items() {
    return driver.findElements(By.cssSelector("#details .item")).stream()
        .map(WebElement::getText)
        .toList();
  }

  @Test
  void aReferenceWithAnAddressIsALink() {
    assertThat(led(with, "A1"))
        .containsExactly("Nern 2025 https://doi.org/10.1038/s41586-025-08746-0");
    assertThat(items()).containsExactly("Tm9 Nern 2025", "bare");
  }

  @Test
  void ofSeveralReferencesThoseWithoutAnAddressStayText() {
    assertThat(led(with, "A2")).containsExactly("Wolff 2018 http://example.org/a?b=c&d=%22e%22#f");
    assertThat(items()).containsExactly("LAL9 Aso 2014, Wolff 2018");
  }

  @Test
  void eachOfSeveralReferencesLeadsToItsOwnAddress() {
    assertThat(led(with, "A3"))
        .containsExactly(
            "Wolff 2018 http://example.org/a?b=c&d=%22e%22#f",
            "Nern 2025 https://doi.org/10.1038/s41586-025-08746-0");
    assertThat(items()).containsExactly("x1 Wolff 2018, Nern 2025", "x2 Yu 2010");
  }

  @Test
  void aReferenceThatHoldsACommaIsOneWhereItIsKnownAsOne() {
    assertThat(led(with, "A4"))
        .containsExactly(
            "Scheffer, Xu 2020 https://example.org/both", "Xu 2020 https://example.org/one");
  }

  @Test
  void whatEveryObjectHasIsNoReference() {
    assertThat(led(with, "A5")).isEmpty();
    assertThat(items()).containsExactly("c1 constructor", "c2 toString", "c3 hasOwnProperty 2020");
  }

  @Test
  void referencesAndAddressesMayHoldAnything() {
    assertThat(led(with, "A6"))
        .containsExactly(
            "__proto__ https://example.org/proto", "planes https://example.org/planes");
    assertThat(led(with, "A7")).containsExactly("<b>Tag</b> 2020 https://example.org/?<b>\"");
    assertThat(items()).containsExactly("<i>t1</i> <b>Tag</b> 2020");
  }

  @Test
  void onlyTheSameTextIsTheReference() {
    assertThat(led(with, "A8")).isEmpty();
  }

  @Test
  void aLinkSaysWhatItIsAReferenceOf() {
    assertThat(links(with, "A1").get(0).getAccessibleName().replaceAll("[\u2068\u2069]", ""))
        .isEqualTo("Nern 2025, reference of Tm9");
  }

  @Test
  void withoutABibliographyReferencesAreText() {
    assertThat(led(without, "A1")).isEmpty();
    assertThat(items()).containsExactly("Tm9 Nern 2025", "bare");
  }
}
