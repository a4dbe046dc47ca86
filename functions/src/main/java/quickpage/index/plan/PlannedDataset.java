package quickpage.index.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import quickpage.index.model.DatasetFacts;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.SideRule;
import quickpage.index.model.SideRules;
import quickpage.index.model.roi.PrimaryRois;
import quickpage.index.model.roi.RoiFullNames;
import quickpage.index.model.roi.RoiParents;

/**
 * What a run needs of its dataset.
 *
 * @param neurons how many neurons each type has; null, like version and rule, where NeuPrint is
 *     asked nothing
 * @param ownPrimaryRois those that the dataset names itself
 * @param roiDescriptions full names of what the page shows: primary ROIs and their parents
 */
record PlannedDataset(
    DatasetVersion version,
    SideRule sideRule,
    Map<String, Long> neurons,
    List<String> primaryRois,
    List<String> ownPrimaryRois,
    RoiParents parents,
    Map<String, String> roiDescriptions) {

  static final PlannedDataset NOT_ASKED =
      new PlannedDataset(null, null, null, List.of(), List.of(), RoiParents.NONE, Map.of());

  static PlannedDataset of(DatasetFacts facts) {
    String name = facts.version().dataset();
    List<String> primaryRois = PrimaryRois.of(name, facts.primaryRois(), facts.hierarchy());
    RoiParents parents = RoiParents.of(facts.hierarchy()).restrictedTo(primaryRois);
    return new PlannedDataset(
        facts.version(),
        SideRules.of(name, facts.rootSide(), facts.somaSide(), facts.side()),
        facts.neurons(),
        primaryRois,
        PrimaryRois.ownOf(name, facts.primaryRois(), facts.hierarchy()),
        parents,
        descriptions(facts.roiDescriptions(), primaryRois, parents));
  }

  private static Map<String, String> descriptions(
      Map<String, String> all, List<String> primaryRois, RoiParents parents) {
    Set<String> shown = new HashSet<>(primaryRois);
    shown.addAll(parents.parents().values());
    return RoiFullNames.of(shown, all);
  }
}
