package quickpage.index.site.publish;

import java.util.List;
import quickpage.index.io.InParallel;
import quickpage.index.site.pages.PageLayout;
import quickpage.index.site.pages.PageListing;
import quickpage.index.site.store.ObjectStore;

/** What is in the folders in which a site may have its pages. */
public final class SiteListing {

  private SiteListing() {}

  /** Paths of the HTML files in both layouts' folders, relative to the site root. */
  public static List<String> paths(ObjectStore store, String prefix) {
    return InParallel.map(
            List.of("", PageLayout.NEUVIEW.folder()), folder -> inFolder(store, prefix, folder))
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  private static List<String> inFolder(ObjectStore store, String prefix, String folder) {
    return store.htmlFilesIn(prefix + folder).stream().map(name -> folder + name).toList();
  }

  /** The pages as a run without options of its own would list them now. */
  public static PageListing now(ObjectStore store, String prefix) {
    return PageListing.of(paths(store, prefix), Publications.of(store, prefix).ownPaths());
  }
}
