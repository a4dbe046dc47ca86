package quickpage.index.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * {@code data/index.json} as it has to be, computed from the raw neurons one type after the other:
 * simple and slow, written from the rules and not from the code that it checks.
 */
final class ReferenceIndex {
  static final Comparator<String> BY_CODE_POINT =
      (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The options that change what an index holds. */
  record Choices(double threshold, Integer limit, int minNeurons, List<String> facets) {
    static final Choices DEFAULT = new Choices(1.5, null, 1, List.of());
  }

  private final RawDataset dataset;
  private final ReferencePages pages;
  private final ReferenceRois rois;
  private final Choices choices;

  ReferenceIndex(RawDataset dataset, ReferencePages pages, Choices choices) {
    this.dataset = dataset;
    this.pages = pages;
    this.choices = choices;
    this.rois = new ReferenceRois(dataset);
  }

  /** The whole file but for {@code generatedAt}. */
  JsonNode json(String server) {
    Map<String, ObjectNode> entries = new TreeMap<>(BY_CODE_POINT);
    pages.known.forEach((type, its) -> entries.put(type, described(type, its)));
    pages.unknown.forEach((type, its) -> entries.put(type, bare(type, "no-neurons", its, true)));
    ObjectNode index = JSON.createObjectNode();
    index.put("schemaVersion", 2);
    ObjectNode about = index.putObject("dataset");
    about.put("server", server).put("name", dataset.name());
    about.set("uuid", dataset.meta().get("uuid"));
    about.set("lastDatabaseEdit", dataset.meta().get("lastDatabaseEdit"));
    return finished(index, entries.values());
  }

  /** The file of a run that asked nothing. */
  static JsonNode withoutNeuPrint(String server, String dataset, ReferencePages pages) {
    List<ObjectNode> entries = new ArrayList<>();
    pages.unknown.forEach((type, its) -> entries.add(bare(type, "not-asked", its, false)));
    ObjectNode index = JSON.createObjectNode();
    index.put("schemaVersion", 2);
    ObjectNode about = index.putObject("dataset");
    about.put("server", server).put("name", dataset).putNull("uuid").putNull("lastDatabaseEdit");
    return finished(index, entries);
  }

  private static JsonNode finished(ObjectNode index, Collection<ObjectNode> entries) {
    ObjectNode totals = index.putObject("totals");
    long neurons = 0;
    long pre = 0;
    long post = 0;
    ArrayNode types = index.putArray("types");
    TreeMap<String, List<String>> groups = new TreeMap<>(BY_CODE_POINT);
    for (ObjectNode entry : entries) {
      types.add(entry);
      neurons += entry.path("counts").path("total").asLong(0);
      pre += entry.path("synapses").path("pre").asLong(0);
      post += entry.path("synapses").path("post").asLong(0);
      groups
          .computeIfAbsent(entry.get("parentRoi").asText(), none -> new ArrayList<>())
          .add(entry.get("name").asText());
    }
    totals.put("types", entries.size()).put("neurons", neurons);
    totals.put("preSynapses", pre).put("postSynapses", post).put("unavailable", 0);
    List<String> others = groups.remove("");
    ArrayNode listed = index.putArray("groups");
    groups.forEach((parent, names) -> listed.add(group(parent, names)));
    if (others != null) {
      listed.add(group("Other", others));
    }
    return reread(index);
  }

  private static ObjectNode group(String parent, List<String> names) {
    ObjectNode group = JSON.createObjectNode();
    group.put("parentRoi", parent).set("types", JSON.valueToTree(names));
    return group;
  }

  /** Through its text, so that numbers are of the same kinds as in a file. */
  static JsonNode reread(JsonNode json) {
    try {
      return JSON.readTree(json.toString());
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private ObjectNode described(String type, Map<String, String> its) {
    List<Map<String, String>> neurons = dataset.neuronsOf(type);
    ObjectNode entry = bare(type, "ok", its, true);
    Map<String, Long> sides = new TreeMap<>();
    long pre = 0;
    long post = 0;
    for (Map<String, String> neuron : neurons) {
      sides.merge(ReferenceSides.of(dataset, neuron), 1L, Long::sum);
      pre += Long.parseLong(neuron.getOrDefault("pre", "0"));
      post += Long.parseLong(neuron.getOrDefault("post", "0"));
    }
    ObjectNode counts = entry.putObject("counts");
    counts.put("total", neurons.size()).put("left", sides.getOrDefault("L", 0L));
    counts.put("right", sides.getOrDefault("R", 0L)).put("middle", sides.getOrDefault("M", 0L));
    counts.put("unknown", sides.getOrDefault("?", 0L));
    entry.putObject("synapses").put("pre", pre).put("post", post);
    if (neurons.size() >= choices.minNeurons()) {
      describeRois(entry, rois.summary(neurons, choices.threshold()));
    }
    describeProperties(entry, neurons);
    return entry;
  }

  private void describeRois(ObjectNode entry, List<ReferenceRois.Share> summary) {
    ArrayNode listed = entry.putArray("rois");
    TreeSet<String> parents = new TreeSet<>(BY_CODE_POINT);
    for (ReferenceRois.Share share : summary) {
      String parent = rois.parent(share.name());
      parents.add(parent.isEmpty() ? share.name() : parent);
      if (choices.limit() == null || listed.size() < choices.limit()) {
        ObjectNode one = listed.addObject();
        one.put("name", share.name()).put("pre", share.pre()).put("post", share.post());
        one.put("total", share.total()).put("prePercent", share.prePercent());
        one.put("postPercent", share.postPercent());
        if (share.own() == null) {
          one.putNull("share");
        } else {
          one.putObject("share").put("pre", share.own().pre()).put("post", share.own().post());
        }
      }
    }
    entry.put("parentRoi", summary.isEmpty() ? "" : rois.parent(summary.get(0).name()));
    entry.set("parentRois", JSON.valueToTree(parents));
  }

  private void describeProperties(ObjectNode entry, List<Map<String, String>> neurons) {
    String consensus = first(neurons, "consensusNt");
    String predicted = first(neurons, "celltypePredictedNt");
    String confidence = first(neurons, "celltypePredictedNtConfidence");
    boolean pinned = dataset.name().matches("(cns|male-cns|hemibrain|optic-lobe)(:.*)?");
    boolean flywire = dataset.name().matches("flywire-fafb(:.*)?");
    if (!pinned) {
      String stand = first(neurons, "predictedNt");
      consensus = consensus == null ? stand : consensus;
      predicted = predicted == null ? stand : predicted;
      confidence = confidence == null ? first(neurons, "predictedNtProb") : confidence;
    }
    String predictions = first(neurons, "celltypeTotalNtPredictions");
    ObjectNode transmitter = entry.putObject("neurotransmitter");
    transmitter.put("consensus", consensus).put("predicted", predicted);
    transmitter.put("confidence", confidence == null ? null : Double.valueOf(confidence));
    transmitter.put("predictions", predictions == null ? null : Long.valueOf(predictions));
    entry.set("superclasses", distinct(neurons, "superclass"));
    entry.set("classes", distinct(neurons, "class"));
    entry.set("subclasses", distinct(neurons, "subclass"));
    entry.put("dimorphism", first(neurons, "dimorphism"));
    entry.put("synonyms", first(neurons, "synonyms"));
    entry.set("flywireTypes", distinct(neurons, "flywireType"));
    entry.set("somaNeuromeres", distinct(neurons, "somaNeuromere"));
    JsonNode hemilineages = distinct(neurons, "trumanHl");
    entry.set(
        "hemilineages",
        hemilineages.isEmpty() && !pinned && !flywire
            ? distinct(neurons, "hemilineage")
            : hemilineages);
    entry.set("itoleeHemilineages", distinct(neurons, "itoleeHl"));
    entry.set("supertypes", distinct(neurons, "supertype"));
    byProperty(
        entry.putObject("otherTypes"),
        neurons,
        List.of("hemibrainType", "mancType", "serialMotif", "systematicType"));
    List<String> classes =
        new ArrayList<>(List.of("birthtime", "entryNerve", "exitNerve", "fruDsx", "nerve"));
    classes.addAll(choices.facets());
    byProperty(entry.putObject("otherClasses"), neurons, classes);
  }

  private static ObjectNode bare(
      String type, String status, Map<String, String> its, boolean zeros) {
    ObjectNode entry = JSON.createObjectNode();
    entry.put("name", type).put("status", status);
    ObjectNode paths = entry.putObject("pages");
    for (String side : List.of("combined", "left", "right", "middle")) {
      paths.put(side, its.get(side));
    }
    Long none = zeros ? 0L : null;
    ObjectNode counts = entry.putObject("counts");
    for (String count : List.of("total", "left", "right", "middle", "unknown")) {
      counts.put(count, none);
    }
    entry.putObject("synapses").put("pre", none).put("post", none);
    entry.putArray("rois");
    entry.put("parentRoi", "").putArray("parentRois");
    ObjectNode transmitter = entry.putObject("neurotransmitter");
    for (String field : List.of("consensus", "predicted", "confidence", "predictions")) {
      transmitter.putNull(field);
    }
    entry.putNull("dimorphism").putNull("synonyms");
    for (String list :
        List.of(
            "superclasses",
            "classes",
            "subclasses",
            "flywireTypes",
            "somaNeuromeres",
            "hemilineages",
            "itoleeHemilineages",
            "supertypes")) {
      entry.putArray(list);
    }
    entry.putObject("otherTypes");
    entry.putObject("otherClasses");
    return entry;
  }

  private static String first(List<Map<String, String>> neurons, String property) {
    for (Map<String, String> neuron : neurons) {
      if (neuron.containsKey(property)) {
        return neuron.get(property);
      }
    }
    return null;
  }

  private static void byProperty(
      ObjectNode object, List<Map<String, String>> neurons, List<String> properties) {
    for (String property : properties) {
      JsonNode values = distinct(neurons, property);
      if (!values.isEmpty()) {
        object.set(property, values);
      }
    }
  }

  private static JsonNode distinct(List<Map<String, String>> neurons, String property) {
    TreeSet<String> values = new TreeSet<>(BY_CODE_POINT);
    for (Map<String, String> neuron : neurons) {
      if (neuron.containsKey(property)) {
        values.add(neuron.get(property));
      }
    }
    return JSON.valueToTree(values);
  }
}
