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
 * type's data break is that type's fault alone.
 */
final class TypeAnswer {
  private final String dataset;
  private final SideRule rule;
  private final Set<String> primaryRois;
  private final Map<String, TypeToAsk> asked = new LinkedHashMap<>();
  private final Map<String, JsonNode> properties = new HashMap<>();
  private final Map<String, Sides> sides = new HashMap<>();
  private final Map<String, List<RoiSum>> rois = new HashMap<>();
  private final Map<String, RoiTally> tallies = new HashMap<>();
  private final Map<String, String> faults = new LinkedHashMap<>();
  private DatasetVersion version;

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
    String type = row.path(1).asText();
    if (!asked.containsKey(type)) {
      throw new Unreadable("a row of a type that was not asked for");
    }
    try {
      switch (part) {
        case TypeQuery.PART_TYPE -> properties.put(type, value);
        case TypeQuery.PART_SIDES -> sides.put(type, sides(value));
        case TypeQuery.PART_ROIS -> rois.put(type, sums(value));
        case TypeQuery.PART_ROI_INFO -> addRoiInfo(type, value);
        default -> throw new Unreadable("a row of an unknown part");
      }
    } catch (TypeFault fault) {
      faults.putIfAbsent(type, fault.getMessage());
    }
  }

  DatasetVersion version() {
    return version;
  }

  /** A type that was asked for, has neurons by the census, and has none here; null if all are. */
  String missing() {
    return asked.values().stream()
        .filter(type -> type.neurons() > 0 && !properties.containsKey(type.name()))
        .map(TypeToAsk::name)
        .findFirst()
        .orElse(null);
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

  /** The types that cannot, with the end of a sentence that says why; ask for the facts first. */
  Map<String, String> faults() {
    return faults;
  }

  private void addRoiInfo(String type, JsonNode value) throws TypeFault {
    RoiTally tally = tallies.computeIfAbsent(type, absent -> new RoiTally(primaryRois));
    String text = Values.text(value);
    if (text != null) {
      tally.add(text);
    }
  }

  private TypeFacts facts(TypeToAsk type) throws TypeFault {
    String name = type.name();
    JsonNode values = properties.get(name);
    SideCounts counts = sides.getOrDefault(name, new Sides()).counts();
    List<RoiSum> sums = null;
    if (type.withRois()) {
      RoiTally tally = tallies.get(name);
      sums = tally != null ? tally.sums() : rois.getOrDefault(name, List.of());
    }
    return values == null
        ? new TypeFacts(name, counts, new SynapseCounts(0, 0), sums, TypeProperties.NONE)
        : new TypeFacts(
            name,
            counts,
            new SynapseCounts(count(values.get(0), "pre"), count(values.get(1), "post")),
            sums,
            properties(values));
  }

  private static TypeProperties properties(JsonNode values) {
    return new TypeProperties(
        neurotransmitter(values),
        distinct(values, "superclass"),
        distinct(values, "class"),
        distinct(values, "subclass"),
        Values.text(first(values, "dimorphism")),
        Values.text(first(values, "synonyms")),
        distinct(values, "flywireType"),
        distinct(values, "somaNeuromere"),
        distinct(values, "trumanHl"));
  }

  /** The stand-ins are null but on flywire-fafb. */
  private static Neurotransmitter neurotransmitter(JsonNode values) {
    String standIn = Values.text(first(values, "predictedNt"));
    String consensus = Values.text(first(values, "consensusNt"));
    String predicted = Values.text(first(values, "celltypePredictedNt"));
    JsonNode confidence = first(values, "celltypePredictedNtConfidence");
    return new Neurotransmitter(
        consensus == null ? standIn : consensus,
        predicted == null ? standIn : predicted,
        Values.decimal(
            Values.text(confidence) == null ? first(values, "predictedNtProb") : confidence),
        Values.whole(first(values, "celltypeTotalNtPredictions")));
  }

  private static JsonNode first(JsonNode values, String property) {
    return values.get(2 + TypeQuery.FIRST_VALUES.indexOf(property));
  }

  private static List<String> distinct(JsonNode values, String property) {
    int at = 2 + TypeQuery.FIRST_VALUES.size() + TypeQuery.DISTINCT_VALUES.indexOf(property);
    Set<String> texts = new TreeSet<>(CodePointOrder.BY_CODE_POINT);
    texts.addAll(Values.texts(values.path(at)));
    return List.copyOf(texts);
  }

  private Sides sides(JsonNode histogram) throws TypeFault {
    Sides counted = new Sides();
    for (JsonNode bin : histogram) {
      counted.add(
          Sides.of(
              rule,
              Values.text(bin.get(0)),
              Values.text(bin.get(1)),
              Values.text(bin.get(2)),
              Values.text(bin.get(3))),
          count(bin.get(4), "neurons"));
    }
    return counted;
  }

  private static List<RoiSum> sums(JsonNode list) throws TypeFault {
    List<RoiSum> sums = new ArrayList<>();
    for (JsonNode sum : list) {
      sums.add(
          new RoiSum(sum.path(0).asText(), count(sum.get(1), "pre"), count(sum.get(2), "post")));
    }
    return sums;
  }

  /** A sum made by the server; null is 0. */
  private static long count(JsonNode value, String what) throws TypeFault {
    if (value == null || value.isNull()) {
      return 0;
    }
    Long count = value.isNumber() ? Values.whole(value) : null;
    if (count == null) {
      throw new TypeFault("its sum of %s is not a whole number of 64 bits".formatted(what));
    }
    return count;
  }
}
