package quickpage.index.site.pages;

import java.util.Collection;
import java.util.List;

/** Where a site keeps its pages (docs/index-semantics.md, "Pages and types"). */
public enum PageLayout {
  /** In the site root, beside the index page. */
  QUICKPAGE(""),
  /** In {@code types/}. */
  NEUVIEW("types/");

  private static final String EXTENSION = ".html";

  private final String folder;

  PageLayout(String folder) {
    this.folder = folder;
  }

  /** The page folder relative to the site root: empty, or ending in a slash. */
  public String folder() {
    return folder;
  }

  /**
   * One {@code types/*.html} is enough for {@link #NEUVIEW}.
   *
   * @param paths of files, relative to the site root
   */
  public static PageLayout detect(Collection<String> paths) {
    return paths.stream().anyMatch(NEUVIEW::hasInFolder) ? NEUVIEW : QUICKPAGE;
  }

  /**
   * The names of the HTML files directly in the page folder, without the folder.
   *
   * @param paths of files, relative to the site root
   */
  public List<String> htmlFiles(Collection<String> paths) {
    return paths.stream()
        .filter(this::hasInFolder)
        .map(path -> path.substring(folder.length()))
        .toList();
  }

  private boolean hasInFolder(String path) {
    return path.startsWith(folder)
        && path.endsWith(EXTENSION)
        && path.indexOf('/', folder.length()) < 0;
  }
}
