package quickpage.index.site.publish;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quickpage.index.error.RefusedException;
import quickpage.index.model.TransientFailure;
import quickpage.index.site.publish.PublicationRecord.Publication;

/** Publications that nobody needs any more: forgotten in the record, and their files removed. */
final class OldPublications {

  private static final Logger LOG = LoggerFactory.getLogger(OldPublications.class);

  /** Hashed files of a publication stay for two more, for readers who still have its page. */
  private static final int KEPT = 3;

  private final PublishedSite site;
  private final RecordFile file;

  OldPublications(PublishedSite site, RecordFile file) {
    this.site = site;
    this.file = file;
  }

  /**
   * Writes the record of a publication that has ended, without those that are too old, and then
   * removes their files. What could not be removed stays in the record for the next publication.
   */
  void writeWithout(PublicationRecord now) {
    int oldest = oldestKept(now);
    List<Publication> kept =
        now.publications().stream().filter(p -> p.number() == 0 || p.number() >= oldest).toList();
    Set<String> gone = new TreeSet<>(now.unremoved());
    for (Publication old : now.publications()) {
      if (old.number() > 0 && old.number() < oldest) {
        old.files().forEach(one -> gone.add(PublishedSite.copyPath(old.number(), one.path())));
        gone.addAll(old.assets());
      }
    }
    kept.forEach(p -> p.assets().forEach(gone::remove));
    file.write(now.with(now.current(), kept).withUnremoved(Set.of()));
    if (!gone.isEmpty()) {
      remove(gone);
    }
  }

  /** Incomplete publications are ignored. */
  private static int oldestKept(PublicationRecord now) {
    return now.publications().stream()
        .filter(p -> p.number() > 0 && p.complete() && !p.withdrawn())
        .map(Publication::number)
        .sorted(Comparator.reverseOrder())
        .limit(KEPT)
        .reduce(Integer.MAX_VALUE, Math::min);
  }

  /** The index is published, whatever becomes of old files. */
  private void remove(Set<String> gone) {
    try {
      site.store().delete(gone.stream().map(site::key).toList());
    } catch (RefusedException | TransientFailure e) {
      LOG.warn(
          "Of {} files of old publications some could not be removed; the next run tries again: {}",
          gone.size(),
          e.getMessage());
      note(gone);
    }
  }

  private void note(Set<String> unremoved) {
    try {
      file.write(file.record().withUnremoved(unremoved));
    } catch (RefusedException | TransientFailure e) {
      LOG.warn(
          "That {} old files stay could not be recorded: {}", unremoved.size(), e.getMessage());
    }
  }
}
