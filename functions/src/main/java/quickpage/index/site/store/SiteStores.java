package quickpage.index.site.store;

import java.util.function.Function;

/**
 * Where a site's objects are, by bucket.
 *
 * @param pages lists the pages; only read
 * @param site is written; the same as {@code pages} unless the index goes elsewhere
 */
public record SiteStores(Function<String, ObjectStore> pages, Function<String, ObjectStore> site) {

  /** A site that is indexed in place. */
  public static SiteStores of(Function<String, ObjectStore> stores) {
    return new SiteStores(stores, stores);
  }
}
