package quickpage.index.neuprint.answer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.Neurotransmitter;
import quickpage.index.model.SideCounts;
import quickpage.index.model.SideRule;
import quickpage.index.model.SynapseCounts;
import quickpage.index.model.TypeFacts;
import quickpage.index.model.TypeProperties;
import quickpage.index.model.roi.RoiSum;
import quickpage.index.neuprint.TypeQuestion.TypeToAsk;
import quickpage.index.neuprint.cypher.Sides;
import quickpage.index.neuprint.cypher.TypeQuery;
import quickpage.index.neuprint.failure.TypeFaultException;
import quickpage.index.text.CodePointOrder;

/**
 * The answer to a {@link TypeQuery}: takes its rows in any order, checks what the query itself
 * makes of them, and makes facts. What is wrong with one type's rows is that type's fault alone; a
 * row that belongs to none of those that were asked for makes the whole answer doubtful.
 */
public final class TypeAnswer {
  private final String dataset;
  private final SideRule rule;
  private final Set<String> primaryRois;
  private final List<String> facets;
  private final List<String> distinctValues;
  private final Map<String, TypeToAsk> asked = new LinkedHashMap<>();
  private final Map<String, Properties> properties = new HashMap<>();
  private final Map<String, SideCounts> sides = new HashMap<>();
  private final Map<String, List<RoiSum>> rois = new HashMap<>();
  private final Map<String, RoiCounter> counters = new HashMap<>();
  private final Map<String, TypeFaultException> faults = new LinkedHashMap<>();
  private DatasetVersion version;
  private TypeFaultException doubt;

  /** What the part {@code type} says. */
  private record Properties(SynapseCounts synapses, TypeProperties properties) {}

  /**
   * An answer without rows.
   *
   * @param facets as the query names them
   */
  public TypeAnswer(
      String dataset,
      List<TypeToAsk> types,
      SideRule rule,
      Set<String> primaryRois,
      List<String> facets) {
    this.dataset = dataset;
    this.rule = rule;
    this.primaryRois = primaryRois;
    this.facets = facets;
    this.distinctValues = TypeQuery.distinctValues(facets);
    types.forEach(type -> asked.put(type.name(), type));
  }

  /** Takes one row, {@code [part, type, value]}. */
  public void add(JsonNode row) {
    JsonNode part = row.path(0);
    if (row.size() != 3 || !part.isTextual()) {
      doubt("a row of it has not the form that the query gives it");
      return;
    }
    JsonNode value = row.get(2);
    if (part.textValue().equals(TypeQuery.PART_VERSION)) {
      addVersion(value);
      return;
    }
    TypeToAsk type = row.get(1).isTextual() ? asked.get(row.get(1).textValue()) : null;
    if (type == null) {
      doubt("it has a row of a type that was not asked for");
      return;
    }
    try {
      switch (part.textValue()) {
        case TypeQuery.PART_TYPE -> once(properties, type, properties(type, value));
        case TypeQuery.PART_SIDES -> once(sides, type, sides(type, value));
        case TypeQuery.PART_ROIS -> once(rois, type, sums(type, value));
        case TypeQuery.PART_ROI_INFO -> addRoiInfo(type, value);
        default -> doubt("it has a row of an unknown part");
      }
    } catch (TypeFaultException fault) {
      faults.putIfAbsent(type.name(), fault);
    } catch (ArithmeticException e) {
      faults.putIfAbsent(
          type.name(),
          TypeFaultException.unreadable("one of its sums is beyond a whole number of 64 bits"));
    }
  }

  private void doubt(String what) {
    if (doubt == null) {
      doubt = TypeFaultException.notWhole(what);
    }
  }

  private void addVersion(JsonNode value) {
    if (!value.isArray() || value.size() != 2 || isContainer(value.get(0), value.get(1))) {
      doubt("its version cannot be read");
      return;
    }
    version = new DatasetVersion(dataset, Values.text(value.get(0)), Values.text(value.get(1)));
  }

  private static boolean isContainer(JsonNode... values) {
    for (JsonNode value : values) {
      if (value.isContainerNode()) {
        return true;
      }
    }
    return false;
  }

  private void addRoiInfo(TypeToAsk type, JsonNode value) throws TypeFaultException {
    list(value, 2, "a roiInfo");
    counters
        .computeIfAbsent(type.name(), absent -> new RoiCounter(primaryRois))
        .add(Values.text(value.get(0)), Values.text(value.get(1)));
  }

  private static <T> void once(Map<String, T> parts, TypeToAsk type, T part)
      throws TypeFaultException {
    if (parts.put(type.name(), part) != null) {
      throw TypeFaultException.notWhole("a part of it came twice");
    }
  }

  /** As the answer says; null if it does not. */
  public DatasetVersion version() {
    return version;
  }

  /** The types that can be understood, in the order in which they were asked for. */
  public List<TypeFacts> facts() {
    if (version == null) {
      doubt("its version is missing");
    }
    if (doubt != null) {
      asked.keySet().forEach(type -> faults.put(type, doubt));
      return List.of();
    }
    List<TypeFacts> facts = new ArrayList<>();
    for (TypeToAsk type : asked.values()) {
      if (!faults.containsKey(type.name())) {
        try {
          facts.add(facts(type));
        } catch (TypeFaultException fault) {
          faults.put(type.name(), fault);
        }
      }
    }
    return facts;
  }

  /** The types that cannot, each with what is wrong; ask for the facts first. */
  public Map<String, TypeFaultException> faults() {
    return Collections.unmodifiableMap(faults);
  }

  private TypeFacts facts(TypeToAsk type) throws TypeFaultException {
    String name = type.name();
    TypeFacts facts;
    if (type.neurons() == 0 && !isNamed(name)) {
      facts =
          new TypeFacts(
              name,
              new Sides().counts(),
              new SynapseCounts(0, 0),
              type.withRois() ? List.of() : null,
              TypeProperties.NONE,
              facets);
    } else {
      Properties values = present(properties.get(name), "properties");
      facts =
          new TypeFacts(
              name,
              present(sides.get(name), "sides"),
              values.synapses(),
              type.withRois() ? roiSums(type) : null,
              values.properties(),
              facets);
    }
    String contradiction = facts.contradiction(type.neurons(), primaryRois);
    if (contradiction != null) {
      throw TypeFaultException.notWhole(contradiction);
    }
    return facts;
  }

  private boolean isNamed(String type) {
    return properties.containsKey(type)
        || sides.containsKey(type)
        || rois.containsKey(type)
        || counters.containsKey(type);
  }

  private static <T> T present(T part, String what) throws TypeFaultException {
    if (part == null) {
      throw TypeFaultException.notWhole("its %s are missing".formatted(what));
    }
    return part;
  }

  private List<RoiSum> roiSums(TypeToAsk type) throws TypeFaultException {
    if (primaryRois.isEmpty()) {
      return List.of(); // then the query does not ask for any
    }
    RoiCounter counter = counters.get(type.name());
    if (counter == null) {
      return present(rois.get(type.name()), "ROIs");
    }
    expect(type, counter.neurons(), "ROIs");
    return counter.sums();
  }

  private static void expect(TypeToAsk type, long neurons, String what) throws TypeFaultException {
    if (neurons != type.neurons()) {
      throw TypeFaultException.notWhole(
          "its %s are those of %d neurons, and it has %d".formatted(what, neurons, type.neurons()));
    }
  }

  private Properties properties(TypeToAsk type, JsonNode value) throws TypeFaultException {
    list(value, 7, "its properties");
    JsonNode firsts = list(value.get(5), TypeQuery.FIRST_VALUES.size(), "its properties");
    JsonNode lists = list(value.get(6), distinctValues.size(), "its properties");
    long present = 0;
    for (JsonNode first : firsts) {
      present += first.isNull() ? 0 : 1;
    }
    long listed = 0;
    for (JsonNode list : lists) {
      listed += list(list, list.size(), "its properties").size();
    }
    if (present != count(value.get(3), "values") || listed != count(value.get(4), "values")) {
      throw TypeFaultException.notWhole("some of its properties are missing");
    }
    expect(type, count(value.get(0), "neurons"), "properties");
    return new Properties(
        new SynapseCounts(count(value.get(1), "pre"), count(value.get(2), "post")),
        new TypeProperties(
            neurotransmitter(firsts),
            distinct(lists, "superclass"),
            distinct(lists, "class"),
            distinct(lists, "subclass"),
            Values.text(first(firsts, "dimorphism")),
            Values.text(first(firsts, "synonyms")),
            distinct(lists, "flywireType"),
            distinct(lists, "somaNeuromere"),
            hemilineages(lists),
            distinct(lists, "itoleeHl"),
            distinct(lists, "supertype"),
            byProperty(lists, TypeProperties.OTHER_TYPES),
            byProperty(
                lists,
                Stream.concat(TypeProperties.OTHER_CLASSES.stream(), facets.stream()).toList())));
  }

  /**
   * The stand-in's values are read where the rule does not ask for them only if they are a facet.
   */
  private List<String> hemilineages(JsonNode lists) {
    List<String> trumanHl = distinct(lists, "trumanHl");
    return trumanHl.isEmpty() && TypeQuery.hemilineageStandsIn(rule)
        ? distinct(lists, TypeQuery.HEMILINEAGE_STAND_IN)
        : trumanHl;
  }

  private SortedMap<String, List<String>> byProperty(JsonNode lists, List<String> properties) {
    SortedMap<String, List<String>> values = new TreeMap<>();
    for (String property : properties) {
      List<String> distinct = distinct(lists, property);
      if (!distinct.isEmpty()) {
        values.put(property, distinct);
      }
    }
    return values;
  }

  /** The stand-ins are null where {@link TypeQuery} does not ask for them. */
  private static Neurotransmitter neurotransmitter(JsonNode firsts) {
    String standIn = Values.text(first(firsts, "predictedNt"));
    String consensus = Values.text(first(firsts, "consensusNt"));
    String predicted = Values.text(first(firsts, "celltypePredictedNt"));
    JsonNode confidence = first(firsts, "celltypePredictedNtConfidence");
    return new Neurotransmitter(
        consensus == null ? standIn : consensus,
        predicted == null ? standIn : predicted,
        Values.decimal(
            Values.text(confidence) == null ? first(firsts, "predictedNtProb") : confidence),
        Values.whole(first(firsts, "celltypeTotalNtPredictions")));
  }

  private static JsonNode first(JsonNode firsts, String property) {
    return firsts.get(TypeQuery.FIRST_VALUES.indexOf(property));
  }

  private List<String> distinct(JsonNode lists, String property) {
    Set<String> texts = new TreeSet<>(CodePointOrder.BY_CODE_POINT);
    texts.addAll(Values.texts(lists.path(distinctValues.indexOf(property))));
    return List.copyOf(texts);
  }

  private SideCounts sides(TypeToAsk type, JsonNode histogram) throws TypeFaultException {
    list(histogram, histogram.size(), "its sides");
    Sides counted = new Sides();
    for (JsonNode bin : histogram) {
      list(bin, 5, "its sides");
      String rootSide = Values.text(bin.get(0));
      String somaSide = Values.text(bin.get(1));
      String side = Values.text(bin.get(2));
      if (Sides.restOnNoSideProperty(rule)
          && (rootSide != null || somaSide != null || side != null)) {
        throw TypeFaultException.notWhole(
            "some of its neurons have a side, and no neuron of the dataset had one when the run was"
                + " planned");
      }
      counted.add(
          Sides.of(rule, rootSide, somaSide, side, Values.text(bin.get(3))),
          count(bin.get(4), "neurons"));
    }
    expect(type, counted.counts().total(), "sides");
    return counted.counts();
  }

  private List<RoiSum> sums(TypeToAsk type, JsonNode value) throws TypeFaultException {
    list(value, 2, "its ROIs");
    JsonNode entries = list(value.get(1), value.get(1).size(), "its ROIs");
    if (entries.size() != count(value.get(0), "ROIs")) {
      throw TypeFaultException.notWhole("some of its ROIs are missing");
    }
    List<RoiSum> sums = new ArrayList<>();
    long neurons = 0;
    for (JsonNode entry : entries) {
      list(entry, 4, "its ROIs");
      if (!entry.get(0).isTextual()) {
        throw TypeFaultException.notWhole("one of its ROIs has no name");
      }
      String roi = entry.get(0).textValue();
      long count = count(entry.get(1), "neurons");
      switch (roi) {
        case TypeQuery.NOT_READ -> throw RoiCounter.unreadable();
        case TypeQuery.READ, TypeQuery.NO_ROI_INFO -> neurons = Math.addExact(neurons, count);
        default -> {
          if (count > type.neurons()) {
            throw TypeFaultException.notWhole("more neurons are in one of its ROIs than it has");
          }
          sums.add(new RoiSum(roi, count(entry.get(2), "pre"), count(entry.get(3), "post")));
        }
      }
    }
    expect(type, neurons, "ROIs");
    return sums;
  }

  /** A list that the query makes, with so many values. */
  private static JsonNode list(JsonNode value, int size, String what) throws TypeFaultException {
    if (value == null || !value.isArray() || value.size() != size) {
      throw TypeFaultException.notWhole(
          "a list of %s has not the form that the query gives it".formatted(what));
    }
    return value;
  }

  /** A number that the query makes: never missing, never negative. */
  private static long count(JsonNode value, String what) throws TypeFaultException {
    if (value == null || !value.isNumber()) {
      throw TypeFaultException.notWhole("its number of %s is no number".formatted(what));
    }
    Long count = Values.whole(value);
    if (count == null) {
      throw TypeFaultException.unreadable(
          "its sum of %s is not a whole number of 64 bits".formatted(what));
    }
    if (count < 0) {
      throw TypeFaultException.notWhole("its number of %s is negative".formatted(what));
    }
    return count;
  }
}
