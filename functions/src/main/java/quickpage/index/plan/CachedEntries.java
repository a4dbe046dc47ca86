package quickpage.index.plan;

import java.util.ArrayList;
import java.util.List;
import quickpage.index.cache.FactCache;
import quickpage.index.cache.ServingFacts;
import quickpage.index.io.InParallel;
import quickpage.index.io.WorkTimes;
import quickpage.index.model.IndexEntries;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.Options;
import quickpage.index.model.roi.OwnPrimaryRois;
import quickpage.index.model.run.Batch.BatchType;
import quickpage.index.model.run.Work;
import quickpage.index.site.pages.PlannedType;
import quickpage.index.site.pages.PlannedType.Match;
import quickpage.index.site.run.RunFolder;
import quickpage.index.site.run.RunPlan.PlannedShard;

/**
 * Makes the entries for which NeuPrint need not be asked any more, of cached facts and of pages
 * without neurons, and writes them to shards. Works on a slice of the types at a time, so that the
 * heap does not grow with the dataset.
 */
final class CachedEntries {

  /** Types of a slice; a shard has no more entries. */
  private static final int SLICE = 1_000;

  /** Slices at once: while one waits for the cache or the store, another is summed up. */
  private static final int SLICES_AT_ONCE = 3;

  private final FactCache cache;
  private final RunFolder folder;
  private final PlannedDataset dataset;
  private final Options options;
  private final WorkTimes times;
  private final OwnPrimaryRois own;

  CachedEntries(
      FactCache cache, RunFolder folder, PlannedDataset dataset, Options options, WorkTimes times) {
    this.cache = cache;
    this.folder = folder;
    this.dataset = dataset;
    this.options = options;
    this.times = times;
    this.own = new OwnPrimaryRois(dataset.ownPrimaryRois());
  }

  /**
   * What was written, and what is left to ask.
   *
   * @param shards in the order of the names
   * @param misses types whose cached facts do not serve, in the order of their names
   * @param hits types whose cached facts serve
   * @param expired types whose cached facts were past their time
   */
  record Written(List<PlannedShard> shards, List<BatchType> misses, int hits, int expired) {}

  /** Writes what can be written of all types, which come in the order of their names. */
  Written write(List<PlannedType> types) {
    List<PlannedShard> shards = new ArrayList<>();
    List<BatchType> misses = new ArrayList<>();
    int hits = 0;
    int expired = 0;
    for (Written slice : InParallel.map(slices(types), SLICES_AT_ONCE, this::writeSlice)) {
      shards.addAll(slice.shards());
      misses.addAll(slice.misses());
      hits += slice.hits();
      expired += slice.expired();
    }
    return new Written(List.copyOf(shards), List.copyOf(misses), hits, expired);
  }

  private static List<List<PlannedType>> slices(List<PlannedType> types) {
    List<List<PlannedType>> slices = new ArrayList<>();
    for (int start = 0; start < types.size(); start += SLICE) {
      slices.add(types.subList(start, Math.min(types.size(), start + SLICE)));
    }
    return slices;
  }

  private Written writeSlice(List<PlannedType> slice) {
    List<BatchType> known =
        slice.stream()
            .filter(type -> type.match() == Match.KNOWN)
            .map(type -> new BatchType(type.name(), type.neurons(), type.pages()))
            .toList();
    ServingFacts serving =
        times.measure(
            Work.CACHE_READ,
            () ->
                ServingFacts.find(cache, dataset.version(), options, dataset.primaryRois(), known));
    List<PlannedShard> shards =
        times.measure(
            Work.SHARDS,
            () -> {
              List<IndexEntry> entries = entries(slice, serving);
              return entries.isEmpty() ? List.of() : List.of(folder.writePlannedShard(entries));
            });
    return new Written(
        shards, serving.missing(known), serving.facts().size(), serving.expired().size());
  }

  private List<IndexEntry> entries(List<PlannedType> slice, ServingFacts serving) {
    List<IndexEntry> entries = new ArrayList<>(slice.size());
    for (PlannedType type : slice) {
      switch (type.match()) {
        case NO_NEURONS -> entries.add(IndexEntry.withoutNeurons(type.name(), type.pages()));
        case NOT_ASKED -> entries.add(IndexEntry.notAsked(type.name(), type.pages()));
        case KNOWN -> {
          if (serving.facts().containsKey(type.name())) {
            entries.add(
                IndexEntries.describe(
                    serving.facts().get(type.name()),
                    type.pages(),
                    dataset.parents(),
                    own,
                    options));
          }
        }
      }
    }
    return entries;
  }
}
