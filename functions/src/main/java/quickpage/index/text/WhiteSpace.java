package quickpage.index.text;

/**
 * White space as the programs that wrote the existing pages see it: every Unicode space, the
 * no-break ones and U+0085 included, which {@link String#strip} leaves alone.
 */
public final class WhiteSpace {

  private static final int NEXT_LINE = 0x85;

  private WhiteSpace() {}

  /** The text without white space at either end. */
  public static String strip(String text) {
    int from = 0;
    while (from < text.length() && isWhite(text.charAt(from))) {
      from++;
    }
    return stripTrailing(text.substring(from));
  }

  /** The text without white space at its end. */
  public static String stripTrailing(String text) {
    int to = text.length();
    while (to > 0 && isWhite(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(0, to);
  }

  // No white space lies beyond the BMP, so single UTF-16 units are enough.
  private static boolean isWhite(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == NEXT_LINE;
  }
}
