package quickpage.index.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Compares JSON field by field, and names the fields that differ. */
final class JsonComparison {
  private JsonComparison() {}

  static void assertSame(JsonNode actual, JsonNode expected) {
    List<String> differences = new ArrayList<>();
    compare("", actual, expected, differences);
    assertThat(differences.stream().limit(20)).as("%d differences", differences.size()).isEmpty();
    assertThat(actual).isEqualTo(expected);
  }

  /** The object without a field. */
  static JsonNode without(JsonNode object, String field) {
    ObjectNode copy = object.deepCopy();
    copy.remove(field);
    return copy;
  }

  private static void compare(String at, JsonNode actual, JsonNode expected, List<String> found) {
    if (actual != null && expected != null && actual.isObject() && expected.isObject()) {
      TreeSet<String> fields = new TreeSet<>();
      actual.fieldNames().forEachRemaining(fields::add);
      expected.fieldNames().forEachRemaining(fields::add);
      fields.forEach(f -> compare(at + "/" + f, actual.get(f), expected.get(f), found));
    } else if (actual != null
        && expected != null
        && actual.isArray()
        && expected.isArray()
        && actual.size() == expected.size()) {
      for (int i = 0; i < actual.size(); i++) {
        JsonNode name = expected.get(i).path("name");
        String place = at + "/" + i + (name.isTextual() ? "(" + name.asText() + ")" : "");
        compare(place, actual.get(i), expected.get(i), found);
      }
    } else if (expected == null || !expected.equals(actual)) {
      found.add(at + ": " + actual + " where " + expected + " was expected");
    }
  }
}
