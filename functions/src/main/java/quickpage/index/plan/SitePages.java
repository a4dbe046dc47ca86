package quickpage.index.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import quickpage.index.error.RefusedException;
import quickpage.index.model.SiteLook;
import quickpage.index.model.run.Settings;
import quickpage.index.site.pages.IndexPages;
import quickpage.index.site.pages.PageLayout;
import quickpage.index.site.pages.PageListing;
import quickpage.index.site.publish.Publications;
import quickpage.index.site.publish.SiteListing;
import quickpage.index.site.store.ObjectStore;
import quickpage.index.site.store.SiteStores;

/** Lists the pages of a site, and finds those that it has beside its types. */
final class SitePages {

  /** What the menu calls pages that a site may have of its own. */
  private static final List<SiteLook.Link> OWN_PAGES =
      List.of(new SiteLook.Link("Home", "index.html"), new SiteLook.Link("About", "help.html"));

  /**
   * What was found.
   *
   * @param ownPages the site's pages beside its types, for the menu
   */
  record Found(PageListing pages, List<SiteLook.Link> ownPages) {}

  private final SiteStores stores;

  SitePages(SiteStores stores) {
    this.stores = stores;
  }

  /**
   * All pages but the run's own files.
   *
   * @throws RefusedException if there is none, or the index would replace one
   */
  Found list(Settings settings) {
    ObjectStore store = stores.pages().apply(settings.bucket());
    String prefix = settings.prefix();
    List<String> paths = SiteListing.paths(store, prefix);
    Publications published = Publications.of(store, prefix);
    Set<String> own = new HashSet<>(published.ownPaths());
    own.addAll(Publications.of(stores.site().apply(settings.bucket()), prefix).ownPaths());
    String indexFile = settings.options().indexFile();
    if (indexFile != null) {
      refusePageAsIndex(indexFile, paths, published, store.address(prefix));
      own.add(indexFile);
    }
    PageListing pages = PageListing.of(paths, own);
    String index = IndexPages.of(pages.layout(), indexFile).page();
    return new Found(
        pages,
        OWN_PAGES.stream()
            .filter(page -> !page.address().equals(index))
            .filter(page -> paths.contains(page.address()))
            .filter(page -> !published.mayReplace(page.address()))
            .toList());
  }

  /** Whatever type it may be of: the index page would replace it. */
  private static void refusePageAsIndex(
      String indexFile, List<String> paths, Publications published, String site) {
    PageListing pages = PageListing.of(paths, Set.of());
    if (pages.layout() == PageLayout.QUICKPAGE
        && pages.fileNames().contains(indexFile)
        && !published.mayReplace(indexFile)) {
      throw new RefusedException(
          "options.indexFile %s is the name of a page in %s that no run has published; choose another."
              .formatted(indexFile, site));
    }
  }

  /** Where the pages are, for a sentence. */
  String address(Settings settings) {
    return stores.pages().apply(settings.bucket()).address(settings.prefix());
  }
}
