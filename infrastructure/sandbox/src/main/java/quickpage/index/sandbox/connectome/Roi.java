package quickpage.index.sandbox.connectome;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A region of interest and what lies in it.
 *
 * @param primary whether it is one of those that tile the volume and are listed in the Meta node's
 *     {@code primaryRois}; what lies below is sub-primary (layers, compartments)
 */
record Roi(String name, boolean primary, List<Roi> children) {

  static Roi group(String name, Object... children) {
    return new Roi(name, false, flatten(children));
  }

  static Roi primary(String name, String... parts) {
    return new Roi(
        name, true, Stream.of(parts).map(part -> new Roi(part, false, List.of())).toList());
  }

  /** This region and all in it, parents first. */
  Stream<Roi> all() {
    return Stream.concat(Stream.of(this), children.stream().flatMap(Roi::all));
  }

  /** As the Meta node's {@code roiHierarchy} has it: {@code {name, children: [...]}}. */
  Map<String, Object> asHierarchy() {
    return children.isEmpty()
        ? Map.of("name", name)
        : Map.of("name", name, "children", children.stream().map(Roi::asHierarchy).toList());
  }

  private static List<Roi> flatten(Object... children) {
    List<Roi> flat = new ArrayList<>();
    for (Object child : children) {
      if (child instanceof Roi roi) {
        flat.add(roi);
      } else {
        ((List<?>) child).forEach(roi -> flat.add((Roi) roi));
      }
    }
    return List.copyOf(flat);
  }
}
