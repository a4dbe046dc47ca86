package quickpage.index.local;

import java.nio.file.Path;
import quickpage.index.error.RefusedException;

/**
 * Refuses paths of ours in a site that are not plain files or folders as a run makes them: through
 * a link a run would write or delete outside the site, and a pipe would block it.
 */
final class OwnFiles {

  /** Everything of ours that is not published. */
  static final String FOLDER = ".quickpage-index";

  /** What runs keep for themselves. */
  static final String RUNS = FOLDER + "/runs";

  /** Where objects are while they are written; a killed process leaves its last ones here. */
  static final String STAGING = FOLDER + "/staging";

  private OwnFiles() {}

  /**
   * Looks at a path of ours.
   *
   * @param kind what may be there, if anything is
   * @throws RefusedException naming the site and what is in the way
   */
  static void refuseUnless(FileKind kind, Path site, Path path) {
    FileKind found = FileKind.of(path);
    if (found == FileKind.MISSING || found == kind) {
      return;
    }
    String reason =
        kind == FileKind.FOLDER && found == FileKind.FILE
            ? path + " is not a folder"
            : path + " is " + found.inWords();
    throw new RefusedException("The folder %s cannot be used: %s.".formatted(site, reason));
  }

  /** The same for an object and the folders of ours that it is in, the site's own not included. */
  static void refuseLinks(Path site, Path path) {
    for (Path at = path; !at.equals(site); at = at.getParent()) {
      if (FileKind.of(at) == FileKind.LINK) {
        refuseUnless(FileKind.FILE, site, at);
      }
    }
  }
}
