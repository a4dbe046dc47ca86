package quickpage.index.neuprint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import quickpage.index.model.CodePointOrder;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.Neurotransmitter;
import quickpage.index.model.RoiSum;
import quickpage.index.model.SideCounts;
import quickpage.index.model.SideRule;
import quickpage.index.model.SynapseCounts;
import quickpage.index.model.TypeFacts;
import quickpage.index.model.TypeProperties;
import quickpage.index.neuprint.TypeQuestion.TypeToAsk;

/**
 * The answer to a {@link TypeQuery}: takes its rows in any order and makes facts of them. What one
 * type's data break is that type's fault alone, and so is what is missing of it or there twice.
 */
final class TypeAnswer {
  private final String dataset;
  private final SideRule rule;
  private final Set<String> primaryRois;
  private final Map<String, TypeToAsk> asked = new LinkedHashMap<>();
  private final Map<String, Properties> properties = new HashMap<>();
  private final Map<String, SideCounts> sides = new HashMap<>();
  private final Map<String, List<RoiSum>> rois = new HashMap<>();
  private final Map<String, RoiTally> tallies = new HashMap<>();
  private final Map<String, String> faults = new LinkedHashMap<>();
  private DatasetVersion version;

  /** What the part {@code type} says. */
  private record Properties(SynapseCounts synapses, TypeProperties properties) {}

  TypeAnswer(String dataset, List<TypeToAsk> types, SideRule rule, Set<String> primaryRois) {
    this.dataset = dataset;
    this.rule = rule;
    this.primaryRois = primaryRois;
    this.version = new DatasetVersion(dataset, null, null);
    types.forEach(type -> asked.put(type.name(), type));
  }

  /** Takes one row, {@code [part, type, value]}. */
  void add(JsonNode row) throws Unreadable {
    String part = row.path(0).asText();
    JsonNode value = row.path(2);
    if (part.equals(TypeQuery.PART_VERSION)) {
      version = new DatasetVersion(dataset, Values.text(value.get(0)), Values.text(value.get(1)));
      return;
    }
    TypeToAsk type = asked.get(row.path(1).asText());
    if (type == null) {
      throw new Unreadable("a row of a type that was not asked for");
    }
    try {
      switch (part) {
        case TypeQuery.PART_TYPE -> once(properties, type, properties(type, value));
        case TypeQuery.PART_SIDES -> once(sides, type, sides(type, value));
        case TypeQuery.PART_ROIS -> once(rois, type, sums(type, value));
        case TypeQuery.PART_ROI_INFO ->
            tallies
                .computeIfAbsent(type.name(), absent -> new RoiTally(primaryRois))
                .add(Values.text(value.get(0)), Values.text(value.get(1)));
        default -> throw new Unreadable("a row of an unknown part");
      }
    } catch (TypeFault fault) {
      faults.putIfAbsent(type.name(), fault.getMessage());
    }
  }

  private static <T> void once(Map<String, T> parts, TypeToAsk type, T part) throws TypeFault {
    if (parts.put(type.name(), part) != null) {
      throw TypeFault.notWhole("a part of it came twice");
    }
  }

  DatasetVersion version() {
    return version;
  }

  /**
   * A type that was asked for, has neurons by the census, and is nowhere in the answer; null if
   * there is none.
   */
  String missing() {
    return asked.values().stream()
        .filter(type -> type.neurons() > 0 && !isNamed(type.name()))
        .map(TypeToAsk::name)
        .findFirst()
        .orElse(null);
  }

  private boolean isNamed(String type) {
    return faults.containsKey(type)
        || properties.containsKey(type)
        || sides.containsKey(type)
        || rois.containsKey(type)
        || tallies.containsKey(type);
  }

  /** The types that can be understood, in the order in which they were asked for. */
  List<TypeFacts> facts() {
    List<TypeFacts> facts = new ArrayList<>();
    for (TypeToAsk type : asked.values()) {
      if (!faults.containsKey(type.name())) {
        try {
          facts.add(facts(type));
        } catch (TypeFault fault) {
          faults.put(type.name(), fault.getMessage());
        }
      }
    }
    return facts;
  }

  /** The types that cannot, with a sentence that says why; ask for the facts first. */
  Map<String, String> faults() {
    return faults;
  }

  private TypeFacts facts(TypeToAsk type) throws TypeFault {
    String name = type.name();
    if (type.neurons() == 0 && !isNamed(name)) {
      return new TypeFacts(
          name,
          new Sides().counts(),
          new SynapseCounts(0, 0),
          type.withRois() ? List.of() : null,
          TypeProperties.NONE);
    }
    Properties values = present(properties.get(name), "properties");
    return new TypeFacts(
        name,
        present(sides.get(name), "sides"),
        values.synapses(),
        type.withRois() ? roiSums(type) : null,
        values.properties());
  }

  private static <T> T present(T part, String what) throws TypeFault {
    if (part == null) {
      throw TypeFault.notWhole("its %s are missing".formatted(what));
    }
    return part;
  }

  private List<RoiSum> roiSums(TypeToAsk type) throws TypeFault {
    if (primaryRois.isEmpty()) {
      return List.of(); // then the query does not ask for any
    }
    RoiTally tally = tallies.get(type.name());
    if (tally == null) {
      return present(rois.get(type.name()), "ROIs");
    }
    expect(type, tally.neurons(), "ROIs");
    return tally.sums();
  }

  private static void expect(TypeToAsk type, long neurons, String what) throws TypeFault {
    if (neurons != type.neurons()) {
      throw TypeFault.notWhole(
          "its %s are those of %d neurons, and it has %d".formatted(what, neurons, type.neurons()));
    }
  }

  private static Properties properties(TypeToAsk type, JsonNode value) throws TypeFault {
    JsonNode firsts = value.path(5);
    JsonNode lists = value.path(6);
    long present = 0;
    for (JsonNode first : firsts) {
      present += first.isNull() ? 0 : 1;
    }
    long listed = 0;
    for (JsonNode list : lists) {
      listed += list.size();
    }
    boolean isWhole =
        firsts.size() == TypeQuery.FIRST_VALUES.size()
            && lists.size() == TypeQuery.DISTINCT_VALUES.size()
            && present == count(value.get(3), "values")
            && listed == count(value.get(4), "values");
    if (!isWhole) {
      throw TypeFault.notWhole("some of its properties are missing");
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
            distinct(lists, "trumanHl")));
  }

  /** The stand-ins are null but on flywire-fafb. */
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

  private static List<String> distinct(JsonNode lists, String property) {
    Set<String> texts = new TreeSet<>(CodePointOrder.BY_CODE_POINT);
    texts.addAll(Values.texts(lists.path(TypeQuery.DISTINCT_VALUES.indexOf(property))));
    return List.copyOf(texts);
  }

  private SideCounts sides(TypeToAsk type, JsonNode histogram) throws TypeFault {
    Sides counted = new Sides();
    for (JsonNode bin : histogram) {
      String rootSide = Values.text(bin.get(0));
      String somaSide = Values.text(bin.get(1));
      String side = Values.text(bin.get(2));
      if (Sides.restOnNoSideProperty(rule)
          && (rootSide != null || somaSide != null || side != null)) {
        throw TypeFault.notWhole(
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

  private List<RoiSum> sums(TypeToAsk type, JsonNode value) throws TypeFault {
    JsonNode entries = value.path(1);
    if (entries.size() != count(value.get(0), "ROIs")) {
      throw TypeFault.notWhole("some of its ROIs are missing");
    }
    List<RoiSum> sums = new ArrayList<>();
    long neurons = 0;
    for (JsonNode entry : entries) {
      String roi = entry.path(0).asText();
      long count = count(entry.get(1), "neurons");
      switch (roi) {
        case TypeQuery.NOT_READ -> throw RoiTally.unreadable();
        case TypeQuery.READ, TypeQuery.NO_ROI_INFO -> neurons = Math.addExact(neurons, count);
        default ->
            sums.add(new RoiSum(roi, count(entry.get(2), "pre"), count(entry.get(3), "post")));
      }
    }
    expect(type, neurons, "ROIs");
    return sums;
  }

  /** A number that the server made; null is 0. */
  private static long count(JsonNode value, String what) throws TypeFault {
    if (value == null || value.isNull()) {
      return 0;
    }
    Long count = value.isNumber() ? Values.whole(value) : null;
    if (count == null) {
      throw TypeFault.unreadable("its sum of %s is not a whole number of 64 bits".formatted(what));
    }
    return count;
  }
}
