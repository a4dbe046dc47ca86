package quickpage.index.neuprint.cypher;

/**
 * The comment that begins every query. The server logs queries and users, not the {@code
 * User-Agent}: this tells its operators what asks, for which run, and whom to write to.
 */
public final class QueryComment {

  private QueryComment() {}

  public static String of(String version, String run, String contact) {
    return "/* quickpage-index %s run=%s contact=%s */ "
        .formatted(plain(version), plain(run), plain(contact));
  }

  /**
   * The text without what could end the comment ({@code *}, or {@code \} before a Unicode escape)
   * or be taken for a label by the server ({@code :}); "none" for an empty one.
   */
  static String plain(String text) {
    if (text == null || text.isBlank()) {
      return "none";
    }
    StringBuilder plain = new StringBuilder();
    text.strip()
        .codePoints()
        .limit(200)
        .forEach(
            c ->
                plain.appendCodePoint(
                    Character.isLetterOrDigit(c) || " ._@+-=/(),".indexOf(c) >= 0 ? c : '-'));
    return plain.toString();
  }

  /** The {@code User-Agent}: printable ASCII only, as a header has to be. */
  public static String userAgent(String version, String contact) {
    return "quickpage-index/%s (%s)"
        .formatted(plain(version), plain(contact))
        .replaceAll("[^ -~]", "-");
  }
}
