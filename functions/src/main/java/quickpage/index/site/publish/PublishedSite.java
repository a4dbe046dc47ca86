package quickpage.index.site.publish;

import quickpage.index.site.run.RunFolder;
import quickpage.index.site.store.ObjectStore;

/**
 * Where a site's files are, and what is kept of its publications.
 *
 * @param prefix of the site's keys, "" or ending in a slash
 */
record PublishedSite(ObjectStore store, String prefix) {

  private static final String FOLDER = RunFolder.OWN + "published/";

  /** The key of a file that readers see. */
  String key(String path) {
    return prefix + path;
  }

  /** Where the copy of a publication's file with a fixed name is, relative to the site root. */
  static String copyPath(int publication, String path) {
    return FOLDER + publication + "/" + path;
  }

  String copyKey(int publication, String path) {
    return key(copyPath(publication, path));
  }

  String recordKey() {
    return key(FOLDER + "state.json");
  }

  /** For a sentence. */
  String address(String path) {
    return store.address(key(path));
  }
}
