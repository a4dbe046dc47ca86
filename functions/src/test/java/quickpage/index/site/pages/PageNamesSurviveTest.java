package quickpage.index.site.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import quickpage.index.text.CodePointOrder;

public class PageNamesSurviveTest {

  private static final List<PageSide> SIDES = List.of(PageSide.values());

  @Property(tries = 20_000)
  void aTypeIsFoundFromItsPagesAndItsLinksLeadBackToThem(@ForAll("typeNames") String type) {
    List<String> paths = pagesOf(type).map("types/"::concat).toList();
    PageListing listing = PageListing.of(paths, Set.of());
    assumeThat(listing.skipped()).isEmpty();

    ResolvedPages resolved =
        PageDirectory.resolve(
            listing.layout(), listing.fileNames(), Map.of(type, 7L), IgnoredPages.of(List.of()));

    assertThat(resolved.types()).extracting(PlannedType::name).containsExactly(type);
    List<String> listed = resolved.types().get(0).pages().all();
    assertThat(listed).isEqualTo(paths);
    assertThat(listed.stream().map(PageNamesSurviveTest::followed)).isEqualTo(paths);
  }

  @Test
  void twentyThousandTypesOfOneDatasetAreEachListedOrNamed() {
    Random seeded = new Random(20_000);
    String alphabet = "aAbLRM_/ ()'\"\\&<>%#?+,.:;γé\uFFFD12";
    Map<String, Long> census = new HashMap<>();
    while (census.size() < 20_000) {
      StringBuilder name = new StringBuilder();
      for (int length = 1 + seeded.nextInt(6); length > 0; length--) {
        name.append(alphabet.charAt(seeded.nextInt(alphabet.length())));
      }
      census.put(name.toString(), (long) census.size() + 1);
    }
    Set<String> pages = new TreeSet<>();
    census.keySet().forEach(type -> pagesOf(type).forEach(pages::add));

    ResolvedPages resolved =
        PageDirectory.resolve(PageLayout.QUICKPAGE, pages, census, IgnoredPages.of(List.of()));

    assertEveryPageIsInOnePlace(resolved, pages);
    assertEveryTypeIsInOnePlace(resolved, census);
    assertThat(resolved.collisions()).isNotEmpty();
    assertThat(resolved.ambiguousPages()).isNotEmpty();
    assertThat(resolved.types())
        .allSatisfy(
            planned ->
                assertThat(planned.pages().all())
                    .allSatisfy(path -> assertThat(followed(path)).isEqualTo(path)));
  }

  @Property
  void everyPageAndEveryTypeIsInExactlyOnePlace(
      @ForAll("awkwardNames") Set<String> types, @ForAll("awkwardNames") Set<String> stems) {
    Map<String, Long> census = new HashMap<>();
    types.forEach(type -> census.put(type, 1L));
    Set<String> pages = new TreeSet<>();
    stems.forEach(stem -> pages.add(TypeFileName.of(stem) + ".html"));

    ResolvedPages resolved =
        PageDirectory.resolve(PageLayout.QUICKPAGE, pages, census, IgnoredPages.of(List.of()));

    assertEveryPageIsInOnePlace(resolved, pages);
    assertEveryTypeIsInOnePlace(resolved, census);
    assertThat(resolved)
        .isEqualTo(
            PageDirectory.resolve(
                PageLayout.QUICKPAGE, new ArrayList<>(pages), census, IgnoredPages.of(List.of())));
    assertEveryPageIsInOnePlace(
        PageDirectory.resolve(PageLayout.QUICKPAGE, pages, null, IgnoredPages.of(List.of())),
        pages);
  }

  private static void assertEveryPageIsInOnePlace(ResolvedPages resolved, Set<String> pages) {
    List<String> placed = new ArrayList<>(resolved.unmatchedPages());
    resolved.types().forEach(type -> placed.addAll(type.pages().all()));
    assertThat(placed).hasSameSizeAs(pages);
    assertThat(Set.copyOf(placed)).isEqualTo(pages);
    assertThat(resolved.types())
        .extracting(PlannedType::name)
        .isSortedAccordingTo(CodePointOrder.BY_CODE_POINT)
        .doesNotHaveDuplicates();
  }

  private static void assertEveryTypeIsInOnePlace(
      ResolvedPages resolved, Map<String, Long> census) {
    List<String> placed = new ArrayList<>(resolved.typesWithoutPage());
    resolved.collisions().forEach(collision -> placed.addAll(collision.others()));
    for (PlannedType type : resolved.types()) {
      if (type.match() == PlannedType.Match.KNOWN) {
        assertThat(type.neurons()).isEqualTo(census.get(type.name()));
        placed.add(type.name());
      } else {
        assertThat(census).doesNotContainKey(type.name());
      }
    }
    assertThat(placed).hasSameSizeAs(census.keySet());
    assertThat(Set.copyOf(placed)).isEqualTo(census.keySet());
  }

  private static Stream<String> pagesOf(String type) {
    return SIDES.stream().map(side -> TypeFileName.of(type) + side.suffix() + ".html");
  }

  /** Where a browser ends up that follows the link to a page. */
  private static String followed(String path) {
    return URI.create("https://site/").resolve(Href.encode(path)).getPath().substring(1);
  }

  @Provide
  Arbitrary<String> typeNames() {
    Arbitrary<String> ascii = Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(60);
    Arbitrary<String> quoted =
        Arbitraries.strings().withChars("'\"\\`&<>%:#?/ _LRM").ofMaxLength(12);
    Arbitrary<String> unicode =
        Arbitraries.integers()
            .between(1, Character.MAX_CODE_POINT)
            .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
            .map(Character::toString)
            .list()
            .ofMaxSize(40)
            .map(points -> String.join("", points));
    return Arbitraries.oneOf(ascii, quoted, unicode).filter(name -> !name.isEmpty());
  }

  @Provide
  Arbitrary<Set<String>> awkwardNames() {
    Arbitrary<String> parts = Arbitraries.of("A", "B", "_", "/", " ", "<", "_L", "_R", "_M", "L");
    return Combinators.combine(parts, parts, Arbitraries.of("", "_L", "_L_L", "_R", "/L"))
        .as((a, b, c) -> a + b + c)
        .set()
        .ofMaxSize(40);
  }
}
