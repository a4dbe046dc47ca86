package quickpage.index.render.page;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Full names of ROIs by the clean names that the index shows (index-semantics, section 3.5). */
final class RoiDescriptions {
  private static final Pattern SIDE_IN_BRACKETS = Pattern.compile("\\s*\\([RLM]\\)$");
  private static final Pattern SIDE_SUFFIX = Pattern.compile("_[RLM]$");

  private RoiDescriptions() {}

  /** Where several ROIs share a clean name, the first by raw name that has a description wins. */
  static Map<String, String> byCleanName(Map<String, String> byRawName) {
    Map<String, String> raw = new TreeMap<>(CodePoints.ORDER);
    raw.putAll(byRawName);
    Map<String, String> clean = new TreeMap<>(CodePoints.ORDER);
    raw.forEach(
        (name, description) -> {
          if (!description.isBlank()) {
            clean.putIfAbsent(withoutSide(name), description);
          }
        });
    return clean;
  }

  private static String withoutSide(String name) {
    String bare = SIDE_IN_BRACKETS.matcher(name).replaceFirst("");
    return SIDE_SUFFIX.matcher(bare).replaceFirst("");
  }
}
