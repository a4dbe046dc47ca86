package quickpage.index.sandbox.connectome;

import java.util.Map;
import java.util.function.Consumer;

/** A dataset that can be loaded: repeatable, so that it can be both served and exported. */
public interface Connectome {

  DatasetName name();

  /**
   * What the dataset was made from: the same origin, the same dataset. Kept beside a store on disk
   * to tell whether it may be opened again. Values are strings, whole numbers and booleans.
   */
  Map<String, Object> origin();

  /** The Meta node's properties: strings, whole numbers, booleans, or {@code String[]}. */
  Map<String, Object> meta();

  /**
   * Every neuron once, in the same order each time: its properties by name, absent ones left out;
   * {@code bodyId} is always there and unique.
   *
   * @throws RefusedInputException if a source file turns out to be malformed
   */
  void neurons(Consumer<Map<String, Object>> eachNeuron);

  /**
   * Segments that are no neurons (fragments), which a query for {@code :Neuron} must not see; same
   * form as {@link #neurons}.
   */
  default void fragments(Consumer<Map<String, Object>> eachFragment) {}
}
