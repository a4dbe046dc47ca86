package quickpage.index.neuprint;

import java.util.Map;
import quickpage.index.model.DatasetVersion;

/**
 * Every neuron type of a dataset.
 *
 * @param neurons how many neurons each type has, at least 1; a type named "" counts as none
 */
public record TypeCensus(DatasetVersion version, Map<String, Long> neurons) {

  public TypeCensus {
    neurons = Map.copyOf(neurons);
  }
}
