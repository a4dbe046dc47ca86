package quickpage.index.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import quickpage.index.model.roi.RoiShare;

/**
 * One type in {@code data/index.json}, exactly as it is written there (docs/index-semantics.md,
 * "data/index.json").
 *
 * @param parentRoi the parent of the first ROI, "" where there is none
 * @param error why the type is unavailable; the key is there only then
 */
@JsonPropertyOrder({
  "name",
  "status",
  "error",
  "pages",
  "counts",
  "synapses",
  "rois",
  "parentRoi",
  "parentRois",
  "neurotransmitter",
  "superclasses",
  "classes",
  "subclasses",
  "dimorphism",
  "synonyms",
  "flywireTypes",
  "somaNeuromeres",
  "hemilineages",
  "itoleeHemilineages",
  "supertypes",
  "otherTypes",
  "otherClasses"
})
public record IndexEntry(
    String name,
    EntryStatus status,
    @JsonInclude(JsonInclude.Include.NON_NULL) String error,
    TypePages pages,
    Counts counts,
    Synapses synapses,
    List<RoiShare> rois,
    String parentRoi,
    List<String> parentRois,
    Neurotransmitter neurotransmitter,
    List<String> superclasses,
    List<String> classes,
    List<String> subclasses,
    String dimorphism,
    String synonyms,
    List<String> flywireTypes,
    List<String> somaNeuromeres,
    List<String> hemilineages,
    List<String> itoleeHemilineages,
    List<String> supertypes,
    SortedMap<String, List<String>> otherTypes,
    SortedMap<String, List<String>> otherClasses) {

  /** Neurons by side; all null where the dataset was not asked. */
  @JsonPropertyOrder({"total", "left", "right", "middle", "unknown"})
  public record Counts(Long total, Long left, Long right, Long middle, Long unknown) {
    public static final Counts UNASKED = new Counts(null, null, null, null, null);
    public static final Counts NONE = new Counts(0L, 0L, 0L, 0L, 0L);

    static Counts of(SideCounts counts) {
      return new Counts(
          counts.total(), counts.left(), counts.right(), counts.middle(), counts.unknown());
    }
  }

  /** Synapse sums; both null where the dataset was not asked. */
  @JsonPropertyOrder({"pre", "post"})
  public record Synapses(Long pre, Long post) {
    public static final Synapses UNASKED = new Synapses(null, null);
    public static final Synapses NONE = new Synapses(0L, 0L);
  }

  /** An entry with the dataset's numbers. */
  public static IndexEntry described(
      TypeFacts facts,
      TypePages pages,
      List<RoiShare> rois,
      String parentRoi,
      List<String> parentRois) {
    TypeProperties properties = facts.properties();
    return new IndexEntry(
        facts.type(),
        EntryStatus.OK,
        null,
        pages,
        Counts.of(facts.counts()),
        new Synapses(facts.synapses().pre(), facts.synapses().post()),
        rois,
        parentRoi,
        parentRois,
        properties.neurotransmitter(),
        properties.superclasses(),
        properties.classes(),
        properties.subclasses(),
        properties.dimorphism(),
        properties.synonyms(),
        properties.flywireTypes(),
        properties.somaNeuromeres(),
        properties.hemilineages(),
        properties.itoleeHemilineages(),
        properties.supertypes(),
        properties.otherTypes(),
        properties.otherClasses());
  }

  /** A page of a type that the dataset does not have. */
  public static IndexEntry withoutNeurons(String name, TypePages pages) {
    return bare(name, EntryStatus.NO_NEURONS, null, pages, Counts.NONE, Synapses.NONE);
  }

  /** A page of a run that asked NeuPrint nothing. */
  public static IndexEntry notAsked(String name, TypePages pages) {
    return bare(name, EntryStatus.NOT_ASKED, null, pages, Counts.UNASKED, Synapses.UNASKED);
  }

  /** A type whose data could not be had. */
  public static IndexEntry unavailable(String name, TypePages pages, String reason) {
    return bare(name, EntryStatus.UNAVAILABLE, reason, pages, Counts.UNASKED, Synapses.UNASKED);
  }

  private static IndexEntry bare(
      String name,
      EntryStatus status,
      String error,
      TypePages pages,
      Counts counts,
      Synapses synapses) {
    return new IndexEntry(
        name,
        status,
        error,
        pages,
        counts,
        synapses,
        List.of(),
        "",
        List.of(),
        Neurotransmitter.NONE,
        List.of(),
        List.of(),
        List.of(),
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Collections.emptySortedMap(),
        Collections.emptySortedMap());
  }
}
