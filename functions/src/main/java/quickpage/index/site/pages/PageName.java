package quickpage.index.site.pages;

import java.util.regex.Pattern;

/**
 * What a page's file name says, before anything is known of the dataset.
 *
 * @param stem the file name without {@code .html}
 * @param base the stem without its side
 * @param side {@link PageSide#COMBINED} where the name ends in no side
 */
public record PageName(String stem, String base, PageSide side) {

  private static final String EXTENSION = ".html";
  private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9_+\\-.,&()']+");

  /**
   * Reads a file name. A side counts only where something stands before it: {@code _L.html} is the
   * combined page of {@code _L}.
   *
   * @throws IllegalArgumentException if the name does not end in {@code .html}
   */
  public static PageName parse(String fileName) {
    if (!fileName.endsWith(EXTENSION)) {
      throw new IllegalArgumentException("Not the name of an HTML file: " + fileName);
    }
    String stem = fileName.substring(0, fileName.length() - EXTENSION.length());
    PageSide side = sideOf(stem);
    String base = stem.substring(0, stem.length() - side.suffix().length());
    return new PageName(stem, base, side);
  }

  /**
   * Whether the program that wrote the pages would take the name for a page's; it knows ASCII
   * letters, digits and {@code _+-.,&()'} only.
   */
  public boolean accepted() {
    return ACCEPTED.matcher(stem).matches();
  }

  private static PageSide sideOf(String stem) {
    for (PageSide side : PageSide.values()) {
      String suffix = side.suffix();
      if (!suffix.isEmpty() && stem.length() > suffix.length() && stem.endsWith(suffix)) {
        return side;
      }
    }
    return PageSide.COMBINED;
  }
}
