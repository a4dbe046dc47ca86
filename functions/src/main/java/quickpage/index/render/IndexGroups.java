package quickpage.index.render;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import quickpage.index.model.IndexEntry;
import quickpage.index.text.CodePointOrder;

/** Gathers types by parent ROI (docs/index-semantics.md, "Groups"). */
public final class IndexGroups {

  /** The group of types without a parent ROI, always the last. */
  public static final String OTHER = "Other";

  private static final Comparator<String> OTHER_LAST =
      Comparator.<String, Boolean>comparing(OTHER::equals)
          .thenComparing(CodePointOrder.BY_CODE_POINT);

  private final Map<String, List<String>> typesByParent = new TreeMap<>(OTHER_LAST);

  /** Adds an entry; they have to come in the order of their names. */
  public void add(IndexEntry entry) {
    String parent = entry.parentRoi().isEmpty() ? OTHER : entry.parentRoi();
    typesByParent.computeIfAbsent(parent, p -> new ArrayList<>()).add(entry.name());
  }

  /** The groups so far, sorted. */
  public List<IndexGroup> sorted() {
    return typesByParent.entrySet().stream()
        .map(group -> new IndexGroup(group.getKey(), group.getValue()))
        .toList();
  }
}
