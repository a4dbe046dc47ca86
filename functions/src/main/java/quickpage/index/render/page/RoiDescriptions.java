package quickpage.index.render.page;

import java.util.Map;
import java.util.TreeMap;
import quickpage.index.model.roi.RoiNames;
import quickpage.index.text.CodePointOrder;

/**
 * Full names of ROIs by the clean names that the index shows (docs/index-semantics.md, "ROI
 * names").
 */
final class RoiDescriptions {
  private RoiDescriptions() {}

  /** Where several ROIs share a clean name, the first by raw name that has a description wins. */
  static Map<String, String> byCleanName(Map<String, String> byRawName) {
    Map<String, String> raw = new TreeMap<>(CodePointOrder.BY_CODE_POINT);
    raw.putAll(byRawName);
    Map<String, String> clean = new TreeMap<>(CodePointOrder.BY_CODE_POINT);
    raw.forEach(
        (name, description) -> {
          if (!description.isBlank()) {
            clean.putIfAbsent(RoiNames.clean(name), description);
          }
        });
    return clean;
  }
}
