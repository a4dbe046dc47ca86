package quickpage.index.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.sandbox.RunningSandbox;

class QueryAnswersIT {
  private static RunningSandbox neuprint;

  @BeforeAll
  static void start() {
    neuprint = RunningSandbox.small();
  }

  @AfterAll
  static void stop() {
    neuprint.close();
  }

  @Test
  void anAnswerHasColumnsRowsAndTheCypherAsRun() {
    HttpResponse<String> answer =
        neuprint.query("MATCH (n:Neuron) WHERE n.type = 'none' RETURN n.type AS type, n.pre");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.body())
        .isEqualTo(
            "{\"columns\":[\"type\",\"n.pre\"],\"data\":[],\"debug\":\"MATCH (n:`male-cns_Neuron`)"
                + " WHERE n.type = 'none' RETURN n.type AS type, n.pre\"}\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1.0 | 1",
        "-0.0 | 0",
        "-3.0 | -3",
        "0.1 | 0.1",
        "1e19 | 10000000000000000000",
        "123456789.125 | 123456789.125",
        "1e21 | 1e+21",
        "1.5e300 | 1.5e+300",
        "1e-6 | 0.000001",
        "1e-7 | 1e-7",
        "9223372036854775807 | 9223372036854775807",
        "null | null",
        "'<&>' | \"\\u003C\\u0026\\u003E\"",
        "{b: 1, a: {d: 2.0, c: null}} | {\"a\":{\"c\":null,\"d\":2},\"b\":1}",
        "[1, 2.5, 'x'] | [1,2.5,\"x\"]",
        "true | true",
      })
  void valuesAreWrittenAsGoWritesThem(String expression, String json) {
    assertThat(neuprint.query("RETURN " + expression + " AS x").body())
        .contains("\"data\":[[" + json + "]]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0 / 0.0", "1.0 / 0.0", "[-1.0 / 0.0]"})
  void anAnswerWithNanOrInfinityIsAnInternalError(String expression) {
    HttpResponse<String> answer = neuprint.query("RETURN " + expression + " AS x");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).isEqualTo("{\"message\":\"Internal Server Error\"}");
  }

  @Test
  void missingPropertiesAreNull() {
    assertThat(neuprint.value("MATCH (m:Meta) RETURN m.noSuchProperty").isNull()).isTrue();
  }

  @Test
  void twoColumnsOfOneNameAreRefused() {
    assertThat(neuprint.query("RETURN 1 AS x, 2 AS x").statusCode()).isEqualTo(400);
  }

  @Test
  void aBrokenQueryIsA400WithNeo4jsCode() {
    HttpResponse<String> answer = neuprint.query("MATCH (n:Neuron RETURN n");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(RunningSandbox.tree(answer).get("error").asText())
        .startsWith(
            "failed to execute query: Neo4jError: Neo.ClientError.Statement.SyntaxError (Invalid"
                + " input")
        // Neo4j quotes the query, so a hostile name may stand in the error.
        .contains("male-cns_Neuron");
  }

  @Test
  void aQueryThatFailsAfterItsFirstRowsIsA400TooAndNotHalfAnAnswer() {
    HttpResponse<String> answer =
        neuprint.query("UNWIND [1, 2, 3, 'x'] AS v RETURN v * 2 AS doubled");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Neo.ClientError.Statement.TypeError");
  }

  @Test
  void anErrorWithTheWordTimeoutInItIsReportedAsATimeout() {
    assertThat(neuprint.query("MATCH (Timeout").body()).contains("Timeout experienced.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE (n:Neuron {bodyId: 1}) RETURN n",
        "MATCH (n:Neuron) SET n.type = 'x' RETURN count(n)",
        "MATCH (n:Neuron) DETACH DELETE n",
        "MERGE (m:Meta {tag: 'other'}) RETURN m",
        "CREATE INDEX sneaky FOR (n:Neuron) ON (n.size)",
        "MATCH (n:Neuron) CALL { WITH n SET n.pre = 0 } IN TRANSACTIONS RETURN 1",
      })
  void writesAreRefusedAndChangeNothing(String write) {
    String before = census();

    HttpResponse<String> answer = neuprint.query(write);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Neo.ClientError.Statement.AccessMode");
    assertThat(census()).isEqualTo(before);
  }

  private static String census() {
    return neuprint.rows("MATCH (n) RETURN count(n), sum(n.pre), count(n.type)").toString()
        + neuprint.rows("SHOW INDEXES YIELD name RETURN count(name)");
  }

  @Test
  void labelsAreRewrittenInsideStringLiteralsToo() {
    assertThat(neuprint.value("RETURN 'a:Neuron, :Synapse, :SynapsesTo' AS x").asText())
        .isEqualTo("a:`male-cns_Neuron`, :`male-cns_Synapse`, :SynapsesTo");
  }

  @Test
  void withoutADatasetNothingIsRewrittenAndThePlainLabelsAnswer() {
    HttpResponse<String> answer =
        neuprint.post(
            "/api/custom/custom", "{\"cypher\": \"MATCH (n:Neuron) RETURN count(n) > 0 AS some\"}");

    assertThat(answer.body()).contains("[[true]]").contains("(n:Neuron)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MALE-CNS:v0.9", "Male-CNS:V0.9", "male-cns:V0.9"})
  void aDatasetInTheWrongCaseHasNoRows(String dataset) {
    HttpResponse<String> answer =
        neuprint.query("MATCH (n:Neuron) RETURN n.bodyId LIMIT 5", dataset);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(RunningSandbox.tree(answer).get("data")).isEmpty();
  }

  @Test
  void anUnknownDatasetIsForbidden() {
    HttpResponse<String> answer = neuprint.query("RETURN 1 AS x", "hemibrain:v1.2.1");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(RunningSandbox.tree(answer).has("message")).isTrue();
  }

  @Test
  void rowsComeInAnotherOrderEachTimeUnlessTheQueryOrdersThem() {
    String unordered = "MATCH (n:Neuron) RETURN n.bodyId AS b";

    assertThat(neuprint.rows(unordered)).isNotEqualTo(neuprint.rows(unordered));
    assertThat(neuprint.rows(unordered))
        .containsExactlyInAnyOrderElementsOf(neuprint.rows(unordered));
    List<Long> ordered = new ArrayList<>();
    neuprint.rows(unordered + " ORDER BY b").forEach(row -> ordered.add(row.get(0).asLong()));
    assertThat(ordered).isSorted().hasSizeGreaterThan(1_000);
  }

  @Test
  void apocReadsRoiInfoInsideAQuery() {
    JsonNode sums =
        neuprint.rows(
            "MATCH (n:Neuron) WHERE n.roiInfo IS NOT NULL"
                + " WITH n.type AS type, apoc.convert.fromJsonMap(n.roiInfo) AS rois"
                + " UNWIND keys(rois) AS roi RETURN type, roi, sum(rois[roi].post) AS post");

    assertThat(sums.size()).isGreaterThan(500);
  }

  @Test
  void theContentTypeMustBeJson() {
    HttpResponse<String> answer =
        neuprint.send(
            neuprint
                .request("/api/custom/custom")
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{\"cypher\": \"RETURN 1\"}")));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo("{\"error\":\"request object not formatted correctly\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "{\"cypher\": 5}", "\"RETURN 1\""})
  void aBodyOfAnotherShapeIsRefused(String body) {
    HttpResponse<String> answer = neuprint.post("/api/custom/custom", body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("not formatted correctly");
  }

  @Test
  void halfASurrogatePairArrivesAsTheReplacementCharacter() {
    HttpResponse<String> answer =
        neuprint.post(
            "/api/custom/custom",
            "{\"cypher\": \"RETURN 'a\\ud800b' AS x\", \"dataset\": \"male-cns:v0.9\"}");

    assertThat(RunningSandbox.tree(answer).get("data").get(0).get(0).asText())
        .isEqualTo("a\uFFFDb");
  }

  @ParameterizedTest
  @CsvSource({"/api/version", "/api/dbmeta/datasets", "/api/custom/custom", "/api/nothing"})
  void everyPathNeedsTheToken(String path) {
    HttpResponse<String> without = neuprint.send(neuprint.bare(path).GET());
    HttpResponse<String> wrong =
        neuprint.send(neuprint.bare(path).header("Authorization", "Bearer wrong").GET());
    HttpResponse<String> otherScheme =
        neuprint.send(neuprint.bare(path).header("Authorization", RunningSandbox.TOKEN).GET());

    assertThat(List.of(without, wrong, otherScheme))
        .allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(401))
        .allSatisfy(answer -> assertThat(RunningSandbox.tree(answer).has("message")).isTrue())
        .noneSatisfy(answer -> assertThat(answer.body()).contains(RunningSandbox.TOKEN));
  }

  @Test
  void theVersionIsThatOfTheServerThisWasModelledOn() {
    assertThat(neuprint.get("/api/version").body()).isEqualTo("{\"Version\":\"1.9.2\"}");
  }

  @Test
  void theListOfDatasetsComesFromTheMetaNode() {
    JsonNode datasets = RunningSandbox.tree(neuprint.get("/api/dbmeta/datasets"));

    assertThat(datasets.properties()).hasSize(1);
    JsonNode dataset = datasets.get("male-cns:v0.9");
    assertThat(dataset.get("uuid")).isEqualTo(neuprint.value("MATCH (m:Meta) RETURN m.uuid"));
    assertThat(dataset.get("last-mod"))
        .isEqualTo(neuprint.value("MATCH (m:Meta) RETURN m.lastDatabaseEdit"));
    assertThat(dataset.get("hidden").asBoolean()).isFalse();
    assertThat(dataset.get("ROIs").toString()).contains("\"ME(R)\"");
    assertThat(dataset.get("superLevelROIs").toString()).contains("\"VNC\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/nothing", "/", "/api/custom/custom/", "/sandbox/other"})
  void anythingElseIsNotFound(String path) {
    HttpResponse<String> answer = neuprint.get(path);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).isEqualTo("{\"message\":\"Not Found\"}");
  }
}
