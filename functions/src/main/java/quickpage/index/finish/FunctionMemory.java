package quickpage.index.finish;

import java.util.HashMap;
import java.util.Map;

/**
 * Memory of the functions, for what a run costs; the template gives it to {@code finish}.
 *
 * @param megabytes by stage; empty where there are no functions
 */
public record FunctionMemory(Map<String, Integer> megabytes) {

  /** As on one machine. */
  public static final FunctionMemory NONE = new FunctionMemory(Map.of());

  public FunctionMemory {
    megabytes = Map.copyOf(megabytes);
  }

  /**
   * Reads {@code plan=1024 batch=512 compose=2048 finish=512}.
   *
   * @throws IllegalArgumentException if a stage lacks its number
   */
  public static FunctionMemory parse(String text) {
    Map<String, Integer> megabytes = new HashMap<>();
    for (String one : text.isBlank() ? new String[0] : text.strip().split("\\s+")) {
      String[] parts = one.split("=", 2);
      if (parts.length < 2 || !parts[1].matches("[0-9]{1,5}")) {
        throw new IllegalArgumentException(
            "The memory of the functions must read like \"plan=1024 batch=512\", not \"%s\"."
                .formatted(text));
      }
      megabytes.put(parts[0], Integer.valueOf(parts[1]));
    }
    return new FunctionMemory(megabytes);
  }

  boolean isKnown() {
    return !megabytes.isEmpty();
  }

  /** Of one stage, in GB as Lambda bills them (1,024 MB); 0 if it is not known. */
  double gigabytes(String stage) {
    return megabytes.getOrDefault(stage, 0) / 1024.0;
  }
}
