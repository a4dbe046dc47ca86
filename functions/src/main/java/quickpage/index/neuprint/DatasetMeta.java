package quickpage.index.neuprint;

import java.util.List;
import java.util.Map;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.roi.RoiNode;

/**
 * The dataset's Meta node.
 *
 * @param primaryRois {@code Meta.primaryRois} as the database has it
 * @param hierarchy {@code Meta.roiHierarchy}; null where the dataset has none
 * @param roiDescriptions full names of ROIs from {@code Meta.roiInfo}, by ROI; only those that have
 *     one
 * @param neuronProperties the keys of {@code Meta.neuronProperties}, sorted; null where the dataset
 *     has none
 */
public record DatasetMeta(
    DatasetVersion version,
    List<String> primaryRois,
    RoiNode hierarchy,
    Map<String, String> roiDescriptions,
    List<String> neuronProperties) {

  public DatasetMeta {
    primaryRois = List.copyOf(primaryRois);
    roiDescriptions = Map.copyOf(roiDescriptions);
    neuronProperties = neuronProperties == null ? null : List.copyOf(neuronProperties);
  }
}
