package quickpage.index.cache;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.Options;
import quickpage.index.model.TypeFacts;
import quickpage.index.model.run.Batch.BatchType;

/**
 * Cached facts that serve a run, by type.
 *
 * @param expired types whose cached facts were past their time
 */
public record ServingFacts(Map<String, TypeFacts> facts, Set<String> expired) {

  private static final ServingFacts NONE = new ServingFacts(Map.of(), Set.of());

  /** Whether a run looks into the cache at all. */
  public static boolean mayServe(DatasetVersion version, Options options) {
    return !options.refresh() && version.tellsEdits();
  }

  /** Whether a run needs a type's ROI sums. */
  public static boolean wantsRois(long neurons, Options options) {
    return neurons >= options.minNeuronsForRois();
  }

  /**
   * Looks some types up.
   *
   * @param version as the run was planned with
   * @param primaryRois the only ROIs that facts may have sums of
   * @param types with their neurons by the census
   */
  public static ServingFacts find(
      FactCache cache,
      DatasetVersion version,
      Options options,
      Collection<String> primaryRois,
      Collection<BatchType> types) {
    if (types.isEmpty() || !mayServe(version, options)) {
      return NONE;
    }
    FactCache.Found found = cache.read(version, types.stream().map(BatchType::name).toList());
    Map<String, TypeFacts> serving = new HashMap<>();
    Set<String> rois = Set.copyOf(primaryRois);
    for (BatchType type : types) {
      TypeFacts facts = found.facts().get(type.name());
      if (serves(facts, type, options, rois)) {
        serving.put(type.name(), facts);
      }
    }
    return new ServingFacts(serving, found.expired());
  }

  /**
   * Facts from a run that did not ask for the type's ROIs, or for a property that is a facet of
   * this run, do not serve one that does, nor do facts that an answer of today could not give, such
   * as of another number of neurons than the dataset has: not every server tells a new version.
   */
  private static boolean serves(
      TypeFacts facts, BatchType type, Options options, Set<String> rois) {
    return facts != null
        && facts.contradiction(type.neurons(), rois) == null
        && facts.knows(options.facetProperties())
        && (facts.roisKnown() || !wantsRois(type.neurons(), options));
  }

  /** The types that have none. */
  public List<BatchType> missing(Collection<BatchType> types) {
    return types.stream().filter(type -> !facts.containsKey(type.name())).toList();
  }
}
