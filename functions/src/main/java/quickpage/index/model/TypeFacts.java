package quickpage.index.model;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import quickpage.index.model.roi.RoiSum;

/**
 * What one version of a dataset says of one neuron type, before any option of a run is applied;
 * this is what the cache keeps.
 *
 * @param type the type's name as the database has it
 * @param rois the sums per primary ROI, each ROI once, in no particular order; null where the type
 *     was not asked for them ({@code minNeuronsForRois})
 * @param facets the properties, beside the usual ones, that they were read with; none of them need
 *     have a value
 */
public record TypeFacts(
    String type,
    SideCounts counts,
    SynapseCounts synapses,
    List<RoiSum> rois,
    TypeProperties properties,
    List<String> facets) {

  /** Facts that were read with no more than the usual properties. */
  public TypeFacts(
      String type,
      SideCounts counts,
      SynapseCounts synapses,
      List<RoiSum> rois,
      TypeProperties properties) {
    this(type, counts, synapses, rois, properties, List.of());
  }

  public TypeFacts {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(counts, "counts");
    Objects.requireNonNull(synapses, "synapses");
    Objects.requireNonNull(properties, "properties");
    rois = rois == null ? null : List.copyOf(rois);
    facets = List.copyOf(facets);
  }

  /**
   * What cannot be true of a type with so many neurons; the end of a sentence, null if there is
   * nothing. Answers and cached facts are held against the same.
   *
   * @param primaryRois the only ROIs that sums may be of
   */
  public String contradiction(long neurons, Set<String> primaryRois) {
    if (counts.total() != neurons) {
      return "it speaks of %d neurons, and the type has %d".formatted(counts.total(), neurons);
    }
    if (synapses.pre() < 0 || synapses.post() < 0) {
      return "a sum of its synapses is negative";
    }
    Set<String> seen = new HashSet<>();
    for (RoiSum sum : rois == null ? List.<RoiSum>of() : rois) {
      if (!seen.add(sum.roi())) {
        return "an ROI is in it twice";
      }
      if (!primaryRois.contains(sum.roi())) {
        return "an ROI is in it that is none of the dataset's primary ones";
      }
      if (sum.pre() < 0 || sum.post() < 0) {
        return "a sum of its ROIs is negative";
      }
    }
    return null;
  }

  /** Whether they were read with these properties, the usual ones of the other classes included. */
  public boolean knows(Collection<String> properties) {
    return properties.stream()
        .allMatch(
            property ->
                facets.contains(property) || TypeProperties.OTHER_CLASSES.contains(property));
  }

  /** The same for a run that wants these facets and no others. */
  TypeFacts withFacets(Collection<String> wanted) {
    return new TypeFacts(
        type, counts, synapses, rois, properties.withFacets(wanted), List.copyOf(wanted));
  }

  /** Whether the ROI sums were asked for; false says nothing of whether the type has any. */
  public boolean roisKnown() {
    return rois != null;
  }
}
