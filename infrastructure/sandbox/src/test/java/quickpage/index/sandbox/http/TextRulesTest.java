package quickpage.index.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextRulesTest {

  @ParameterizedTest
  @CsvSource({
    "(n:Neuron), (n:`male-cns_Neuron`)",
    "(n:`Neuron`), (n:`male-cns_Neuron`)",
    "(n :Neuron), (n :`male-cns_Neuron`)",
    "(n: Neuron), (n: Neuron)",
    "(:SynapseSet), (:`male-cns_SynapseSet`)",
    "(:Synapse), (:`male-cns_Synapse`)",
    "[:SynapsesTo], [:SynapsesTo]",
    "(:ElementSet), (:`male-cns_ElementSet`)",
    "(:Element), (:`male-cns_Element`)",
    "(:Cell), (:`male-cns_Cell`)",
    "(:Meta:Segment), (:`male-cns_Meta`:`male-cns_Segment`)",
    "(:NeuronX), (:`male-cns_Neuron`X)",
    "(:neuron), (:neuron)",
  })
  void labelsBecomeTheDatasetsOwn(String plain, String rewritten) {
    assertThat(LabelRewriting.rewrite(plain, "male-cns")).isEqualTo(rewritten);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MATCH (n) RETURN n ORDER BY n.x",
        "match (n) return n order  by n.x skip 2 limit 3",
        "MATCH (n) RETURN n ORDER\nBY n.x DESC // RETURN",
        "MATCH (n) RETURN n /* RETURN */ ORDER BY n.x, 'RETURN'",
        "CALL { MATCH (n) RETURN n } RETURN n ORDER BY n.x",
        "RETURN '\\' RETURN' AS x ORDER BY x",
      })
  void anOrderedReturnFixesTheOrder(String cypher) {
    assertThat(RowOrder.isFixed(cypher)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MATCH (n) RETURN n",
        "MATCH (n) WITH n ORDER BY n.x RETURN n",
        "MATCH (n) RETURN n // ORDER BY n.x",
        "MATCH (n) RETURN n /* ORDER BY n.x */",
        "MATCH (n) RETURN 'ORDER BY' AS x",
        "MATCH (n) RETURN n.`ORDER BY x` AS y",
        "MATCH (n) RETURN \"\\\" ORDER BY x\" AS y",
        "CALL { MATCH (n) RETURN n ORDER BY n.x } RETURN n",
        "MATCH (n) RETURN n ORDER BY n.x UNION MATCH (n) RETURN n",
        "MATCH (n) RETURN COLLECT { MATCH (m) RETURN m ORDER BY m.x } AS ms",
        "RETURN 'unfinished",
        "RETURN 1 AS ordered, 2 AS by",
      })
  void nothingElseDoes(String cypher) {
    assertThat(RowOrder.isFixed(cypher)).isFalse();
  }

  @Property
  void everyFiniteNumberReadsBackAsItself(@ForAll double number) {
    String written = new String(GoJson.bytes(number), StandardCharsets.UTF_8);

    assertThat(Double.parseDouble(written)).isEqualTo(number == 0 ? 0.0 : number);
    boolean whole = new BigDecimal(number).stripTrailingZeros().scale() <= 0;
    if (whole && Math.abs(number) < 1e21) {
      assertThat(written).matches("-?\\d+");
    }
  }
}
