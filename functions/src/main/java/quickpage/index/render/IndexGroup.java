package quickpage.index.render;

import java.util.List;

/**
 * Types with the same parent ROI.
 *
 * @param parentRoi {@link IndexGroups#OTHER} for types without one
 * @param types their names, sorted by code point
 */
public record IndexGroup(String parentRoi, List<String> types) {

  public IndexGroup {
    types = List.copyOf(types);
  }
}
