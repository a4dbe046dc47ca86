package quickpage.index.neuprint.cypher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

public class CypherLiteralTest {

  @Test
  void escapesWhatCouldEndTheLiteralOrBecomeALabel() {
    assertThat(CypherLiteral.of("it's")).isEqualTo("'it\\'s'");
    assertThat(CypherLiteral.of("a\\")).isEqualTo("'a\\\\'");
    assertThat(CypherLiteral.of("n:Neuron")).isEqualTo("'n\\u003aNeuron'");
    assertThat(CypherLiteral.of("\\u0027")).isEqualTo("'\\\\u0027'");
    assertThat(CypherLiteral.of("a\nb\u0000\u2028")).isEqualTo("'a\\nb\\u0000\\u2028'");
    assertThat(CypherLiteral.listOf(List.of("Tm3", "🧠"))).isEqualTo("['Tm3','🧠']");
  }

  @Test
  void hasNoLiteralForAnUnpairedSurrogate() {
    assertThat(CypherLiteral.canExist("a\ud800")).isFalse();
    assertThatThrownBy(() -> CypherLiteral.of("\udc00a"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void decodesToTheText(@ForAll("names") String name) {
    assertThat(decoded(CypherLiteral.of(name))).isEqualTo(name);
  }

  @Property
  void hasNoRawColonAndNoLineBreak(@ForAll("names") String name) {
    assertThat(CypherLiteral.of(name)).doesNotContain(":", "\n", "\r", "\u0000", "\u2028");
  }

  @Property
  void endsAtItsLastQuoteOnly(@ForAll("names") String name) {
    String literal = CypherLiteral.of(name);
    int end = 1;
    while (literal.charAt(end) != '\'') {
      end += literal.charAt(end) == '\\' ? 2 : 1;
    }
    assertThat(end).isEqualTo(literal.length() - 1);
  }

  /** Neo4j 5 decodes Unicode escapes in the whole query before it reads a token. */
  @Property
  void endsThereEvenIfUnicodeEscapesAreDecodedFirst(@ForAll("names") String name) {
    String literal = CypherLiteral.of(name);
    StringBuilder decodedFirst = new StringBuilder();
    for (int i = 0; i < literal.length(); i++) {
      if (literal.charAt(i) == '\\' && literal.charAt(i + 1) == 'u') {
        decodedFirst.append((char) Integer.parseInt(literal.substring(i + 2, i + 6), 16));
        i += 5;
      } else if (literal.charAt(i) == '\\') {
        decodedFirst.append(literal, i, i + 2);
        i++;
      } else {
        decodedFirst.append(literal.charAt(i));
      }
    }
    assertThat(decoded(decodedFirst.toString())).isEqualTo(name);
  }

  @Provide
  Arbitrary<String> names() {
    Arbitrary<String> awkward =
        Arbitraries.of(
            "'",
            "\\",
            ":",
            ":Neuron",
            "\\u0027",
            "\\u005c",
            "u003a",
            "*/",
            "//",
            "\n",
            "\r",
            "\"",
            "`",
            "}",
            "🧠",
            "\u2028",
            "\u0000",
            "é",
            "`cns_Neuron`",
            "' OR 1=1 //");
    Arbitrary<String> any =
        Arbitraries.strings().all().ofMaxLength(8).filter(CypherLiteral::canExist);
    return Arbitraries.oneOf(awkward, any).list().ofMaxSize(6).map(parts -> String.join("", parts));
  }

  /** Reads a literal by the rules of Cypher's manual, independently of how it was written. */
  private static String decoded(String literal) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < literal.length() - 1; i++) {
      char c = literal.charAt(i);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      char escape = literal.charAt(++i);
      switch (escape) {
        case 'n' -> text.append('\n');
        case 'r' -> text.append('\r');
        case 't' -> text.append('\t');
        case 'u' -> {
          text.append((char) Integer.parseInt(literal.substring(i + 1, i + 5), 16));
          i += 4;
        }
        default -> text.append(escape);
      }
    }
    return text.toString();
  }
}
