package quickpage.index.model.run;

import java.util.List;
import quickpage.index.model.TypePages;

/**
 * One item of the map: neighbouring types, about as many neurons as in every other batch.
 *
 * @param number from 0, in the order of the types
 * @param plan checksum of the plan that it is of; null while that is still made
 * @param context name of the file with what the stages share; null likewise
 */
public record Batch(int number, String plan, String context, List<BatchType> types) {

  public Batch {
    types = List.copyOf(types);
  }

  /** The same batch as an item of a plan. */
  public Batch of(String planChecksum, String contextName) {
    return new Batch(number, planChecksum, contextName, types);
  }

  /** Neurons of all its types. */
  public long neurons() {
    return types.stream().mapToLong(BatchType::neurons).sum();
  }

  /** One type to describe and its pages. */
  public record BatchType(String name, long neurons, TypePages pages) {}
}
