package quickpage.index.render;

import java.util.List;
import java.util.stream.Collectors;

/** A JSON array of names for a script, a name a line. */
final class NameList {

  private NameList() {}

  static String write(List<String> names) {
    return names.isEmpty()
        ? "[]"
        : names.stream()
            .map(OutputJson.SCRIPT_SAFE::write)
            .collect(Collectors.joining(",\n", "[\n", "\n]"));
  }
}
