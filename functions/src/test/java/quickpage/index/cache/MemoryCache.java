package quickpage.index.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import quickpage.index.model.DatasetFacts;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.TypeFacts;

/** Facts in a map, as long as a cache would keep them. */
public class MemoryCache implements FactCache {
  public final Map<String, TypeFacts> facts = new HashMap<>();
  public final Map<String, DatasetFacts> datasets = new HashMap<>();
  public final List<Duration> timesToLive = new ArrayList<>();
  public int refuses;

  @Override
  public Found read(DatasetVersion version, Collection<String> types) {
    Map<String, TypeFacts> found = new HashMap<>(facts);
    found.keySet().retainAll(types);
    return new Found(found, Set.of());
  }

  @Override
  public synchronized int write(
      DatasetVersion version, Collection<TypeFacts> described, Duration timeToLive) {
    described.forEach(one -> facts.put(one.type(), one));
    timesToLive.add(timeToLive);
    return refuses;
  }

  @Override
  public Optional<DatasetFacts> dataset(String dataset) {
    return Optional.ofNullable(datasets.get(dataset));
  }

  @Override
  public boolean keepDataset(DatasetFacts described, Duration timeToLive) {
    datasets.put(described.version().dataset(), described);
    return true;
  }
}
