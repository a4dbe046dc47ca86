package quickpage.index.model;

import java.util.List;
import java.util.Objects;

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

  /** Whether the ROI sums were asked for; false says nothing of whether the type has any. */
  public boolean roisKnown() {
    return rois != null;
  }
}
