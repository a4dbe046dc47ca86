package quickpage.index.neuprint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.Refusal;
import quickpage.index.model.RoiNode;

/** Reads the answers to the {@link DatasetQueries} and the list of datasets. */
final class DatasetAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(DatasetAnswers.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private DatasetAnswers() {}

  /** The names of the datasets that the token may read. */
  static Set<String> datasets(InputStream body) throws IOException {
    JsonNode datasets = JSON.readTree(body);
    if (datasets == null || !datasets.isObject()) {
      throw new Unreadable("the list of datasets is not an object");
    }
    Set<String> names = new TreeSet<>();
    datasets.fieldNames().forEachRemaining(names::add);
    return names;
  }

  static TypeCensus types(String dataset, InputStream body) throws IOException {
    JsonNode row = onlyRow(body);
    Map<String, Long> neurons = new HashMap<>();
    StringBuilder names = new StringBuilder();
    long sum = 0;
    for (JsonNode type : row.path(0)) {
      Long count = Values.whole(type.get(1));
      if (count == null) {
        throw new Unreadable("a count is not a number");
      }
      sum += count;
      // A type that is not text is not the type of that text: no query by name finds it.
      if (type.path(0).isTextual()) {
        neurons.put(type.path(0).textValue(), count);
        names.append(type.path(0).textValue());
      }
    }
    expect(dataset, "number of types", isNumber(row.path(0).size(), row.path(3)));
    expect(dataset, "number of neurons", isNumber(sum, row.path(4)));
    expect(dataset, "length of the types' names", isLength(names, row.path(5)));
    return new TypeCensus(version(dataset, row, 1), neurons);
  }

  static DatasetVersion version(String dataset, InputStream body) throws IOException {
    return version(dataset, metaRow(dataset, body), 0);
  }

  static DatasetMeta meta(String dataset, InputStream body) throws IOException {
    JsonNode row = metaRow(dataset, body);
    expect(dataset, "size of Meta.primaryRois", isSize(row.path(0), row.path(5)));
    expect(dataset, "length of Meta.roiHierarchy", isSize(row.path(1), row.path(6)));
    expect(dataset, "length of Meta.roiInfo", isSize(row.path(2), row.path(7)));
    return new DatasetMeta(
        version(dataset, row, 3),
        Values.texts(row.path(0)),
        hierarchy(embedded(row.path(1), "roiHierarchy")),
        descriptions(embedded(row.path(2), "roiInfo")));
  }

  static SideProperties sideProperties(String dataset, InputStream body) throws IOException {
    JsonNode row = onlyRow(body);
    for (int i = 0; i < 3; i++) {
      expect(dataset, "list of side properties", row.path(i).isBoolean());
    }
    return new SideProperties(
        version(dataset, row, 3),
        row.path(0).asBoolean(),
        row.path(1).asBoolean(),
        row.path(2).asBoolean());
  }

  private static JsonNode metaRow(String dataset, InputStream body) throws IOException {
    List<JsonNode> rows = Rows.all(body);
    if (rows.isEmpty()) {
      throw new Refusal(
          "The dataset %s has no Meta node, so its version is not known: it cannot be indexed."
              .formatted(dataset));
    }
    return rows.get(0);
  }

  private static JsonNode onlyRow(InputStream body) throws IOException {
    List<JsonNode> rows = Rows.all(body);
    if (rows.size() != 1) {
      throw new Unreadable("not one row");
    }
    return rows.get(0);
  }

  private static void expect(String dataset, String what, boolean isRight) {
    if (!isRight) {
      throw new Refusal(
          "NeuPrint's answer about the dataset %s is not whole: the %s is not what it says itself; start the run again."
              .formatted(dataset, what));
    }
  }

  private static boolean isNumber(long expected, JsonNode said) {
    return said.isIntegralNumber() && said.longValue() == expected;
  }

  /** Whether that is the size of a list, the length of a text, or neither is there. */
  private static boolean isSize(JsonNode value, JsonNode said) {
    if (value.isTextual()) {
      return isLength(value.textValue(), said);
    }
    return value.isArray() ? isNumber(value.size(), said) : said.isNull();
  }

  /**
   * Whether that is the length of the text. Neo4j 5.26 counts code points, and no version is known
   * to count anything but these or UTF-16's units, so what lies between the two is right.
   */
  private static boolean isLength(CharSequence text, JsonNode said) {
    return said.isIntegralNumber()
        && said.longValue() >= Character.codePointCount(text, 0, text.length())
        && said.longValue() <= text.length();
  }

  private static DatasetVersion version(String dataset, JsonNode row, int at) {
    return new DatasetVersion(dataset, Values.text(row.get(at)), Values.text(row.get(at + 1)));
  }

  /** A property that is a JSON string; missing where it is none. */
  private static JsonNode embedded(JsonNode value, String property) {
    String text = value.isTextual() ? value.textValue() : "";
    try {
      return text.isBlank() ? JSON.missingNode() : JSON.readTree(text);
    } catch (JsonProcessingException e) {
      LOG.warn("Meta.{} is not JSON and is left out", property);
      return JSON.missingNode();
    }
  }

  private static RoiNode hierarchy(JsonNode json) {
    return json.isObject() ? node(json) : null;
  }

  /** A node without a name is nobody's parent, but its children are there. */
  private static RoiNode node(JsonNode json) {
    List<RoiNode> children = new ArrayList<>();
    json.path("children").forEach(child -> children.add(node(child)));
    return new RoiNode(Values.text(json.path("name")), children);
  }

  private static Map<String, String> descriptions(JsonNode roiInfo) {
    Map<String, String> descriptions = new HashMap<>();
    for (Map.Entry<String, JsonNode> roi : roiInfo.properties()) {
      String description = Values.text(roi.getValue().path("description"));
      if (description != null) {
        descriptions.put(roi.getKey(), description);
      }
    }
    return descriptions;
  }
}
