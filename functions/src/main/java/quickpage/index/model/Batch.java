package quickpage.index.model;

import java.util.List;

/**
 * One item of the map: neighbouring types, about as many neurons as in every other batch.
 *
 * @param number from 0, in the order of the types
 */
public record Batch(int number, List<BatchType> types) {

  public Batch {
    types = List.copyOf(types);
  }

  /** Neurons of all its types. */
  public long neurons() {
    return types.stream().mapToLong(BatchType::neurons).sum();
  }

  /** One type to describe and its pages. */
  public record BatchType(String name, long neurons, TypePages pages) {}
}
