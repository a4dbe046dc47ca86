package quickpage.index.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where two {@code index.json} differ, field by field, {@code generatedAt} apart. Types and groups
 * are compared by name, not by place, so that one new type is one difference. Of types no more are
 * held than are at other places in one file than in the other.
 */
public final class IndexDifferences {

  /** Arrays whose items have a name: the field that names them, by the array's own name. */
  private static final Map<String, String> NAMED_BY = Map.of("groups", "parentRoi", "rois", "name");

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
  public record Difference(String path, JsonNode a, JsonNode b) {

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

  /**
   * Reads both to their ends.
   *
   * @throws quickpage.index.error.RefusedException if one of them is no index
   */
  public static List<Difference> between(IndexFile a, IndexFile b) {
    Side inA = new Side(a);
    Side inB = new Side(b);
    Map<String, List<Difference>> ofBoth = new HashMap<>();
    while (inA.hasNext() || inB.hasNext()) {
      for (String name : Arrays.asList(inA.next(), inB.next())) {
        if (name != null && inA.waiting.containsKey(name) && inB.waiting.containsKey(name)) {
          JsonNode one = inA.waiting.remove(name);
          JsonNode other = inB.waiting.remove(name);
          if (!one.equals(other)) {
            ofBoth.put(name, between(name, one, other));
          }
        }
      }
    }
    IndexDifferences all = new IndexDifferences();
    all.compare("", "", a.fields(), b.fields());
    int before = all.found.size();
    Set<String> names = new LinkedHashSet<>(inA.names);
    names.addAll(inB.names);
    for (String name : names) {
      all.found.addAll(
          inA.waiting.containsKey(name) || inB.waiting.containsKey(name)
              ? between(name, inA.waiting.get(name), inB.waiting.get(name))
              : ofBoth.getOrDefault(name, List.of()));
    }
    if (all.found.size() == before && !inA.names.equals(inB.names)) {
      all.found.add(new Difference("types (order)", inA.first(), inB.first()));
    }
    return List.copyOf(all.found);
  }

  private static List<Difference> between(String type, JsonNode a, JsonNode b) {
    IndexDifferences differences = new IndexDifferences();
    differences.compare("types[%s]".formatted(type), "", a, b);
    return differences.found;
  }

  /** What has been read of a file. */
  private static final class Side {
    private final IndexFile file;
    private final List<String> names = new ArrayList<>();

    /** Entries of types that the other file has not had yet. */
    private final Map<String, JsonNode> waiting = new HashMap<>();

    private JsonNode next;

    Side(IndexFile file) {
      this.file = file;
      next = file.nextType();
    }

    boolean hasNext() {
      return next != null;
    }

    /** Takes up the next type, and gives its name; null after the last. */
    String next() {
      if (next == null) {
        return null;
      }
      String name = next.path("name").textValue();
      names.add(name);
      waiting.put(name, next);
      next = file.nextType();
      return name;
    }

    JsonNode first() {
      return names.isEmpty() ? null : TextNode.valueOf(names.get(0));
    }
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
