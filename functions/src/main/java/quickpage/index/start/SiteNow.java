package quickpage.index.start;

import java.util.Set;

/** The site as it is now, as far as events do not tell. */
public interface SiteNow {

  /** Paths of files that index runs publish, relative to the site root. */
  Set<String> paths();

  /**
   * Those of some files that the index which readers see needs, and that are missing or written
   * over by somebody else.
   *
   * @param paths relative to the site root
   */
  Set<String> damaged(Set<String> paths);

  /** A checksum of the pages that a run would list, and of what the site's owner says of it. */
  String pages();
}
