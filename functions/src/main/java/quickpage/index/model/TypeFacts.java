package quickpage.index.model;

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
 */
public record TypeFacts(
    String type,
    SideCounts counts,
    SynapseCounts synapses,
    List<RoiSum> rois,
    TypeProperties properties) {

  public TypeFacts {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(counts, "counts");
    Objects.requireNonNull(synapses, "synapses");
    Objects.requireNonNull(properties, "properties");
    rois = rois == null ? null : List.copyOf(rois);
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

  /** Whether the ROI sums were asked for; false says nothing of whether the type has any. */
  public boolean roisKnown() {
    return rois != null;
  }
}
