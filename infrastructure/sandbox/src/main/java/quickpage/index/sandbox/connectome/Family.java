package quickpage.index.sandbox.connectome;

import java.util.Map;

/** The dataset families, which differ in their regions and in the properties of their neurons. */
public enum Family {
  CNS,
  HEMIBRAIN,
  OPTIC_LOBE,
  FLYWIRE;

  private static final Map<String, Family> BY_ROOT =
      Map.of(
          "cns", CNS,
          "male-cns", CNS,
          "hemibrain", HEMIBRAIN,
          "optic-lobe", OPTIC_LOBE,
          "flywire-fafb", FLYWIRE);

  /** By the dataset's name before the colon, case-sensitive; an unknown one is like cns. */
  public static Family of(DatasetName dataset) {
    return BY_ROOT.getOrDefault(dataset.root(), CNS);
  }
}
