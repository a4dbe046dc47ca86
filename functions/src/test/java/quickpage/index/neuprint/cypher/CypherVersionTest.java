package quickpage.index.neuprint.cypher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opencypher.v9_0.ast.Query;
import org.opencypher.v9_0.ast.Statement;
import org.opencypher.v9_0.parser.CypherParser;
import org.opencypher.v9_0.util.SyntaxException;
import quickpage.index.model.SideRule;
import quickpage.index.neuprint.TypeQuestion.TypeToAsk;
import scala.Option;

/**
 * Every query is one that the oldest servers read: openCypher 9 is the language of Neo4j 3.5. The
 * newest ones are asked in the tests with the sandbox.
 */
public class CypherVersionTest {

  static Stream<String> queries() {
    List<TypeToAsk> types =
        List.of(
            new TypeToAsk("LC10a", 12, true),
            new TypeToAsk("') DETACH DELETE (m:Meta", 1, false),
            new TypeToAsk("5' na\u00efve \\", 3, true));
    return Stream.concat(
        Stream.of(
            DatasetQueries.VERSION,
            DatasetQueries.TYPES,
            DatasetQueries.META,
            DatasetQueries.SIDE_PROPERTIES),
        Arrays.stream(SideRule.values())
            .flatMap(
                rule ->
                    Stream.of(true, false)
                        .map(
                            plain ->
                                TypeQuery.of(
                                    types,
                                    rule,
                                    List.of("ME(R)", "a'L"),
                                    List.of("Order", "order", "match", "superclass"),
                                    plain))));
  }

  @ParameterizedTest
  @MethodSource("queries")
  void isReadByTheOldestServers(String query) throws SyntaxException {
    assertThat(parsed(query)).isInstanceOf(Query.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MATCH (n) CALL { WITH n RETURN 1 AS one } RETURN one",
        "MATCH (n) WHERE EXISTS { (n)--() } RETURN n",
        "MATCH (n:Neuron|Cell) RETURN n",
      })
  void whatOnlyNewerServersReadIsNoticed(String query) {
    assertThatThrownBy(() -> parsed(query)).isInstanceOf(SyntaxException.class);
  }

  @Test
  void thereIsAQueryForEachRuleInBothForms() {
    assertThat(queries().distinct()).hasSize(4 + 2 * SideRule.values().length);
  }

  private static Statement parsed(String query) throws SyntaxException {
    return new CypherParser().parse(query, Option.empty());
  }
}
