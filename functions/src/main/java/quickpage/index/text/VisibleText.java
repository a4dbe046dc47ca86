package quickpage.index.text;

/**
 * What others wrote, to be shown to people: a server's error, a name, an argument. Characters that
 * steer a terminal or the direction of writing are shown as escapes instead of taking effect, and
 * what is long is cut.
 */
public final class VisibleText {

  /** UTF-16 units of a text that stands within a sentence. */
  private static final int LONGEST = 200;

  private static final int LONGEST_MESSAGE = 4_000;

  private VisibleText() {}

  /** The text on one line, cut to a length that a sentence bears. */
  public static String of(String text) {
    int end = Math.min(text.length(), LONGEST);
    if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    String shown = escaped(text.substring(0, end), false);
    return end < text.length() ? shown + "…" : shown;
  }

  /** The whole text; line feeds and tabs stay. Within JSON it stands for the same text. */
  public static String lines(String text) {
    return escaped(text, true);
  }

  /** A message for people, which may quote what others wrote, with an end; null stays null. */
  public static String message(String text) {
    if (text == null || text.length() <= LONGEST_MESSAGE) {
      return text == null ? null : lines(text);
    }
    return lines(text.substring(0, LONGEST_MESSAGE)) + "…";
  }

  private static String escaped(String text, boolean keepsLines) {
    if (text.codePoints().allMatch(c -> isPlain(c, keepsLines))) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (isPlain(c, keepsLines)) {
                shown.appendCodePoint(c);
              } else {
                for (char unit : Character.toChars(c)) {
                  shown.append("\\u%04x".formatted((int) unit));
                }
              }
            });
    return shown.toString();
  }

  private static boolean isPlain(int c, boolean keepsLines) {
    if (c < 0x7f) {
      return c >= ' ' || (keepsLines && (c == '\n' || c == '\t' || c == '\r'));
    }
    return switch (Character.getType(c)) {
      // Direction marks are format characters; so are joiners, which scripts and emoji need.
      case Character.FORMAT -> c == 0x200c || c == 0x200d || c == 0xad;
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
