package quickpage.index.neuprint.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.SideCounts;
import quickpage.index.model.SideRule;
import quickpage.index.model.SideRules;
import quickpage.index.model.TypeFacts;
import quickpage.index.model.TypePages;
import quickpage.index.neuprint.TypeQuestion.TypeToAsk;
import quickpage.index.neuprint.cypher.Sides;
import quickpage.index.neuprint.cypher.TypeQuery;

/** The table in docs/index-semantics.md says what is read of which family, and how. */
class FamiliesDocumentTest {

  private static final String HEADING = "## What is read, family by family\n";

  private static final String SIDES = "counts";
  private static final Set<String> SUMS = Set.of("synapses", "rois");
  private static final Set<String> OBJECTS = Set.of("otherTypes", "otherClasses");

  private static final List<String> SIDE_PROPERTIES =
      List.of("rootSide", "somaSide", "side", "instance");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<TypeToAsk> TYPE = List.of(new TypeToAsk("T", 1, true));
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern READ = Pattern.compile("\\bn\\.([A-Za-z]\\w*)");

  /**
   * One column.
   *
   * @param datasets names of such datasets
   * @param rows by the entry's key, the properties in their order
   */
  private record Family(List<String> datasets, Map<String, List<String>> rows) {
    @Override
    public String toString() {
      return datasets.toString();
    }
  }

  static List<Family> families() throws IOException {
    String document = Files.readString(Path.of("../docs/index-semantics.md"));
    String section = document.substring(document.indexOf(HEADING) + HEADING.length());
    List<List<String>> table =
        section
            .substring(0, section.indexOf("\n## "))
            .lines()
            .filter(line -> line.startsWith("| "))
            .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
            .toList();
    List<Family> families = new ArrayList<>();
    for (int column = 2; column < table.get(0).size() - 1; column++) {
      List<String> names = code(table.get(0).get(column));
      Map<String, List<String>> rows = new LinkedHashMap<>();
      for (List<String> line : table.subList(2, table.size())) {
        rows.put(code(line.get(1)).get(0), code(line.get(column)));
      }
      families.add(
          new Family(
              names.isEmpty()
                  ? List.of("manc:v1.2.1", "fanc", "CNS:v1", "hemibrain2:v1")
                  : names.stream().flatMap(name -> Stream.of(name, name + ":v1")).toList(),
              rows));
    }
    return families;
  }

  private static List<String> code(String cell) {
    return CODE.matcher(cell).results().map(found -> found.group(1)).toList();
  }

  /** The rules of a dataset, whatever its neurons have. */
  private static Set<SideRule> rules(String dataset) {
    Set<SideRule> rules = new LinkedHashSet<>();
    for (int has = 0; has < 8; has++) {
      rules.add(SideRules.of(dataset, (has & 1) > 0, (has & 2) > 0, (has & 4) > 0));
    }
    return rules;
  }

  private static Set<String> read(SideRule rule) {
    Set<String> read = new HashSet<>();
    Matcher properties = READ.matcher(TypeQuery.of(TYPE, rule, List.of("ME(R)"), List.of(), false));
    while (properties.find()) {
      read.add(properties.group(1));
    }
    read.removeAll(Set.of("type", "bodyId"));
    return read;
  }

  @Test
  void theTableHasAColumnForEachFamilyAndARowForEachKeyThatRestsOnProperties() throws IOException {
    assertThat(families()).hasSize(5);
    Set<String> keys = new TreeSet<>();
    JsonNode entry =
        JSON.valueToTree(IndexEntry.withoutNeurons("T", new TypePages("T.html", null, null, null)));
    entry
        .properties()
        .forEach(
            key -> {
              if (key.getKey().equals("neurotransmitter")) {
                key.getValue()
                    .properties()
                    .forEach(field -> keys.add("neurotransmitter." + field.getKey()));
              } else {
                keys.add(key.getKey());
              }
            });
    // What rests on pages, and on the ROIs above.
    keys.removeAll(Set.of("name", "status", "pages", "parentRoi", "parentRois"));
    for (Family family : families()) {
      assertThat(new TreeSet<>(family.rows().keySet())).isEqualTo(keys);
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void theQueriesReadWhatTheTableNamesAndNothingElse(Family family) {
    Set<String> named = new TreeSet<>();
    family.rows().values().forEach(named::addAll);
    for (String dataset : family.datasets()) {
      Set<String> read = new TreeSet<>();
      rules(dataset).forEach(rule -> read.addAll(read(rule)));
      assertThat(read).as(dataset).isEqualTo(named);
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void theSideIsTheFirstOfThePropertiesInTheTablesOrder(Family family) {
    List<String> looked = family.rows().get(SIDES);
    for (String dataset : family.datasets()) {
      for (String property : SIDE_PROPERTIES) {
        int at = looked.indexOf(property);
        assertThat(sides(dataset, Map.of(property, "L")).contains(Sides.Side.LEFT))
            .as("%s: %s alone", dataset, property)
            .isEqualTo(at >= 0);
        if (at >= 0) {
          Map<String, String> neuron = new HashMap<>(Map.of(property, "L"));
          looked.subList(at + 1, looked.size()).forEach(later -> neuron.put(later, "R"));
          assertThat(sides(dataset, neuron))
              .as("%s: %s before the rest", dataset, property)
              .contains(Sides.Side.LEFT)
              .doesNotContain(Sides.Side.RIGHT);
        }
      }
    }
  }

  /** The side of a neuron by each rule that can hold, as other neurons may have more properties. */
  private static Set<Sides.Side> sides(String dataset, Map<String, String> neuron) {
    Set<Sides.Side> sides = new HashSet<>();
    String instance = neuron.get("instance");
    for (int others = 0; others < 8; others++) {
      SideRule rule =
          SideRules.of(
              dataset,
              (others & 1) > 0 || neuron.containsKey("rootSide"),
              (others & 2) > 0 || neuron.containsKey("somaSide"),
              (others & 4) > 0 || neuron.containsKey("side"));
      sides.add(
          Sides.of(
              rule,
              neuron.get("rootSide"),
              neuron.get("somaSide"),
              neuron.get("side"),
              instance == null ? null : "T_" + instance));
    }
    return sides;
  }

  @ParameterizedTest
  @MethodSource("families")
  void eachKeyIsWhatTheFirstOfItsPropertiesSays(Family family) {
    for (String dataset : family.datasets()) {
      for (SideRule rule : rules(dataset)) {
        family
            .rows()
            .forEach(
                (key, properties) -> {
                  if (!key.equals(SIDES) && !SUMS.contains(key)) {
                    assertKey(rule, key, properties);
                  }
                });
      }
    }
  }

  private static void assertKey(SideRule rule, String key, List<String> properties) {
    for (String property : read(rule)) {
      int at = properties.indexOf(property);
      JsonNode alone = value(rule, key, Set.of(property));
      assertThat(alone.toString())
          .as("%s: %s of %s alone", rule, key, property)
          .isEqualTo(at < 0 ? nothing(key) : said(key, property));
      if (at >= 0 && !OBJECTS.contains(key)) {
        Set<String> rest = new HashSet<>(properties.subList(at, properties.size()));
        assertThat(value(rule, key, rest).toString())
            .as("%s: %s of %s", rule, key, rest)
            .isEqualTo(said(key, property));
      }
    }
    if (OBJECTS.contains(key)) {
      assertThat(value(rule, key, new HashSet<>(properties))).hasSize(properties.size());
    }
  }

  private static String nothing(String key) {
    return OBJECTS.contains(key)
        ? "{}"
        : key.endsWith("s") && !key.equals("synonyms") && !key.contains(".") ? "[]" : "null";
  }

  private static String said(String key, String property) {
    int number = number(property);
    if (OBJECTS.contains(key)) {
      return "{\"%s\":[\"%d\"]}".formatted(property, number);
    }
    return switch (key) {
      case "neurotransmitter.confidence" -> number + ".0";
      case "neurotransmitter.predictions" -> "" + number;
      default -> nothing(key).equals("[]") ? "[\"%d\"]".formatted(number) : "\"" + number + "\"";
    };
  }

  /** Another one for each property, so that what is said tells by which. */
  private static int number(String property) {
    return 1 + Math.floorMod(property.hashCode(), 100_000);
  }

  /** What an entry has for a key where the type's neuron has these properties. */
  private static JsonNode value(SideRule rule, String key, Set<String> properties) {
    TypeAnswer answer =
        new TypeAnswer("d", List.of(new TypeToAsk("T", 1, false)), rule, Set.of(), List.of());
    List<Object> firsts = new ArrayList<>();
    TypeQuery.FIRST_VALUES.forEach(
        property -> firsts.add(properties.contains(property) ? number(property) : null));
    List<Object> lists = new ArrayList<>();
    TypeQuery.distinctValues(List.of())
        .forEach(
            property ->
                lists.add(properties.contains(property) ? List.of(number(property)) : List.of()));
    long present = firsts.stream().filter(Objects::nonNull).count();
    long listed = lists.stream().filter(list -> !list.equals(List.of())).count();
    add(answer, "type", "T", List.of(1, 0, 0, present, listed, firsts, lists));
    add(answer, "sides", "T", List.of(Arrays.asList(null, null, null, null, 1)));
    add(answer, "version", null, List.of("u", "e"));
    TypeFacts facts = answer.facts().get(0);
    assertThat(facts.counts()).isEqualTo(new SideCounts(1, 0, 0, 0));
    JsonNode entry =
        JSON.valueToTree(
            IndexEntry.described(
                facts, new TypePages("T.html", null, null, null), List.of(), "", List.of()));
    return entry.at("/" + key.replace('.', '/'));
  }

  private static void add(TypeAnswer answer, String part, String type, Object value) {
    answer.add(JSON.valueToTree(Arrays.asList(part, type, value)));
  }
}
