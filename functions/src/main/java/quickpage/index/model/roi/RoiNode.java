package quickpage.index.model.roi;

import java.util.List;

/**
 * A node of {@code Meta.roiHierarchy}; children in the order of the database, a missing name "".
 */
public record RoiNode(String name, List<RoiNode> children) {

  public RoiNode {
    name = name == null ? "" : name;
    children = children == null ? List.of() : List.copyOf(children);
  }
}
