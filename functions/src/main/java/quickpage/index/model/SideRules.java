package quickpage.index.model;

/**
 * Which rule gives the sides of a dataset's neurons (docs/index-semantics.md, "Neurons and sides").
 */
public final class SideRules {

  private SideRules() {}

  /** Whether the rule for a dataset depends on which properties any of its neurons has. */
  public static boolean dependOnProperties(String dataset) {
    return of(dataset, false, false, false) != of(dataset, true, true, true);
  }

  /**
   * The rule for a dataset.
   *
   * @param dataset the whole name; what stands before the first colon decides, case-sensitive
   * @param rootSide whether any neuron of the whole dataset has {@code rootSide}
   * @param somaSide the same of {@code somaSide}
   * @param side the same of {@code side}
   */
  public static SideRule of(String dataset, boolean rootSide, boolean somaSide, boolean side) {
    boolean sideOfRootOrSoma = rootSide || somaSide;
    int colon = dataset.indexOf(':');
    return switch (colon < 0 ? dataset : dataset.substring(0, colon)) {
      case "hemibrain" -> sideOfRootOrSoma ? SideRule.PROPERTIES : SideRule.INSTANCE_SUFFIX;
      case "optic-lobe" -> sideOfRootOrSoma ? SideRule.PROPERTIES : SideRule.INSTANCE_PATTERN;
      case "flywire-fafb" ->
          sideOfRootOrSoma || side ? SideRule.FLYWIRE_WITH_INSTANCE : SideRule.FLYWIRE;
      case "cns", "male-cns" -> SideRule.PROPERTIES;
      default -> SideRule.ANY_SPELLING;
    };
  }
}
