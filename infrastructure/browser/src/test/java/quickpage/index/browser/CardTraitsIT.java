package quickpage.index.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.Neurotransmitter;
import quickpage.index.model.SideCounts;
import quickpage.index.model.SynapseCounts;
import quickpage.index.model.TypeFacts;
import quickpage.index.model.TypePages;
import quickpage.index.model.TypeProperties;

/** What tells types apart on their cards, in two lines. */
class CardTraitsIT extends BrowserIT {
  private static final TypeProperties SHORT =
      properties("dim", "SY: s1; s2", List.of("f1", "Short"), List.of("sc"), List.of("c1"));

  /** Its class is called as its region is, and its superclass as another class. */
  private static final TypeProperties TWICE =
      properties("dim", null, List.of(), List.of("sc"), List.of("R1", "sc"));

  private static final TypeProperties LONG =
      properties(
          "potentially sexually dimorphic in every respect",
          "Marin 2024: " + "n".repeat(90),
          List.of(),
          List.of("a superclass of many words, and more"),
          List.of("a class whose name is longer than any card is wide, by far"));

  private static String url;

  @BeforeAll
  static void write(@TempDir Path folder) throws IOException {
    url =
        DemoSite.write(
                folder,
                List.of(
                    entry("Bare", new SideCounts(2, 1, 1, 0), TypeProperties.NONE),
                    entry("Left", new SideCounts(6, 6, 0, 0), TypeProperties.NONE),
                    entry("LeftAndUnknown", new SideCounts(7, 6, 0, 0), TypeProperties.NONE),
                    entry("LeftMany", new SideCounts(12_345, 12_345, 0, 0), TypeProperties.NONE),
                    entry("Long", new SideCounts(2, 1, 1, 0), LONG),
                    entry("Middle", new SideCounts(3, 0, 0, 3), TypeProperties.NONE),
                    entry("MiddleAndRight", new SideCounts(3, 0, 1, 2), TypeProperties.NONE),
                    entry("Nothing", new SideCounts(1, 0, 0, 0), TypeProperties.NONE),
                    entry("Right", new SideCounts(5, 0, 5, 0), TypeProperties.NONE),
                    entry("Short", new SideCounts(2, 1, 1, 0), SHORT),
                    entry("Twice", new SideCounts(2, 1, 1, 0), TWICE)))
            .fileUrl();
  }

  private static TypeProperties properties(
      String dimorphism,
      String synonyms,
      List<String> flywireTypes,
      List<String> superclasses,
      List<String> classes) {
    return new TypeProperties(
        new Neurotransmitter("nt", null, null, null),
        superclasses,
        classes,
        List.of("sub"),
        dimorphism,
        synonyms,
        flywireTypes,
        List.of("T1"),
        List.of("09A"),
        List.of(),
        List.of(),
        Collections.emptySortedMap(),
        Collections.emptySortedMap());
  }

  private static IndexEntry entry(String name, SideCounts counts, TypeProperties properties) {
    boolean isBare = properties.equals(TypeProperties.NONE);
    return IndexEntry.described(
        new TypeFacts(name, counts, new SynapseCounts(1, 1), null, properties),
        new TypePages(name + ".html", name + "_L.html", name + "_R.html", null),
        List.of(),
        isBare ? "" : "R1",
        isBare ? List.of() : List.of("R0", "R1", "R2"));
  }

  private static void resize(int width) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
  }

  @SuppressWarnings("unchecked")
  private static List<String> texts(String expression) {
    return (List<String>) page.js("return " + expression);
  }

  private static List<String> traits(String query) {
    page.open(url + "#q=" + query);
    return texts(
        "[...document.querySelectorAll('[data-place=\"0\"] .traits > *')].map(e => e.textContent)");
  }

  @Test
  void dimorphismComesFirstThenTheRestThenOtherNames() {
    resize(1400);

    assertThat(traits("short"))
        .containsExactly("dim", "R1", "nt", "sc", "c1", "09A", "T1", "R0", "R2", "also s1, s2, f1");
  }

  @Test
  void noWordStandsThereTwice() {
    resize(1400);

    assertThat(traits("twice")).containsExactly("dim", "R1", "nt", "sc", "09A", "T1", "R0", "R2");
  }

  /** What has no room is left out; a tag that is alone in its line is cut. */
  @ParameterizedTest
  @ValueSource(ints = {1400, 320})
  void longTraitsTakeNoThirdLineAndLeaveTheCard(int width) {
    resize(width);

    assertThat(traits("long")).startsWith("potentially sexually dimorphic in every respect");
    page.open(url);
    assertThat(
            texts(
                "[...document.querySelectorAll('.card[data-type]')].filter(card => {"
                    + " const box = card.getBoundingClientRect();"
                    + " return card.querySelectorAll('.traits').length > 2"
                    + " || [...card.querySelectorAll('.traits > *')].some(part => {"
                    + " const at = part.getBoundingClientRect();"
                    + " return at.right > box.right || at.bottom > box.bottom; });"
                    + " }).map(card => card.textContent)"))
        .isEmpty();
  }

  /** With ever more regions, one type fills its first line: a second one would be empty. */
  @Test
  void aCardWithoutOtherNamesHasNoEmptyLine(@TempDir Path folder) throws IOException {
    List<IndexEntry> entries =
        IntStream.rangeClosed(1, 9).mapToObj(CardTraitsIT::inRegions).toList();
    resize(1400);
    page.open(DemoSite.write(folder, entries).fileUrl());

    assertThat(texts("[...document.querySelectorAll('.card[data-type] .traits')].map(e => '')"))
        .as("some need a second line")
        .hasSizeGreaterThan(9);
    assertThat(
            texts(
                "[...document.querySelectorAll('.card[data-type] .traits')].filter(line =>"
                    + " line.childElementCount === 0).map(line => line.parentElement.textContent)"))
        .isEmpty();
  }

  private static IndexEntry inRegions(int regions) {
    String name = "Regions" + regions;
    return IndexEntry.described(
        new TypeFacts(
            name, new SideCounts(2, 1, 1, 0), new SynapseCounts(1, 1), null, TypeProperties.NONE),
        new TypePages(name + ".html", null, null, null),
        List.of(),
        "R1",
        IntStream.rangeClosed(1, regions).mapToObj(k -> "R" + k).toList());
  }

  /** Cards are one line of tags higher than they were: the sample has two lines of traits. */
  @Test
  void aSynonymThatIsLookedForTakesTheSecondLine() {
    resize(1400);

    assertThat(traits("s2")).startsWith("dim", "R1").endsWith("also s2").doesNotContain("also s1");
    assertThat(texts("[...document.querySelectorAll('.sample .traits')].map(e => e.className)"))
        .hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "Left,           Only left",
    "LeftAndUnknown, ''",
    "LeftMany,       Only left",
    "Middle,         Only middle",
    "Right,          Only right",
    "Bare,           ''",
    "MiddleAndRight, ''",
    "Nothing,        ''",
  })
  void aBadgeTellsWhereAllNeuronsAreOnOneSide(String type, String badge) {
    for (int width : List.of(1400, 320)) {
      resize(width);
      page.open(url + "#q=" + type);
      String card = "document.querySelector('.card[data-place=\"0\"]')";

      assertThat(page.firstName()).isEqualTo(type);
      assertThat(texts("[..." + card + ".querySelectorAll('.only')].map(e => e.textContent)"))
          .isEqualTo(badge.isEmpty() ? List.of() : List.of(badge));
      assertThat(
              (boolean)
                  page.js(
                      ("const card = %s; return [...card.querySelectorAll('.sides > *')].every(e =>"
                              + " e.getBoundingClientRect().right <="
                              + " card.getBoundingClientRect().right)")
                          .formatted(card)))
          .isTrue();
    }
  }

  @Test
  void aClickOnTheBadgeFilters() {
    resize(1400);
    page.open(url);
    driver.findElement(By.cssSelector(".card .only[data-value='Only left']")).click();

    assertThat(page.names()).containsExactly("Left", "LeftAndUnknown", "LeftMany");
    assertThat(driver.getCurrentUrl()).endsWith("#side=Only+left");
  }
}
