package quickpage.index.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import quickpage.index.sandbox.RunningSandbox;
import quickpage.index.sandbox.connectome.TypeNames;

/**
 * The rules for names in queries, against the real parser: double every backslash, {@code \'} for a
 * quote, {@code \u005cu003a} for a colon.
 */
class LiteralEscapingIT {
  private static RunningSandbox neuprint;

  @BeforeContainer
  static void start() {
    neuprint = RunningSandbox.small();
  }

  @AfterContainer
  static void stop() {
    neuprint.close();
  }

  static String literal(String name) {
    return "'" + name.replace("\\", "\\\\").replace("'", "\\'").replace(":", "\\u003a") + "'";
  }

  @Property(tries = 150)
  void everyNameArrivesAsItWasSent(@ForAll("names") List<String> names) {
    String literals =
        names.stream().map(LiteralEscapingIT::literal).collect(Collectors.joining(", "));

    assertThat(strings(neuprint.value("RETURN [" + literals + "] AS x"))).isEqualTo(names);
  }

  @Example
  void everyAwkwardTypeIsFoundByItsName() {
    List<String> served = new ArrayList<>();
    neuprint
        .rows("MATCH (n:Neuron) WHERE n.type IS NOT NULL RETURN DISTINCT n.type")
        .forEach(row -> served.add(row.get(0).asText()));

    assertThat(served).containsAll(TypeNames.AWKWARD);
    for (String type : TypeNames.AWKWARD) {
      String found = "MATCH (n:Neuron) WHERE n.type = " + literal(type) + " RETURN DISTINCT n.type";
      assertThat(neuprint.value(found).asText()).isEqualTo(type);
    }
  }

  @Example
  void aQuoteWrittenAsUnicodeEscapeEndsTheLiteralInstead() {
    assertThat(neuprint.query("RETURN 'a\\u0027 AS x").body())
        .contains("\"columns\":[\"x\"]")
        .contains("[[\"a\"]]");
  }

  @Provide
  Arbitrary<List<String>> names() {
    Arbitrary<Character> hostile =
        Arbitraries.of(
            '\\', '\'', '"', '`', ':', 'u', '0', '3', 'a', '{', '$', '/', '*', '\n', '\t');
    Arbitrary<String> escapes =
        hostile.list().ofMinSize(1).ofMaxSize(12).map(LiteralEscapingIT::joined);
    Arbitrary<String> labels =
        Arbitraries.of(":Neuron", ":Meta", ":`Cell`", ":SynapsesTo", "\\u003aNeuron", "\\");
    Arbitrary<String> unicode =
        Arbitraries.strings()
            .all()
            .ofMinLength(1)
            .ofMaxLength(12)
            .filter(text -> text.equals(GoJson.wellFormed(text)));
    return Arbitraries.oneOf(
            escapes, unicode, labels, Arbitraries.strings().ascii().ofMaxLength(20))
        .list()
        .ofSize(140);
  }

  private static String joined(List<Character> characters) {
    return characters.stream().map(String::valueOf).collect(Collectors.joining());
  }

  private static List<String> strings(JsonNode list) {
    List<String> strings = new ArrayList<>();
    list.forEach(item -> strings.add(item.asText()));
    return strings;
  }
}
