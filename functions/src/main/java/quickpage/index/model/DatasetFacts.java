package quickpage.index.model;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import quickpage.index.model.roi.RoiNode;

/**
 * What one version of a dataset says of itself, as the database has it; a run asks for it before it
 * asks for any type, and the cache keeps it.
 *
 * @param neurons how many neurons each type has, at least 1
 * @param rootSide whether any neuron of the dataset has {@code rootSide}; likewise {@code somaSide}
 *     and {@code side}
 * @param primaryRois {@code Meta.primaryRois}
 * @param hierarchy {@code Meta.roiHierarchy}; null where the dataset has none
 * @param roiDescriptions full names of ROIs, by ROI; only those that have one
 * @param neuronProperties names of the properties that neurons may have; null where the dataset
 *     does not say
 */
public record DatasetFacts(
    DatasetVersion version,
    Map<String, Long> neurons,
    boolean rootSide,
    boolean somaSide,
    boolean side,
    List<String> primaryRois,
    RoiNode hierarchy,
    Map<String, String> roiDescriptions,
    List<String> neuronProperties) {

  public DatasetFacts {
    Objects.requireNonNull(version, "version");
    neurons = Map.copyOf(neurons);
    primaryRois = List.copyOf(primaryRois);
    roiDescriptions = Map.copyOf(roiDescriptions);
    neuronProperties = neuronProperties == null ? null : List.copyOf(neuronProperties);
  }
}
