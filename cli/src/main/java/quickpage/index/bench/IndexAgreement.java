package quickpage.index.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import quickpage.index.compare.IndexFile;

/** Whether the script and a run of ours say the same, in the fields that the script has. */
final class IndexAgreement {

  /** The script's fields, and where they stand in an entry of {@code index.json}. */
  private static final Map<String, String> FIELDS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("/total", "/counts/total"),
              Map.entry("/left", "/counts/left"),
              Map.entry("/right", "/counts/right"),
              Map.entry("/pre", "/synapses/pre"),
              Map.entry("/post", "/synapses/post"),
              Map.entry("/pages/combined", "/pages/combined"),
              Map.entry("/pages/L", "/pages/left"),
              Map.entry("/pages/R", "/pages/right"),
              Map.entry("/consensusNt", "/neurotransmitter/consensus"),
              Map.entry("/celltypePredictedNt", "/neurotransmitter/predicted"),
              Map.entry("/celltypePredictedNtConfidence", "/neurotransmitter/confidence"),
              Map.entry("/celltypeTotalNtPredictions", "/neurotransmitter/predictions"),
              Map.entry("/dimorphism", "/dimorphism"),
              Map.entry("/synonyms", "/synonyms"),
              Map.entry("/superclass", "/superclasses"),
              Map.entry("/class", "/classes"),
              Map.entry("/subclass", "/subclasses"),
              Map.entry("/flywireType", "/flywireTypes"),
              Map.entry("/somaNeuromere", "/somaNeuromeres"),
              Map.entry("/trumanHl", "/hemilineages"),
              Map.entry("/itoleeHl", "/itoleeHemilineages"),
              Map.entry("/supertype", "/supertypes"),
              Map.entry("/otherTypes", "/otherTypes"),
              Map.entry("/otherClasses", "/otherClasses")));

  private static final List<String> ROI_FIELDS =
      List.of("/name", "/pre", "/post", "/prePercent", "/postPercent");

  /** Percentages may be added up in another order. */
  private static final double ROUNDING = 1e-9;

  private IndexAgreement() {}

  /**
   * Sentences about what differs, by type.
   *
   * @param script its file
   * @return empty if both agree
   */
  static List<String> differences(JsonNode script, IndexFile ours) {
    Map<String, JsonNode> theirs = byName(script);
    List<String> onlyOurs = new ArrayList<>();
    List<String> differences = new ArrayList<>();
    for (JsonNode entry = ours.nextType(); entry != null; entry = ours.nextType()) {
      String name = entry.path("name").asText();
      JsonNode other = theirs.remove(name);
      if (other == null) {
        onlyOurs.add(onlyIn("the run", name));
      } else {
        compareEntry(name, other, entry, differences);
      }
    }
    return Stream.of(
            theirs.keySet().stream().map(name -> onlyIn("the script", name)),
            onlyOurs.stream(),
            differences.stream())
        .flatMap(sentences -> sentences)
        .toList();
  }

  private static String onlyIn(String where, String name) {
    return "%s is only in what %s made".formatted(name, where);
  }

  private static Map<String, JsonNode> byName(JsonNode index) {
    Map<String, JsonNode> byName = new TreeMap<>();
    index.path("types").forEach(entry -> byName.put(entry.path("name").asText(), entry));
    return byName;
  }

  private static void compareEntry(
      String name, JsonNode script, JsonNode ours, List<String> differences) {
    FIELDS.forEach(
        (theirs, field) ->
            compare(name + " " + field, script.at(theirs), ours.at(field), differences));
    JsonNode rois = ours.path("rois");
    if (rois.size() != script.path("rois").size()) {
      differences.add(
          "%s /rois: %d in the script, %d in the run"
              .formatted(name, script.path("rois").size(), rois.size()));
      return;
    }
    for (int i = 0; i < rois.size(); i++) {
      for (String field : ROI_FIELDS) {
        compare(
            "%s /rois/%d%s".formatted(name, i, field),
            script.path("rois").path(i).at(field),
            rois.path(i).at(field),
            differences);
      }
    }
  }

  private static void compare(
      String where, JsonNode script, JsonNode ours, List<String> differences) {
    if (!same(script, ours)) {
      differences.add("%s: %s in the script, %s in the run".formatted(where, script, ours));
    }
  }

  private static boolean same(JsonNode script, JsonNode ours) {
    if (script.isNumber() && ours.isNumber()) {
      return Math.abs(script.asDouble() - ours.asDouble()) <= ROUNDING;
    }
    return (isNothing(script) && isNothing(ours)) || script.equals(ours);
  }

  private static boolean isNothing(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }
}
