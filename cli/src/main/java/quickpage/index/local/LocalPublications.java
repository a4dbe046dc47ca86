package quickpage.index.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import quickpage.index.error.RefusedException;
import quickpage.index.site.publish.Publications;
import quickpage.index.site.publish.Publications.Kept;
import quickpage.index.site.publish.Publications.ReleaseStatus;
import quickpage.index.site.publish.Publications.RolledBack;

/**
 * The publications of a site on this machine.
 *
 * @param site the folder that runs publish in
 */
public record LocalPublications(Path site) {

  /** Where a publication's files with fixed names are kept. */
  public Path kept(int number) {
    return site.resolve(".quickpage-index/published").resolve(Integer.toString(number));
  }

  /** What is kept, the newest first; nothing before the first run. */
  public List<Kept> history() {
    return publications().history();
  }

  /** What readers see; empty before the first run. */
  public Optional<Kept> current() {
    return history().stream().filter(one -> one.status() == ReleaseStatus.CURRENT).findFirst();
  }

  /** Somebody else's files that are kept, relative to the site, with a checksum of each. */
  public Map<String, String> originals() {
    return publications().originals();
  }

  /** Names of all files that are or were published, relative to the site. */
  public Set<String> ownPaths() {
    return publications().ownPaths();
  }

  /** Whether a file that is there is one that a run published. */
  public boolean isOwn(String path) {
    return publications().mayReplace(path);
  }

  /** The page that readers open, relative to the site; empty before the first publication. */
  public Optional<String> page() {
    return publications().page();
  }

  /** Whether a rollback was the last thing that happened. */
  public boolean isRolledBack() {
    return publications().isRolledBack();
  }

  /**
   * Goes back. A run that is at work would publish meanwhile, so the site is locked.
   *
   * @param to the publication's number; null for the one before the current
   * @throws RefusedException if a run is at work, there is nothing to go back to, or somebody else
   *     changed the page
   */
  public RolledBack rollback(Integer to) {
    if (history().isEmpty()) {
      // Before the lock makes a folder in a site that has none.
      return publications().rollback(to);
    }
    SiteLock lock = SiteLock.take(site, "a rollback");
    try {
      FolderObjectStore store = new FolderObjectStore("site", site);
      RolledBack done = Publications.of(store, "").rollback(to);
      store.clearStagingQuietly();
      return done;
    } finally {
      lock.close();
    }
  }

  private Publications publications() {
    return Publications.of(new FolderObjectStore("site", site), "");
  }
}
