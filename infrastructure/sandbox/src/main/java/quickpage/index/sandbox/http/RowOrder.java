package quickpage.index.sandbox.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Tells whether a query fixes the order of its rows. */
final class RowOrder {
  private RowOrder() {}

  /**
   * Whether the outermost last RETURN has an ORDER BY. Literals, comments and quoted names do not
   * count, nor does what stands in brackets (subqueries, comprehensions); a UNION has no order.
   */
  static boolean isFixed(String cypher) {
    boolean ordered = false;
    Deque<String> words = new ArrayDeque<>();
    int depth = 0;
    int at = 0;
    while (at < cypher.length()) {
      char c = cypher.charAt(at);
      int skipped = skipQuoted(cypher, at);
      if (skipped > at) {
        at = skipped;
      } else if ("([{".indexOf(c) >= 0) {
        depth++;
        at++;
      } else if (")]}".indexOf(c) >= 0) {
        depth--;
        at++;
      } else if (Character.isJavaIdentifierStart(c)) {
        int end = at;
        while (end < cypher.length() && Character.isJavaIdentifierPart(cypher.charAt(end))) {
          end++;
        }
        if (depth == 0) {
          words.add(cypher.substring(at, end).toUpperCase(Locale.ROOT));
        }
        at = end;
      } else {
        at++;
      }
    }
    String previous = "";
    for (String word : words) {
      if (word.equals("UNION")) {
        return false;
      }
      if (word.equals("RETURN")) {
        ordered = false;
      } else if (word.equals("BY") && previous.equals("ORDER")) {
        ordered = true;
      } else if (word.equals("WITH") || word.equals("MATCH")) {
        ordered = false;
      }
      previous = word;
    }
    return ordered;
  }

  /** The index after the literal, comment or quoted name that starts at {@code at}, if one does. */
  private static int skipQuoted(String text, int at) {
    char quote = text.charAt(at);
    if (text.startsWith("//", at)) {
      int end = text.indexOf('\n', at);
      return end < 0 ? text.length() : end;
    }
    if (text.startsWith("/*", at)) {
      int end = text.indexOf("*/", at + 2);
      return end < 0 ? text.length() : end + 2;
    }
    if (quote != '\'' && quote != '"' && quote != '`') {
      return at;
    }
    int i = at + 1;
    while (i < text.length() && text.charAt(i) != quote) {
      i += text.charAt(i) == '\\' && quote != '`' ? 2 : 1;
    }
    return Math.min(text.length(), i + 1);
  }
}
