package quickpage.index.endtoend;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The side of one neuron, as the four datasets tell it: L, R, M or ? */
final class ReferenceSides {
  private static final Pattern IN_INSTANCE =
      Pattern.compile("(?:_|-|\\()([LRMlrm])(?:_|\\)|$|[^a-zA-Z])");

  private ReferenceSides() {}

  static String of(RawDataset dataset, Map<String, String> neuron) {
    String family = dataset.name().replaceFirst(":.*", "");
    if (family.equals("flywire-fafb")) {
      return flywire(dataset, neuron);
    }
    boolean mayAskInstance = !dataset.anyHas("rootSide") && !dataset.anyHas("somaSide");
    if (family.equals("hemibrain") && mayAskInstance) {
      String instance = neuron.getOrDefault("instance", "");
      return instance.endsWith("_L") ? "L" : instance.endsWith("_R") ? "R" : "?";
    }
    if (family.equals("optic-lobe") && mayAskInstance) {
      return inInstance(neuron);
    }
    if (!List.of("cns", "male-cns", "hemibrain", "optic-lobe").contains(family)) {
      return anySpelling(neuron);
    }
    for (String property : List.of("rootSide", "somaSide")) {
      if (neuron.containsKey(property)) {
        return letter(neuron.get(property));
      }
    }
    return "?";
  }

  private static String anySpelling(Map<String, String> neuron) {
    for (String property : List.of("rootSide", "somaSide", "side")) {
      String value = neuron.getOrDefault(property, "").strip().toUpperCase(Locale.ROOT);
      if (value.matches("(?s)[LRMC].*")) {
        return value.startsWith("C") ? "M" : value.substring(0, 1);
      }
    }
    return "?";
  }

  private static String flywire(RawDataset dataset, Map<String, String> neuron) {
    for (String property : List.of("rootSide", "somaSide")) {
      if (neuron.containsKey(property)) {
        return letter(neuron.get(property));
      }
    }
    boolean anySide =
        dataset.anyHas("rootSide") || dataset.anyHas("somaSide") || dataset.anyHas("side");
    return switch (neuron.getOrDefault("side", "")) {
      case "LEFT", "left", "L" -> "L";
      case "RIGHT", "right", "R" -> "R";
      case "CENTER", "center", "MIDDLE", "middle", "C", "M" -> "M";
      default -> anySide ? inInstance(neuron) : "?";
    };
  }

  private static String letter(String value) {
    return value.equals("L") || value.equals("R") || value.equals("M") ? value : "?";
  }

  private static String inInstance(Map<String, String> neuron) {
    Matcher hit = IN_INSTANCE.matcher(neuron.getOrDefault("instance", ""));
    if (!hit.find()) {
      return "?";
    }
    return switch (hit.group(1)) {
      case "L", "l" -> "L";
      case "R", "r" -> "R";
      default -> "M";
    };
  }
}
