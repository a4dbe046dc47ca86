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
    for (JsonNode type : row.path(0)) {
      Long count = Values.whole(type.get(1));
      if (count == null) {
        throw new Unreadable("a count is not a number");
      }
      // A type that is not text is not the type of that text: no query by name finds it.
      if (type.path(0).isTextual()) {
        neurons.put(type.path(0).textValue(), count);
      }
    }
    return new TypeCensus(version(dataset, row, 1), neurons);
  }

  static DatasetVersion version(String dataset, InputStream body) throws IOException {
    return version(dataset, metaRow(dataset, body), 0);
  }

  static DatasetMeta meta(String dataset, InputStream body) throws IOException {
    JsonNode row = metaRow(dataset, body);
    return new DatasetMeta(
        version(dataset, row, 3),
        Values.texts(row.path(0)),
        hierarchy(embedded(row.path(1), "roiHierarchy")),
        descriptions(embedded(row.path(2), "roiInfo")));
  }

  static SideProperties sideProperties(String dataset, InputStream body) throws IOException {
    JsonNode row = onlyRow(body);
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
