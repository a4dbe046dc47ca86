package quickpage.index.lambda;

import java.util.Map;

/** The function's environment variables; each names a resource and none a setting of a run. */
public final class Environment {

  private final Map<String, String> variables;

  public Environment(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /** The environment of this process. */
  public static Environment ofProcess() {
    return new Environment(System.getenv());
  }

  /**
   * A variable that the deployment sets.
   *
   * @throws IllegalStateException if it does not
   */
  public String required(String name) {
    String value = variables.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalStateException("The environment variable " + name + " is not set.");
    }
    return value;
  }

  /** A variable that may be missing or blank; "" then. */
  public String orEmpty(String name) {
    return variables.getOrDefault(name, "").strip();
  }
}
