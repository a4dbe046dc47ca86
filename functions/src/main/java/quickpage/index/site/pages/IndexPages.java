package quickpage.index.site.pages;

import java.util.Optional;

/**
 * Names of the index page in the site root.
 *
 * @param page the one that is switched last
 * @param second the same page under another name, written only where the site has none of that name
 *     or one of ours
 */
public record IndexPages(String page, Optional<String> second) {

  /**
   * The layout's own names, or the one that the run input chose: neuView's pages link to {@code
   * types.html}, and {@code index.html} is what a server opens.
   *
   * @param indexFile null for the layout's own
   */
  public static IndexPages of(PageLayout layout, String indexFile) {
    if (indexFile != null) {
      return new IndexPages(indexFile, Optional.empty());
    }
    return layout == PageLayout.QUICKPAGE
        ? new IndexPages("index.html", Optional.empty())
        : new IndexPages("types.html", Optional.of("index.html"));
  }
}
