package quickpage.index.neuprint.cypher;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Names as Cypher string literals. NeuPrint takes no query parameters, so this is what keeps a name
 * from changing a query, and the server from changing a name:
 *
 * <ul>
 *   <li>{@code \} is doubled and {@code '} becomes {@code \'}. Never {@code \}{@code u0027}: Neo4j
 *       5 decodes that before it looks for the end of the literal.
 *   <li>{@code :} becomes {@code \}{@code u003a}, because the server rewrites {@code :Neuron} and
 *       its other labels anywhere in the text, literals included.
 *   <li>Control characters and line separators are written as escapes, so that the query stays one
 *       line and survives whatever logs it.
 * </ul>
 */
public final class CypherLiteral {

  private CypherLiteral() {}

  /**
   * Whether the database can have this text at all: it stores UTF-8, in which an unpaired surrogate
   * has no form (it would arrive as U+FFFD, and match another name).
   */
  public static boolean canExist(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  /**
   * The text in single quotes.
   *
   * @throws IllegalArgumentException if {@link #canExist} says no
   */
  public static String of(String text) {
    if (!canExist(text)) {
      throw new IllegalArgumentException("an unpaired surrogate has no Cypher literal");
    }
    StringBuilder literal = new StringBuilder(text.length() + 2).append('\'');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> literal.append("\\\\");
        case '\'' -> literal.append("\\'");
        case '\n' -> literal.append("\\n");
        case '\r' -> literal.append("\\r");
        case '\t' -> literal.append("\\t");
        default -> {
          if (c == ':' || Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
            literal.append("\\u%04x".formatted((int) c));
          } else {
            literal.append(c);
          }
        }
      }
    }
    return literal.append('\'').toString();
  }

  /** A list of literals: {@code ['a','b']}. */
  public static String listOf(Collection<String> texts) {
    return texts.stream().map(CypherLiteral::of).collect(Collectors.joining(",", "[", "]"));
  }
}
