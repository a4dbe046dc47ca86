package quickpage.index.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where two {@code index.json} differ, field by field, {@code generatedAt} apart. Types and groups
 * are compared by name, not by place, so that one new type is one difference.
 */
final class IndexDifferences {

  /** Arrays whose items have a name: the field that names them, by the array's own name. */
  private static final Map<String, String> NAMED_BY =
      Map.of("types", "name", "groups", "parentRoi", "rois", "name");

  private static final String TIME = "generatedAt";

  private final List<Difference> found = new ArrayList<>();

  private IndexDifferences() {}

  /**
   * One field that is not the same.
   *
   * @param path such as {@code types[LC10a].counts.total}
   * @param a null where only b has it
   * @param b null where only a has it
   */
  record Difference(String path, JsonNode a, JsonNode b) {

    @Override
    public String toString() {
      return "%s: %s → %s".formatted(path, text(a), text(b));
    }

    private static String text(JsonNode value) {
      if (value == null) {
        return "missing";
      }
      String text = value.toString();
      return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
  }

  static List<Difference> between(JsonNode a, JsonNode b) {
    IndexDifferences differences = new IndexDifferences();
    differences.compare("", "", a, b);
    return List.copyOf(differences.found);
  }

  private void compare(String path, String field, JsonNode a, JsonNode b) {
    if (a == null || b == null) {
      found.add(new Difference(path, a, b));
    } else if (a.isObject() && b.isObject()) {
      compareFields(path, a, b);
    } else if (a.isArray() && b.isArray() && isNamed(field, a) && isNamed(field, b)) {
      compareNamed(path, NAMED_BY.get(field), a, b);
    } else if (!equal(a, b)) {
      found.add(new Difference(path, a, b));
    }
  }

  private static boolean equal(JsonNode a, JsonNode b) {
    // 100 and 100.0 are the same number in JSON.
    if (a.isNumber() && b.isNumber()) {
      return a.decimalValue().compareTo(b.decimalValue()) == 0;
    }
    return a.equals(b);
  }

  private void compareFields(String path, JsonNode a, JsonNode b) {
    Set<String> names = new LinkedHashSet<>();
    a.fieldNames().forEachRemaining(names::add);
    b.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      boolean time = path.isEmpty() && name.equals(TIME);
      if (!time) {
        String at = path.isEmpty() ? name : path + "." + name;
        compare(at, name, a.get(name), b.get(name));
      }
    }
  }

  private static boolean isNamed(String field, JsonNode array) {
    String key = NAMED_BY.get(field);
    if (key == null) {
      return false;
    }
    Set<String> names = new LinkedHashSet<>();
    Iterator<JsonNode> items = array.elements();
    while (items.hasNext()) {
      JsonNode name = items.next().get(key);
      if (name == null || !name.isTextual() || !names.add(name.asText())) {
        return false;
      }
    }
    return true;
  }

  private void compareNamed(String path, String key, JsonNode a, JsonNode b) {
    Map<String, JsonNode> inA = byName(key, a);
    Map<String, JsonNode> inB = byName(key, b);
    int before = found.size();
    Set<String> names = new LinkedHashSet<>(inA.keySet());
    names.addAll(inB.keySet());
    for (String name : names) {
      compare("%s[%s]".formatted(path, name), "", inA.get(name), inB.get(name));
    }
    if (found.size() == before && !List.copyOf(inA.keySet()).equals(List.copyOf(inB.keySet()))) {
      found.add(new Difference(path + " (order)", a.path(0).path(key), b.path(0).path(key)));
    }
  }

  private static Map<String, JsonNode> byName(String key, JsonNode array) {
    Map<String, JsonNode> byName = new LinkedHashMap<>();
    array.forEach(item -> byName.put(item.get(key).asText(), item));
    return byName;
  }
}
