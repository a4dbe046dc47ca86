package quickpage.index.start;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import quickpage.index.lease.SiteName;
import quickpage.index.site.pages.PageListing;

/** Which events are of pages of the site, and not of what runs publish. */
final class PageChanges {

  private final SiteName site;
  private final Supplier<Set<String>> publishedPaths;

  PageChanges(SiteName site, Supplier<Set<String>> publishedPaths) {
    this.site = site;
    this.publishedPaths = publishedPaths;
  }

  /** When pages changed; not in the future, for then a wrong clock could stop everything. */
  List<Instant> times(List<UploadEvent> events, Instant now) {
    List<UploadEvent.ObjectChanged> inSite = new ArrayList<>();
    for (UploadEvent event : events) {
      if (event instanceof UploadEvent.ObjectChanged change
          && change.bucket().equals(site.bucket())
          && change.key().startsWith(site.prefix())
          && PageListing.mayList(path(change), Set.of())) {
        inSite.add(change);
      }
    }
    if (inSite.isEmpty()) {
      return List.of();
    }
    Set<String> published = publishedPaths.get();
    return inSite.stream()
        .filter(change -> PageListing.mayList(path(change), published))
        .map(change -> change.at().isAfter(now) ? now : change.at())
        .distinct()
        .toList();
  }

  private String path(UploadEvent.ObjectChanged change) {
    return change.key().substring(site.prefix().length());
  }
}
