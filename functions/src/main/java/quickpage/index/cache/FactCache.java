package quickpage.index.cache;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import quickpage.index.model.DatasetFacts;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.TypeFacts;

/**
 * Facts of neuron types, kept per dataset version, from before any option of a run; and what the
 * dataset says of itself.
 */
public interface FactCache {

  /** A cache that has nothing and takes nothing. */
  FactCache NONE =
      new FactCache() {
        @Override
        public Found read(DatasetVersion version, Collection<String> types) {
          return new Found(Map.of(), Set.of());
        }

        @Override
        public int write(DatasetVersion version, Collection<TypeFacts> facts, Duration timeToLive) {
          return facts.size();
        }

        @Override
        public Optional<DatasetFacts> dataset(String dataset) {
          return Optional.empty();
        }

        @Override
        public boolean keepDataset(DatasetFacts facts, Duration timeToLive) {
          return false;
        }
      };

  /**
   * What is cached of some types.
   *
   * @throws quickpage.index.model.TransientFailure if the cache stays away
   */
  Found read(DatasetVersion version, Collection<String> types);

  /**
   * Keeps facts until a time after now, replacing older ones.
   *
   * @return how many the cache did not take, after all retries; their types are asked again next
   *     time
   */
  int write(DatasetVersion version, Collection<TypeFacts> facts, Duration timeToLive);

  /**
   * What is cached of a dataset itself, of whatever version was asked last; empty if nothing is, or
   * it is past its time or cannot be read.
   *
   * @throws quickpage.index.model.TransientFailure if the cache stays away
   */
  Optional<DatasetFacts> dataset(String dataset);

  /** Keeps it, replacing what was kept; false if the cache did not take it. */
  boolean keepDataset(DatasetFacts facts, Duration timeToLive);

  /**
   * The answer of a read.
   *
   * @param facts by type; types that are not there are misses
   * @param expired the misses that were past their time
   */
  record Found(Map<String, TypeFacts> facts, Set<String> expired) {}
}
