package quickpage.index.start;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import quickpage.index.lease.SiteName;
import quickpage.index.site.pages.PageListing;
import quickpage.index.site.settings.OwnersFiles;

/**
 * Which events count: those of pages of the site and of its owner's settings, and those of files of
 * the index that are missing since, or were written over. What runs publish and what they clear
 * away makes events, too, which do not.
 */
final class PageChanges {

  private final SiteName site;
  private final SiteNow now;
  private final Predicate<String> listed;

  /**
   * The changes of a site.
   *
   * @param listed whether pages of this checksum are those that were listed last
   */
  PageChanges(SiteName site, SiteNow now, Predicate<String> listed) {
    this.site = site;
    this.now = now;
    this.listed = listed;
  }

  /** When something changed; not in the future, for then a wrong clock could stop everything. */
  List<Instant> times(List<UploadEvent> events, Instant at) {
    List<UploadEvent.ObjectChanged> inSite = new ArrayList<>();
    for (UploadEvent event : events) {
      if (event instanceof UploadEvent.ObjectChanged change
          && change.bucket().equals(site.bucket())
          && change.key().startsWith(site.prefix())) {
        inSite.add(change);
      }
    }
    if (inSite.isEmpty()) {
      return List.of();
    }
    Set<String> ours = now.paths();
    Map<Boolean, List<UploadEvent.ObjectChanged>> ofPages =
        inSite.stream().collect(Collectors.partitioningBy(change -> isRead(path(change), ours)));
    return Stream.concat(
            pageChanges(ofPages.get(true)).stream(), indexDamage(ofPages.get(false)).stream())
        .map(change -> change.at().isAfter(at) ? at : change.at())
        .distinct()
        .toList();
  }

  /** Whether a run reads the file, or only its name. */
  private static boolean isRead(String path, Set<String> ours) {
    return OwnersFiles.PATHS.contains(path) || PageListing.mayList(path, ours);
  }

  private List<UploadEvent.ObjectChanged> pageChanges(List<UploadEvent.ObjectChanged> changes) {
    boolean versionsCount =
        changes.stream().anyMatch(UploadEvent.ObjectChanged::oneVersion)
            && !listed.test(now.pages());
    return changes.stream().filter(change -> versionsCount || !change.oneVersion()).toList();
  }

  private List<UploadEvent.ObjectChanged> indexDamage(List<UploadEvent.ObjectChanged> changes) {
    Set<String> paths = changes.stream().map(this::path).collect(Collectors.toSet());
    Set<String> damaged = paths.isEmpty() ? Set.of() : now.damaged(paths);
    return changes.stream().filter(change -> damaged.contains(path(change))).toList();
  }

  private String path(UploadEvent.ObjectChanged change) {
    return change.key().substring(site.prefix().length());
  }
}
