package quickpage.index.start;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import quickpage.index.lease.SiteName;
import quickpage.index.site.pages.PageListing;

/** Which events are of pages of the site, and not of what runs publish. */
final class PageChanges {

  private final SiteName site;
  private final SiteNow published;
  private final Predicate<String> listed;

  /**
   * The changes of a site.
   *
   * @param listed whether pages of this checksum are those that were listed last
   */
  PageChanges(SiteName site, SiteNow published, Predicate<String> listed) {
    this.site = site;
    this.published = published;
    this.listed = listed;
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
    Set<String> ours = published.paths();
    List<UploadEvent.ObjectChanged> changes =
        inSite.stream().filter(change -> PageListing.mayList(path(change), ours)).toList();
    boolean versionsCount =
        changes.stream().anyMatch(UploadEvent.ObjectChanged::oneVersion)
            && !listed.test(published.pages());
    return changes.stream()
        .filter(change -> versionsCount || !change.oneVersion())
        .map(change -> change.at().isAfter(now) ? now : change.at())
        .distinct()
        .toList();
  }

  private String path(UploadEvent.ObjectChanged change) {
    return change.key().substring(site.prefix().length());
  }
}
