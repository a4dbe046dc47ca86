package quickpage.index.site.pages;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/**
 * HTML files that are no types' pages, told by their names alone (docs/index-semantics.md, "Pages
 * and types"): shadow files of a Mac, error pages, what search engines ask for as a proof. A name
 * that stands for a type of the dataset is a page all the same.
 */
public final class IgnoredPages {

  /** What a run passes over unless it is told otherwise: Google's proofs of ownership. */
  public static final List<String> DEFAULT_GLOBS = List.of("google*.html");

  private static final Set<String> STEMS = Set.of("404", "403", "500", "error", "about");

  private final List<PathMatcher> globs;

  private IgnoredPages(List<PathMatcher> globs) {
    this.globs = globs;
  }

  /**
   * The rule with patterns of a run's own.
   *
   * @param globs as {@link FileSystem#getPathMatcher} knows them, for file names without a folder
   * @throws PatternSyntaxException if one of them is no glob
   */
  public static IgnoredPages of(List<String> globs) {
    FileSystem files = FileSystems.getDefault();
    return new IgnoredPages(
        globs.stream().map(glob -> files.getPathMatcher("glob:" + glob)).toList());
  }

  /**
   * Whether a file is passed over, if no type of the dataset has its name.
   *
   * @param fileName without a folder
   */
  boolean contain(String fileName) {
    String stem = PageName.parse(fileName).stem();
    return fileName.startsWith(".")
        || STEMS.contains(stem.toLowerCase(Locale.ROOT))
        || globs.stream().anyMatch(glob -> matches(glob, fileName));
  }

  private static boolean matches(PathMatcher glob, String fileName) {
    try {
      return glob.matches(FileSystems.getDefault().getPath(fileName));
    } catch (InvalidPathException e) {
      // An object's key may have characters that no file name of this system has.
      return false;
    }
  }
}
