package quickpage.index.site.settings;

import java.util.List;
import quickpage.index.model.SiteLook;

/**
 * What the owner of a site says of its index page, each part of it or none.
 *
 * @param title null where nothing is said of it
 * @param links null where nothing is said of them
 * @param analytics null where nothing is said of it
 */
public record SiteSettings(String title, List<SiteLook.Link> links, String analytics) {

  /** Nothing said. */
  public static final SiteSettings NONE = new SiteSettings(null, null, null);

  /** These, and where they say nothing, others. */
  public SiteSettings or(SiteSettings others) {
    return new SiteSettings(
        title == null ? others.title : title,
        links == null ? others.links : links,
        analytics == null ? others.analytics : analytics);
  }
}
