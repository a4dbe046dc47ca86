package quickpage.index.model;

/**
 * How the side of a neuron is found (docs/index-semantics.md, "Neurons and sides"); it depends on
 * the dataset and, for some, on whether any neuron of the whole dataset has a side property.
 */
public enum SideRule {
  /** {@code rootSide}, then {@code somaSide}; only L, R and M say something. */
  PROPERTIES,
  /**
   * {@code rootSide}, {@code somaSide}, {@code side}: the first whose trimmed value begins with L,
   * R, M or C, in any case (datasets of no family that we know).
   */
  ANY_SPELLING,
  /** The end of {@code instance}: {@code _L} or {@code _R} (hemibrain without side properties). */
  INSTANCE_SUFFIX,
  /** The side pattern in {@code instance} (optic-lobe without side properties). */
  INSTANCE_PATTERN,
  /** {@code rootSide}, {@code somaSide}, {@code side}, else unknown (flywire-fafb without any). */
  FLYWIRE,
  /** The same, then the side pattern in {@code instance} (flywire-fafb). */
  FLYWIRE_WITH_INSTANCE
}
