package quickpage.index.cache;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.TypeFacts;

/** Facts of neuron types, kept per dataset version, from before any option of a run. */
public interface FactCache {

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
   * The answer of a read.
   *
   * @param facts by type; types that are not there are misses
   * @param expired the misses that were past their time
   */
  record Found(Map<String, TypeFacts> facts, Set<String> expired) {}
}
