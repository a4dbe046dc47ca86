package quickpage.index.neuprint.answer;

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
import quickpage.index.error.RefusedException;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.roi.RoiNode;
import quickpage.index.neuprint.DatasetMeta;
import quickpage.index.neuprint.SideProperties;
import quickpage.index.neuprint.TypeCensus;
import quickpage.index.neuprint.cypher.DatasetQueries;
import quickpage.index.neuprint.failure.IncompleteAnswerException;
import quickpage.index.neuprint.http.AnswerLimits;
import quickpage.index.text.VisibleText;

/** Reads the answers to the {@link DatasetQueries} and the list of datasets. */
public final class DatasetAnswers {
  private static final ObjectMapper JSON = new ObjectMapper(AnswerLimits.json());

  private static final String HIERARCHY = "Meta.roiHierarchy";
  private static final String ROI_INFO = "Meta.roiInfo";

  private DatasetAnswers() {}

  /** The names of the datasets that the token may read. */
  public static Set<String> datasets(InputStream body) throws IOException {
    JsonNode datasets = Rows.tree(body);
    if (datasets == null || !datasets.isObject()) {
      throw new IncompleteAnswerException("the list of datasets is no object");
    }
    Set<String> names = new TreeSet<>();
    datasets.fieldNames().forEachRemaining(names::add);
    return names;
  }

  public static TypeCensus types(String dataset, InputStream body) throws IOException {
    JsonNode row = onlyRow(body, 6);
    JsonNode types = row.get(0);
    expect(dataset, "list of types", types.isArray());
    Map<String, Long> neurons = new HashMap<>();
    StringBuilder names = new StringBuilder();
    long sum = 0;
    for (JsonNode type : types) {
      expect(dataset, "list of types", type.isArray() && type.size() == 2);
      JsonNode count = type.get(1);
      expect(
          dataset,
          "number of a type's neurons",
          count.isIntegralNumber() && count.canConvertToLong() && count.longValue() > 0);
      sum = Math.addExact(sum, count.longValue());
      // A type that is not text is not the type of that text: no query by name finds it.
      if (type.get(0).isTextual()) {
        String name = type.get(0).textValue();
        expect(dataset, "list of types", neurons.put(name, count.longValue()) == null);
        names.append(name);
      }
    }
    expect(dataset, "number of types", isNumber(types.size(), row.get(3)));
    expect(dataset, "number of neurons", isNumber(sum, row.get(4)));
    expect(dataset, "length of the types' names", isLength(names, row.get(5)));
    return new TypeCensus(version(dataset, row, 1), neurons);
  }

  public static DatasetVersion version(String dataset, InputStream body) throws IOException {
    return version(dataset, metaRow(dataset, body, 2), 0);
  }

  public static DatasetMeta meta(String dataset, InputStream body) throws IOException {
    JsonNode row = metaRow(dataset, body, 10);
    expect(dataset, "size of Meta.primaryRois", isSize(row.get(0), row.get(6)));
    expect(dataset, "length of Meta.roiHierarchy", isSize(row.get(1), row.get(7)));
    expect(dataset, "length of Meta.roiInfo", isSize(row.get(2), row.get(8)));
    expect(dataset, "length of Meta.neuronProperties", isSize(row.get(3), row.get(9)));
    return new DatasetMeta(
        version(dataset, row, 4),
        primaryRois(dataset, row.get(0)),
        hierarchy(dataset, embedded(dataset, row.get(1), HIERARCHY)),
        descriptions(dataset, embedded(dataset, row.get(2), ROI_INFO)),
        neuronProperties(row.get(3)));
  }

  public static SideProperties sideProperties(String dataset, InputStream body) throws IOException {
    JsonNode row = onlyRow(body, 5);
    for (int i = 0; i < 3; i++) {
      expect(dataset, "list of side properties", row.get(i).isBoolean());
    }
    return new SideProperties(
        version(dataset, row, 3),
        row.get(0).asBoolean(),
        row.get(1).asBoolean(),
        row.get(2).asBoolean());
  }

  private static JsonNode metaRow(String dataset, InputStream body, int columns)
      throws IOException {
    List<JsonNode> rows = Rows.all(body);
    if (rows.isEmpty()) {
      throw new RefusedException(
          "The dataset %s has no Meta node, so its version is not known: it cannot be indexed."
              .formatted(dataset));
    }
    return onlyRow(rows, columns);
  }

  private static JsonNode onlyRow(InputStream body, int columns) throws IOException {
    return onlyRow(Rows.all(body), columns);
  }

  private static JsonNode onlyRow(List<JsonNode> rows, int columns) throws IOException {
    if (rows.size() != 1 || rows.get(0).size() != columns) {
      throw new IncompleteAnswerException("it is not one row of %d values".formatted(columns));
    }
    return rows.get(0);
  }

  private static void expect(String dataset, String what, boolean isRight)
      throws IncompleteAnswerException {
    if (!isRight) {
      throw new IncompleteAnswerException(
          "of the dataset %s the %s is not what it has to be"
              .formatted(VisibleText.of(dataset), what));
    }
  }

  private static List<String> primaryRois(String dataset, JsonNode value)
      throws IncompleteAnswerException {
    expect(dataset, "list Meta.primaryRois", value.isNull() || value.isArray());
    for (JsonNode roi : value) {
      expect(dataset, "list Meta.primaryRois", roi.isTextual());
    }
    return Values.texts(value);
  }

  /** Names are only held against it, so what is no JSON object tells none and ends no run. */
  private static List<String> neuronProperties(JsonNode value) {
    try {
      JsonNode types = JSON.readTree(value.isTextual() ? value.textValue() : "null");
      return types.isObject()
          ? types.propertyStream().map(Map.Entry::getKey).sorted().toList()
          : null;
    } catch (JsonProcessingException e) {
      return null;
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

  private static DatasetVersion version(String dataset, JsonNode row, int at)
      throws IncompleteAnswerException {
    JsonNode uuid = row.get(at);
    JsonNode edited = row.get(at + 1);
    expect(dataset, "version", uuid.isValueNode() && edited.isValueNode());
    return new DatasetVersion(dataset, Values.text(uuid), Values.text(edited));
  }

  /** A property that is the text of a JSON object; missing where there is none. */
  private static JsonNode embedded(String dataset, JsonNode value, String property)
      throws IncompleteAnswerException {
    expect(dataset, "text " + property, value.isNull() || value.isTextual());
    if (value.isNull() || value.textValue().isBlank()) {
      return JSON.missingNode();
    }
    JsonNode json;
    try {
      json = JSON.readTree(value.textValue());
    } catch (JsonProcessingException e) {
      // Not passed on as the cause: its message quotes the text.
      json = JSON.missingNode();
    }
    expect(dataset, "JSON object in " + property, json.isObject() || json.isNull());
    return json;
  }

  private static RoiNode hierarchy(String dataset, JsonNode json) throws IncompleteAnswerException {
    return json.isObject() ? node(dataset, json) : null;
  }

  /** A node without a name is nobody's parent, but its children are there. */
  private static RoiNode node(String dataset, JsonNode json) throws IncompleteAnswerException {
    JsonNode name = json.path("name");
    JsonNode children = json.path("children");
    expect(
        dataset,
        "tree in " + HIERARCHY,
        json.isObject()
            && !name.isContainerNode()
            && (children.isArray() || children.isNull() || children.isMissingNode()));
    List<RoiNode> nodes = new ArrayList<>();
    for (JsonNode child : children) {
      nodes.add(node(dataset, child));
    }
    return new RoiNode(Values.text(name), nodes);
  }

  private static Map<String, String> descriptions(String dataset, JsonNode roiInfo)
      throws IncompleteAnswerException {
    Map<String, String> descriptions = new HashMap<>();
    for (Map.Entry<String, JsonNode> roi : roiInfo.properties()) {
      JsonNode info = roi.getValue();
      expect(dataset, "object of each ROI in " + ROI_INFO, info.isObject() || info.isNull());
      String description = Values.text(info.path("description"));
      if (description != null) {
        descriptions.put(roi.getKey(), description);
      }
    }
    return descriptions;
  }
}
