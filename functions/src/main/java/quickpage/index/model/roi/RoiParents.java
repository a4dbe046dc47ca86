package quickpage.index.model.roi;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import quickpage.index.text.CodePointOrder;

/**
 * The parent of each ROI in the dataset's hierarchy, both by clean name (docs/index-semantics.md,
 * "Parent regions"). In JSON it is a plain object, its keys sorted.
 *
 * @param parents parent by ROI; an ROI without a parent is not there
 */
public record RoiParents(@JsonValue Map<String, String> parents) {

  public static final RoiParents NONE = new RoiParents(Map.of());

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public RoiParents {
    Map<String, String> sorted = new TreeMap<>(CodePointOrder.BY_CODE_POINT);
    sorted.putAll(parents);
    parents = Collections.unmodifiableMap(sorted);
  }

  /**
   * Children are visited in the order of their names, depth first; the first node with a clean name
   * and a named parent decides. What is called like the root has no parent.
   *
   * @param hierarchy null where the dataset has none
   */
  public static RoiParents of(RoiNode hierarchy) {
    if (hierarchy == null) {
      return NONE;
    }
    Map<String, String> parents = new TreeMap<>(CodePointOrder.BY_CODE_POINT);
    visitChildren(hierarchy, parents);
    parents.remove(RoiNames.clean(hierarchy.name()));
    parents.remove("");
    return new RoiParents(parents);
  }

  private static void visitChildren(RoiNode node, Map<String, String> parents) {
    String parent = RoiNames.clean(node.name());
    node.children().stream()
        .sorted(Comparator.comparing(RoiNode::name, CodePointOrder.BY_CODE_POINT))
        .forEach(
            child -> {
              if (!parent.isEmpty()) {
                parents.putIfAbsent(RoiNames.clean(child.name()), parent);
              }
              visitChildren(child, parents);
            });
  }

  /** Only what a summary over these ROIs can ask for; names as the database has them. */
  public RoiParents restrictedTo(Collection<String> rois) {
    Set<String> wanted = rois.stream().map(RoiNames::clean).collect(Collectors.toSet());
    Map<String, String> kept = new TreeMap<>(CodePointOrder.BY_CODE_POINT);
    parents.forEach(
        (roi, parent) -> {
          if (wanted.contains(roi)) {
            kept.put(roi, parent);
          }
        });
    return new RoiParents(kept);
  }

  /** The parent of a clean name, "" where there is none. */
  public String parentOf(String cleanRoi) {
    return parents.getOrDefault(cleanRoi, "");
  }
}
