package quickpage.index.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.Neurotransmitter;
import quickpage.index.model.SideCounts;
import quickpage.index.model.SynapseCounts;
import quickpage.index.model.TypeFacts;
import quickpage.index.model.TypePages;
import quickpage.index.model.TypeProperties;
import quickpage.index.text.CodePointOrder;

/** How the page shows synonyms and FlyWire types, and which of them it gives as a type's match. */
class AliasesIT extends BrowserIT {
  private static final String BOMB = "(a,b)".repeat(25);

  private static String url;

  /** A type, what the database says of it, and what its details should say. */
  record Alias(
      String type,
      String synonyms,
      List<String> flywireTypes,
      List<String> shownSynonyms,
      List<String> shownFlywireTypes) {
    @Override
    public String toString() {
      return type + ": " + synonyms + " " + flywireTypes;
    }
  }

  static List<Alias> aliases() {
    return List.of(
        flywire("E01", List.of("T(a,b)c"), "Tac", "Tbc"),
        flywire("E02", List.of("PEN_b(PEN2)"), "PEN_bPEN2"),
        flywire("E03", List.of("a,b(c,d)"), "a", "bc", "bd"),
        flywire("E04", List.of("x(1,2)y(3,4)"), "x1y3", "x1y4", "x2y3", "x2y4"),
        flywire("E05", List.of("Mi1", "Mi1,Mi4", "Mi(1,4)"), "Mi1", "Mi4"),
        flywire("E06x", List.of("e06X", "E(06x,07)"), "E07"),
        flywire("E07", List.of("open(a,b"), "open(a,b"),
        flywire("E08", List.of("closed),q(r,s)"), "closed)", "qr", "qs"),
        flywire("E09", List.of("()")),
        flywire("E10", List.of(BOMB), BOMB),
        flywire("E11", List.of("(" + "k,".repeat(99) + "k)"), "(" + "k,".repeat(99) + "k)"),
        synonyms("S01", "fru-one, two, fru-three", "two"),
        synonyms("S02", "Aso 2014, Wolff 2018: LAL9", "LAL9 Aso 2014, Wolff 2018"),
        synonyms("S03", "Nern 2025: Tm9; ab, cd", "Tm9 Nern 2025", "ab", "cd"),
        synonyms("S04", " ; Yu 2010: ; ,"),
        synonyms("S05", "Aso 2014: x1, Yu 2010a: x2; x3", "x1 Aso 2014", "x2 Yu 2010a", "x3"),
        synonyms(
            "S06",
            "Aso 2014, Wolff 2018: y1, Lin 2013, Yu 2010: y2",
            "y1 Aso 2014, Wolff 2018",
            "y2 Lin 2013, Yu 2010"),
        synonyms("S07", "Yu 2010: z1, z2", "z1, z2 Yu 2010"),
        synonyms("S08", "Yu 2010: z3, of 2011, z4", "z3, of 2011, z4 Yu 2010"),
        synonyms(
            "S09", "Fischbach & Dittrich 1989: P1:a, b:c", "P1:a, b:c Fischbach & Dittrich 1989"));
  }

  private static Alias flywire(String type, List<String> values, String... shown) {
    return new Alias(type, null, values, List.of(), List.of(shown));
  }

  private static Alias synonyms(String type, String text, String... shown) {
    return new Alias(type, text, List.of(), List.of(shown), List.of());
  }

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    List<IndexEntry> entries = new ArrayList<>(aliases().stream().map(AliasesIT::entry).toList());
    entries.add(
        entry(
            synonyms("O01", null),
            Map.of(
                "mancType", List.of("DNx07", "IN99b"),
                "hemibrainType", List.of("O01", "zzz<9>"),
                "serialMotif", List.of("13B-q"))));
    entries.sort(Comparator.comparing(IndexEntry::name, CodePointOrder.BY_CODE_POINT));
    url = DemoSite.write(folder, entries).fileUrl();
  }

  private static IndexEntry entry(Alias alias) {
    return entry(alias, Map.of());
  }

  private static IndexEntry entry(Alias alias, Map<String, List<String>> otherTypes) {
    TypeProperties properties =
        new TypeProperties(
            Neurotransmitter.NONE,
            List.of(),
            List.of(),
            List.of(),
            null,
            alias.synonyms(),
            alias.flywireTypes(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            new TreeMap<>(otherTypes),
            Collections.emptySortedMap());
    return IndexEntry.described(
        new TypeFacts(
            alias.type(), new SideCounts(2, 1, 1, 0), new SynapseCounts(1, 1), null, properties),
        new TypePages(alias.type() + ".html", null, null, null),
        List.of(),
        "",
        List.of());
  }

  @ParameterizedTest
  @MethodSource("aliases")
  void detailsListEveryAliasOnceAndNoneThatTheRulesLeaveOut(Alias alias) {
    page.open(url + "#q=" + alias.type());
    page.js("document.querySelector('.card [data-details]').click()");

    assertThat(items("Synonyms")).isEqualTo(alias.shownSynonyms());
    assertThat(items("FlyWire types")).isEqualTo(alias.shownFlywireTypes());
  }

  @Test
  void detailsListWhatOtherDatasetsCallAType() {
    page.open(url + "#q=O01");
    page.js("document.querySelector('.card [data-details]').click()");

    assertThat(items("MANC type")).containsExactly("DNx07", "IN99b");
    assertThat(items("Hemibrain type")).containsExactly("O01", "zzz<9>");
    assertThat(items("Serial motif")).containsExactly("13B-q");
    assertThat(items("Systematic type")).isEmpty();
  }

  @Test
  void bracketsThatMultiplyAreAnsweredAtOnce() {
    page.open(url + "#q=E10");

    assertThat(
            ((Number)
                    page.js(
                        "const start = performance.now();"
                            + "document.querySelector('.card [data-details]').click();"
                            + "return performance.now() - start"))
                .doubleValue())
        .isLessThan(1000);
  }

  /** A query, and the alias that holds it. */
  record Hit(String query, String type, String shown) {}

  static List<Hit> hits() {
    return List.of(
        new Hit("TM9", "S03", "Tm9"),
        new Hit("cd", "S03", "cd"),
        new Hit("nern", "S03", "Nern 2025: Tm9"),
        new Hit("lal", "S02", "LAL9"),
        new Hit("fru-one", "S01", "fru-one, two, fru-three"),
        new Hit("pen_b", "E02", "PEN_bPEN2"),
        new Hit("pen_b(", "E02", "PEN_b(PEN2)"),
        new Hit("q", "E08", "qr"),
        new Hit("dnx07", "O01", "DNx07"),
        new Hit("in99", "O01", "IN99b"),
        new Hit("zzz<", "O01", "zzz<9>"),
        new Hit("13b-", "O01", "13B-q"),
        new Hit("E03", "E03", ""),
        new Hit("(a,b)(a", "E10", BOMB));
  }

  @ParameterizedTest
  @MethodSource("hits")
  void aCardAndALineOfTheTableNameTheAliasThatWasFound(Hit hit) {
    page.open(url + "#q=" + hit.query().replace("(", "%28"));
    if (hit.shown().isEmpty()) {
      assertThat(page.js("return document.querySelector('.alias')")).isNull();
      return;
    }
    assertThat(page.firstName()).isEqualTo(hit.type());
    assertThat(alias()).isEqualTo("also " + hit.shown());

    page.js("document.querySelector('[data-view=table]').click()");
    assertThat(alias()).isEqualTo(hit.shown());
    assertThat((String) page.js("return document.querySelector('.alias mark').textContent"))
        .isEqualToIgnoringCase(hit.query());
  }

  @ParameterizedTest
  @ValueSource(strings = {"s01", "S0"})
  void aTypeWhoseNameHoldsTheQueryNamesNoAlias(String query) {
    page.open(url + "#q=" + query);

    assertThat(page.firstName()).isEqualTo("S01");
    assertThat(page.js("return document.querySelector('.alias')")).isNull();
  }

  private static String alias() {
    return (String) page.js("return document.querySelector('[data-place] .alias').textContent");
  }

  /** The items of one line of the details, each as it reads. */
  @SuppressWarnings("unchecked")
  private static List<String> items(String term) {
    return (List<String>)
        page.js(
            """
            const line = [...document.querySelectorAll("#details dt")]
              .find((dt) => dt.textContent === arguments[0]);
            return line ? [...line.nextElementSibling.querySelectorAll(".item")]
              .map((item) => item.textContent) : []\
            """,
            term);
  }
}
