package quickpage.index.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexSchemaTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(Golden.read("index.schema.json"), InputFormat.JSON);

  /** Where the kinds of entries stand in the expected file. */
  private static final String UNAVAILABLE = "/types/0";

  private static final String OK = "/types/1";
  private static final String NO_NEURONS = "/types/2";

  @ParameterizedTest
  @CsvSource({"index.json", "index-not-asked.json"})
  void acceptsWhatIsWritten(String file) {
    assertThat(SCHEMA.validate(Golden.read(file), InputFormat.JSON)).isEmpty();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "               | surprise         | 1",
        "               | schemaVersion    | 1",
        "               | generatedAt      | \"2026-11-22 10:00:00\"",
        "/dataset       | token            | \"secret\"",
        "/dataset       | server           | null",
        "/dataset       | uuid             | \"\"",
        "/totals        | neurons          | -1",
        "/totals        | types            | null",
        "/groups/0      | parentRoi        | \"\"",
        "/groups/0      | types            | []",
        "/types/1       | surprise         | 1",
        "/types/1       | name             | \"\"",
        "/types/1       | status           | \"fine\"",
        "/types/1       | error            | \"but it is ok\"",
        "/types/1       | synonyms         | \"\"",
        "/types/1       | classes          | [\"a\", \"a\"]",
        "/types/1       | parentRoi        | null",
        "/types/1/pages | left             | \"types/sub/LC10a_L.html\"",
        "/types/1/pages | left             | \"../LC10a_L.html\"",
        "/types/1/pages | left             | \"types/LC10a_L.json\"",
        "/types/1/pages | both             | null",
        "/types/1/counts | total           | null",
        "/types/1/counts | total           | 0",
        "/types/1/counts | left            | 1.5",
        "/types/1/synapses | pre           | null",
        "/types/1/rois/0 | prePercent      | 100.1",
        "/types/1/rois/0 | total           | 0",
        "/types/1/rois/0 | name            | \"\"",
        "/types/1/neurotransmitter | confidence | \"high\"",
        "/types/0/counts | total           | 0",
        "/types/0/synapses | post          | 0",
        "/types/1       | supertypes       | null",
        "/types/1       | otherTypes       | []",
        "/types/1       | otherTypes       | {\"mancType\": []}",
        "/types/1       | otherTypes       | {\"mancType\": [\"\"]}",
        "/types/1       | otherTypes       | {\"mancType\": \"DNx01\"}",
        "/types/1       | otherTypes       | {\"someType\": [\"a\"]}",
        "/types/1       | otherClasses     | {\"nerve\": [\"a\", \"a\"]}",
        "/types/1       | otherClasses     | {\"a b\": [\"a\"]}",
        "/types/0       | otherTypes       | {\"mancType\": [\"a\"]}",
        "/types/0       | otherClasses     | {\"nerve\": [\"a\"]}",
        "/types/0       | itoleeHemilineages | [\"a\"]",
        "/types/0       | parentRoi        | \"OL\"",
        "/types/0       | classes          | [\"a\"]",
        "/types/0/neurotransmitter | confidence | 0.5",
        "/types/2       | error            | \"none\"",
        "/types/2/counts | total           | null",
        "/types/2/counts | unknown         | 1",
        "/types/2/synapses | pre           | 1",
      })
  void refusesAWrongValue(String at, String field, String value) throws IOException {
    JsonNode wrong = JSON.readTree(value);
    assertRefused(at, object -> object.set(field, wrong));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "'', dataset",
    "'', totals",
    "'', groups",
    "/dataset, lastDatabaseEdit",
    "/totals, unavailable",
    "/groups/0, types",
    OK + ", pages",
    OK + ", dimorphism",
    OK + ", hemilineages",
    OK + ", itoleeHemilineages",
    OK + ", supertypes",
    OK + ", otherTypes",
    OK + ", otherClasses",
    OK + "/pages, middle",
    OK + "/counts, unknown",
    OK + "/rois/0, postPercent",
    OK + "/neurotransmitter, predictions",
    NO_NEURONS + ", parentRois",
    UNAVAILABLE + ", error",
  })
  void refusesAMissingKey(String at, String field) throws IOException {
    assertRefused(at, object -> object.remove(field));
  }

  @Test
  void refusesATypeWithoutAPage() throws IOException {
    assertRefused(NO_NEURONS + "/pages", pages -> pages.putNull("right"));
  }

  /** Keys that only narrow what another place describes. */
  private static final Set<String> CONDITIONS =
      Set.of("counted", "undescribed", "allNumbersZero", "allNumbersNull");

  @Test
  void describesEveryKey() throws IOException {
    JsonNode schema = JSON.readTree(Golden.read("index.schema.json"));
    List<String> undescribed = new ArrayList<>();
    collectUndescribed("", schema.get("properties"), undescribed);
    for (Map.Entry<String, JsonNode> def : schema.get("$defs").properties()) {
      if (!CONDITIONS.contains(def.getKey())) {
        collectUndescribed(def.getKey() + ".", def.getValue().path("properties"), undescribed);
      }
    }

    assertThat(undescribed).isEmpty();
    assertThat(schema.at("/$defs/type/properties")).hasSize(22);
  }

  private static void collectUndescribed(String place, JsonNode keys, List<String> undescribed) {
    for (Map.Entry<String, JsonNode> key : keys.properties()) {
      if (key.getValue().path("description").asText().isEmpty()) {
        undescribed.add(place + key.getKey());
      }
    }
  }

  private static void assertRefused(String at, Consumer<ObjectNode> damage) throws IOException {
    JsonNode index = JSON.readTree(Golden.read("index.json"));
    String before = index.toString();
    damage.accept((ObjectNode) index.at(at == null ? "" : at));
    assertThat(index.toString()).isNotEqualTo(before);
    assertThat(SCHEMA.validate(index)).isNotEmpty();
  }
}
