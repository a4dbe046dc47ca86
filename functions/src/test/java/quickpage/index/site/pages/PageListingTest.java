package quickpage.index.site.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

public class PageListingTest {

  @Test
  void looksInTheTypesFolderAsSoonAsItHasOnePage() {
    PageListing listing =
        PageListing.of(
            List.of("LC4.html", "types/LC10a.html", "types/old/LC6.html", "types/LC10a.json"),
            Set.of());
    assertThat(listing)
        .isEqualTo(new PageListing(PageLayout.NEUVIEW, List.of("LC10a.html"), List.of()));
  }

  @Test
  void looksInTheRootOtherwise() {
    PageListing listing =
        PageListing.of(
            List.of("b.html", "LC4_L.html", "types/old/LC6.html", "types.css", "data/x.html"),
            Set.of());
    assertThat(listing)
        .isEqualTo(
            new PageListing(PageLayout.QUICKPAGE, List.of("b.html", "LC4_L.html"), List.of()));
  }

  @Test
  void takesAnyHtmlFileInTheTypesFolderForASign() {
    assertThat(PageListing.of(List.of("LC4.html", "types/index.html"), Set.of()).layout())
        .isEqualTo(PageLayout.NEUVIEW);
  }

  @Test
  void doesNotTakeOtherCasesOfTheFolderOrTheExtension() {
    assertThat(PageListing.of(List.of("Types/LC4.html", "types/LC4.HTML"), Set.of()))
        .isEqualTo(new PageListing(PageLayout.QUICKPAGE, List.of(), List.of()));
  }

  @Test
  void skipsOverviewPagesInAnyCaseAndOfAnySide() {
    assertThat(
            PageListing.of(
                List.of("types/index.html", "types/Main_R.html", "types/INDEX_L.html"), Set.of()))
        .isEqualTo(
            new PageListing(
                PageLayout.NEUVIEW,
                List.of(),
                List.of("index.html", "Main_R.html", "INDEX_L.html")));
  }

  @Test
  void skipsTypesAndHelpInTheRootOnly() {
    List<String> names = List.of("Help.html", "help_M.html", "types.html", "types_L.html");
    assertThat(PageListing.of(names, Set.of()).skipped()).isEqualTo(names);
    List<String> paths = names.stream().map("types/"::concat).toList();
    assertThat(PageListing.of(paths, Set.of()).fileNames()).isEqualTo(names);
  }

  @Test
  void takesWhatOnlyBeginsLikeAnOverviewForAPage() {
    List<String> names = List.of("index-1.html", "index_L_L.html", "index_l.html", "mains.html");
    assertThat(PageListing.of(names, Set.of()).fileNames()).isEqualTo(names);
  }

  @Test
  void skipsWhatTheRunPublishesExactlyAndInTheRootOnly() {
    Set<String> published = Set.of("catalogue.html");
    assertThat(
            PageListing.of(
                List.of("catalogue.html", "Catalogue.html", "catalogue_L.html"), published))
        .isEqualTo(
            new PageListing(
                PageLayout.QUICKPAGE,
                List.of("Catalogue.html", "catalogue_L.html"),
                List.of("catalogue.html")));
    assertThat(PageListing.of(List.of("types/catalogue.html"), published).fileNames())
        .containsExactly("catalogue.html");
  }

  @Test
  void keepsANameThatIsOnlyTheExtension() {
    assertThat(PageListing.of(List.of(".html"), Set.of()).fileNames()).containsExactly(".html");
  }
}
