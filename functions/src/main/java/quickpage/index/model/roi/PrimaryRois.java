package quickpage.index.model.roi;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import quickpage.index.text.CodePointOrder;

/**
 * The ROIs that a type's synapses are summed over (docs/index-semantics.md, "Primary ROIs"). The
 * fixed lists are those of the program whose index this one replaces.
 */
public final class PrimaryRois {

  private static final List<String> OPTIC_LOBE =
      List.of(
          "ME(R)", "ME(L)", "LO(R)", "LO(L)", "LOP(R)", "LOP(L)", "AME(R)", "AME(L)", "LA(R)",
          "LA(L)");

  private static final List<String> CNS =
      List.of(
          "ME(R)", "ME(L)", "LO(R)", "LO(L)", "AL(R)", "AL(L)", "MB(R)", "MB(L)", "CX", "PB", "FB",
          "EB");

  private static final List<String> HEMIBRAIN =
      List.of(
          "ME(R)", "ME(L)", "LO(R)", "LO(L)", "LOP(R)", "LOP(L)", "AL(R)", "AL(L)", "MB(R)",
          "MB(L)", "CX", "PB", "FB", "EB", "NO");

  /** For a dataset that names no primary ROI and is none of the above. */
  private static final List<String> FALLBACK =
      List.of(
          "ME(R)", "ME(L)", "LO(R)", "LO(L)", "LOP(R)", "LOP(L)", "AL(R)", "AL(L)", "MB(R)",
          "MB(L)", "BU(R)", "BU(L)", "LAL(R)", "LAL(L)", "ICL(R)", "ICL(L)", "ATL(R)", "ATL(L)",
          "CX", "PB", "FB", "EB", "NO", "IB");

  private PrimaryRois() {}

  /**
   * The primary ROIs of a dataset.
   *
   * @param dataset the whole name, {@code male-cns:v0.9}
   * @param metaPrimaryRois {@code Meta.primaryRois}; only names that occur in the hierarchy count
   * @param hierarchy {@code Meta.roiHierarchy}; null where the dataset has none
   * @return names as the database has them, distinct, sorted by code point; never empty
   */
  public static List<String> of(
      String dataset, Collection<String> metaPrimaryRois, RoiNode hierarchy) {
    Set<String> known = new HashSet<>();
    collectNames(hierarchy, known);
    Set<String> primary = new TreeSet<>(CodePointOrder.BY_CODE_POINT);
    metaPrimaryRois.stream().filter(known::contains).forEach(primary::add);
    primary.addAll(fixedFor(dataset.toLowerCase(Locale.ROOT)));
    return List.copyOf(primary.isEmpty() ? sorted(FALLBACK) : primary);
  }

  /**
   * The dataset's own primary ROIs: those that it names and that its hierarchy has; those of {@link
   * #of} if there are none.
   *
   * @return names as the database has them, distinct, sorted by code point; never empty
   */
  public static List<String> ownOf(
      String dataset, Collection<String> metaPrimaryRois, RoiNode hierarchy) {
    Set<String> known = new HashSet<>();
    collectNames(hierarchy, known);
    List<String> own =
        metaPrimaryRois.stream()
            .filter(known::contains)
            .distinct()
            .sorted(CodePointOrder.BY_CODE_POINT)
            .toList();
    return own.isEmpty() ? of(dataset, metaPrimaryRois, hierarchy) : own;
  }

  private static List<String> fixedFor(String dataset) {
    if (dataset.contains("optic") || dataset.contains("ol")) {
      return OPTIC_LOBE;
    }
    if (dataset.contains("cns")) {
      return CNS;
    }
    return dataset.contains("hemibrain") ? HEMIBRAIN : List.of();
  }

  private static List<String> sorted(List<String> names) {
    return names.stream().sorted(CodePointOrder.BY_CODE_POINT).toList();
  }

  private static void collectNames(RoiNode node, Set<String> into) {
    if (node != null) {
      into.add(node.name());
      node.children().forEach(child -> collectNames(child, into));
    }
  }
}
