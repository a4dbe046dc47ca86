package quickpage.index.site.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quickpage.index.site.pages.PlannedType.Match.KNOWN;
import static quickpage.index.site.pages.PlannedType.Match.NOT_ASKED;
import static quickpage.index.site.pages.PlannedType.Match.NO_NEURONS;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.model.TypePages;

public class PageDirectoryTest {

  @Test
  void gathersThePagesOfAType() {
    ResolvedPages resolved =
        PageDirectory.resolve(
            PageLayout.NEUVIEW,
            List.of("LC10a_M.html", "LC10a_R.html", "LC10a.html", "LC10a_L.html"),
            Map.of("LC10a", 12L),
            IgnoredPages.of(List.of()));
    assertThat(resolved)
        .isEqualTo(
            new ResolvedPages(
                List.of(
                    new PlannedType(
                        "LC10a",
                        KNOWN,
                        12L,
                        new TypePages(
                            "types/LC10a.html",
                            "types/LC10a_L.html",
                            "types/LC10a_R.html",
                            "types/LC10a_M.html"))),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of()));
  }

  @Test
  void findsTypesWhoseNamesHoldSlashesAndSpaces() {
    ResolvedPages resolved =
        inRoot(
            Map.of("DNp16/17", 2L, "Acc. ti flexor MN", 3L, "PEN_b(PEN2)", 4L),
            "DNp16_17_R.html",
            "Acc._ti_flexor_MN.html",
            "PEN_b(PEN2)_L.html");
    assertThat(resolved.types())
        .containsExactly(
            known("Acc. ti flexor MN", 3, pages("Acc._ti_flexor_MN.html", null, null, null)),
            known("DNp16/17", 2, pages(null, null, "DNp16_17_R.html", null)),
            known("PEN_b(PEN2)", 4, pages(null, "PEN_b(PEN2)_L.html", null, null)));
  }

  @Test
  void prefersTheTypeThatIsCalledLikeTheFile() {
    ResolvedPages resolved = inRoot(Map.of("A/B", 1L, "A B", 2L, "A_B", 3L), "A_B_L.html");
    assertThat(resolved.types())
        .containsExactly(known("A_B", 3, pages(null, "A_B_L.html", null, null)));
    assertThat(resolved.collisions())
        .containsExactly(new NameCollision("A_B", "A_B", List.of("A B", "A/B")));
    assertThat(resolved.typesWithoutPage()).isEmpty();
  }

  @Test
  void prefersTheFirstByCodePointWhereNoneIs() {
    ResolvedPages resolved = inRoot(Map.of("A/B", 1L, "A B", 2L), "A_B.html", "A_B_R.html");
    assertThat(resolved.types())
        .containsExactly(known("A B", 2, pages("A_B.html", null, "A_B_R.html", null)));
    assertThat(resolved.collisions())
        .containsExactly(new NameCollision("A_B", "A B", List.of("A/B")));
  }

  @Test
  void reportsNoCollisionOfTypesWithoutAPage() {
    ResolvedPages resolved = inRoot(Map.of("A/B", 1L, "A B", 2L, "C", 3L), "C.html");
    assertThat(resolved.collisions()).isEmpty();
    assertThat(resolved.typesWithoutPage()).containsExactly("A B", "A/B");
  }

  @Test
  void takesAPageForTheSideOfTheShorterNameAndReportsTheOther() {
    ResolvedPages resolved = inRoot(Map.of("X", 1L, "X_L", 2L), "X_L.html", "X_L_L.html");
    assertThat(resolved.types())
        .containsExactly(
            known("X", 1, pages(null, "X_L.html", null, null)),
            known("X_L", 2, pages(null, "X_L_L.html", null, null)));
    assertThat(resolved.ambiguousPages())
        .containsExactly(new AmbiguousPage("X_L.html", "X", "X_L"));
  }

  @Test
  void namesTheLongerTypeAsWithoutPageIfTheAmbiguousOneWasItsOnly() {
    ResolvedPages resolved = inRoot(Map.of("X", 1L, "X/L", 2L), "X_L.html");
    assertThat(resolved.types())
        .containsExactly(known("X", 1, pages(null, "X_L.html", null, null)));
    assertThat(resolved.ambiguousPages())
        .containsExactly(new AmbiguousPage("X_L.html", "X", "X/L"));
    assertThat(resolved.typesWithoutPage()).containsExactly("X/L");
  }

  @Test
  void takesAPageForTheCombinedOneWhereOnlyTheLongerNameIsAType() {
    ResolvedPages resolved =
        inRoot(Map.of("X_L", 2L), "X_L.html", "X_L_L.html", "X.html", "X_R.html");
    assertThat(resolved.types())
        .containsExactly(
            noNeurons("X", pages("X.html", null, "X_R.html", null)),
            known("X_L", 2, pages("X_L.html", "X_L_L.html", null, null)));
    assertThat(resolved.ambiguousPages()).isEmpty();
  }

  @Test
  void findsTheTypeOfASideThroughItsFileName() {
    assertThat(inRoot(Map.of("A/B", 1L, "A B_L", 2L), "A_B_L.html"))
        .isEqualTo(
            new ResolvedPages(
                List.of(known("A/B", 1, pages(null, "A_B_L.html", null, null))),
                List.of(),
                List.of(),
                List.of(),
                List.of(new AmbiguousPage("A_B_L.html", "A/B", "A B_L")),
                List.of("A B_L")));
  }

  @Test
  void keepsPagesOfTypesThatTheDatasetDoesNotHave() {
    ResolvedPages resolved = inRoot(Map.of("LC4", 1L), "gone.html", "gone_M.html", "lc4_L.html");
    assertThat(resolved.types())
        .containsExactly(
            noNeurons("gone", pages("gone.html", null, null, "gone_M.html")),
            noNeurons("lc4", pages(null, "lc4_L.html", null, null)));
    assertThat(resolved.typesWithoutPage()).containsExactly("LC4");
  }

  @Test
  void keepsHostileNamesOfKnownTypesAndReportsTheRest() {
    ResolvedPages resolved =
        PageDirectory.resolve(
            PageLayout.NEUVIEW,
            List.of(
                "MBON05(y4>y1y2).html",
                "MBON05(y4>y1y2)_L.html",
                "γ4.html",
                "javascript:alert(1).html",
                ".html"),
            Map.of("MBON05(y4>y1y2)", 2L, "javascript:alert(1)", 3L),
            IgnoredPages.of(List.of()));
    assertThat(resolved.types())
        .extracting(PlannedType::name)
        .containsExactly("MBON05(y4>y1y2)", "javascript:alert(1)");
    assertThat(resolved.types().get(0).pages().left()).isEqualTo("types/MBON05(y4>y1y2)_L.html");
    assertThat(resolved.unmatchedPages()).containsExactly("types/γ4.html");
    assertThat(resolved.ignoredPages()).containsExactly("types/.html");
  }

  @Test
  void takesTheNamesFromTheFilesWhereTheDatasetIsNotAsked() {
    ResolvedPages resolved =
        PageDirectory.resolve(
            PageLayout.QUICKPAGE,
            List.of("X_L.html", "X_L_L.html", "A_B.html", "γ4.html"),
            null,
            IgnoredPages.of(List.of()));
    assertThat(resolved)
        .isEqualTo(
            new ResolvedPages(
                List.of(
                    new PlannedType("A_B", NOT_ASKED, null, pages("A_B.html", null, null, null)),
                    new PlannedType("X", NOT_ASKED, null, pages(null, "X_L.html", null, null)),
                    new PlannedType("X_L", NOT_ASKED, null, pages(null, "X_L_L.html", null, null))),
                List.of("γ4.html"),
                List.of(),
                List.of(),
                List.of(),
                List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "._LC10a.html",
        ".hidden.html",
        "404.html",
        "403.html",
        "500.html",
        "Error.html",
        "ABOUT.html",
        "google0123456789abcdef.html"
      })
  void passesOverWhatItsNameTellsToBeNoPage(String fileName) {
    ResolvedPages resolved =
        PageDirectory.resolve(
            PageLayout.NEUVIEW,
            List.of("LC4.html", fileName),
            Map.of("LC4", 1L),
            IgnoredPages.of(IgnoredPages.DEFAULT_GLOBS));

    assertThat(resolved.types()).extracting(PlannedType::name).containsExactly("LC4");
    assertThat(resolved.ignoredPages()).containsExactly("types/" + fileName);
    assertThat(resolved.unmatchedPages()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    ".dot, .dot_L.html",
    "404, 404.html",
    "about, about.html",
    "error, error_R.html",
    "google1, google1.html"
  })
  void aPageOfATypeIsAPageWhateverItsName(String type, String fileName) {
    ResolvedPages resolved =
        PageDirectory.resolve(
            PageLayout.QUICKPAGE,
            List.of(fileName),
            Map.of(type, 1L),
            IgnoredPages.of(IgnoredPages.DEFAULT_GLOBS));

    assertThat(resolved.types()).extracting(PlannedType::name).containsExactly(type);
    assertThat(resolved.ignoredPages()).isEmpty();
  }

  @Test
  void patternsOfARunDecideBesideTheUsualNames() {
    ResolvedPages resolved =
        PageDirectory.resolve(
            PageLayout.QUICKPAGE,
            List.of("draft-1.html", "google1.html", "LC4.html", "404.html"),
            Map.of("LC4", 1L),
            IgnoredPages.of(List.of("draft-*.html")));

    assertThat(resolved.types()).extracting(PlannedType::name).containsExactly("LC4", "google1");
    assertThat(resolved.ignoredPages()).containsExactly("404.html", "draft-1.html");
  }

  @Test
  void countsAPageThatIsListedTwiceOnce() {
    assertThat(inRoot(Map.of("X", 1L), "X.html", "X.html").types()).hasSize(1);
  }

  @Test
  void sortsByCodePoint() {
    assertThat(
            inRoot(
                    Map.of("\uD83E\uDDE0", 1L, "\uFFFD", 1L),
                    "\uD83E\uDDE0.html",
                    "\uFFFD.html",
                    "b.html",
                    "Z.html")
                .types())
        .extracting(PlannedType::name)
        .containsExactly("Z", "b", "\uFFFD", "\uD83E\uDDE0");
  }

  @Test
  void knowsTheNumberOfNeuronsOfKnownTypesOnly() {
    TypePages none = pages(null, null, null, null);
    assertThatThrownBy(() -> new PlannedType("X", KNOWN, null, none))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PlannedType("X", NO_NEURONS, 0L, none))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ResolvedPages inRoot(Map<String, Long> census, String... fileNames) {
    return PageDirectory.resolve(
        PageLayout.QUICKPAGE, List.of(fileNames), census, IgnoredPages.of(List.of()));
  }

  private static PlannedType known(String name, long neurons, TypePages pages) {
    return new PlannedType(name, KNOWN, neurons, pages);
  }

  private static PlannedType noNeurons(String name, TypePages pages) {
    return new PlannedType(name, NO_NEURONS, null, pages);
  }

  private static TypePages pages(String combined, String left, String right, String middle) {
    return new TypePages(combined, left, right, middle);
  }
}
