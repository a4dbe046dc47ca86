package quickpage.index.workflow;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stand-ins for the four stages, told by their payload what to answer. They use nothing but the
 * JDK: {@code .ci/asl-on-localstack} compiles this very file into the functions that it deploys, so
 * that the runner and LocalStack are compared on the same paths.
 */
public final class StubStages {
  private static final Set<String> FAILED_ONCE = ConcurrentHashMap.newKeySet();

  private StubStages() {}

  /**
   * A failure that the payload asked for; {@code type} is the error name that the workflow is to
   * see.
   */
  public static final class ScriptedException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String type;

    ScriptedException(String type, String message) {
      super(message);
      this.type = type;
    }

    public String type() {
      return type;
    }
  }

  /**
   * Answers as one stage.
   *
   * @param stage {@code plan}, {@code batch}, {@code compose} or {@code finish}
   * @param payload what the workflow sent, as JSON values
   */
  public static Map<String, Object> answer(String stage, Map<String, Object> payload) {
    return switch (stage) {
      case "plan" -> plan(payload);
      case "batch" -> batch(payload);
      case "compose" -> compose(payload);
      case "finish" -> finish(payload);
      default -> throw new IllegalArgumentException("no stage " + stage);
    };
  }

  private static Map<String, Object> plan(Map<String, Object> payload) {
    requireMembers(payload, "input", "execution", "defaults");
    Map<String, Object> input = object(payload.get("input"));
    failIfAsked(input.get("planThrows"), "the plan stub was told to fail");
    Map<String, Object> answer = new LinkedHashMap<>(object(input.get("plan")));
    answer.put("defaults", payload.get("defaults"));
    answer.put("sawExecution", object(payload.get("execution")).keySet());
    return answer;
  }

  private static Map<String, Object> batch(Map<String, Object> payload) {
    requireMembers(payload, "run", "bucket", "prefix", "batch");
    Map<String, Object> batch = object(payload.get("batch"));
    failIfAsked(batch.get("throws"), "the batch stub was told to fail");
    if (batch.get("throwsOnce") instanceof String type
        && FAILED_ONCE.add(payload.get("run") + "/" + batch)) {
      throw new ScriptedException(type, "the batch stub was told to fail once");
    }
    return Map.of("types", 1);
  }

  private static Map<String, Object> compose(Map<String, Object> payload) {
    requireMembers(payload, "run", "bucket", "prefix", "execution");
    Map<String, Object> saw = new LinkedHashMap<>(payload);
    requireMembers(object(saw.remove("execution")), "id", "name", "startTime");
    String run = (String) payload.get("run");
    if (run.startsWith("compose-crashes")) {
      throw new ScriptedException(
          "java.lang.IllegalStateException", "the compose stub was told to fail");
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put(
        "failure", run.startsWith("compose-refuses") ? "Too many types are unavailable." : null);
    answer.put("saw", saw);
    return answer;
  }

  private static Map<String, Object> finish(Map<String, Object> payload) {
    requireMembers(payload, "execution", "plan", "compose", "error", "defaults");
    Map<String, Object> plan = object(payload.get("plan"));
    Map<String, Object> defaults = object(payload.get("defaults"));
    requireMembers(defaults, "bucket", "prefix", "deployment", "metrics");
    if (!plan.isEmpty()
        && !object(plan.get("defaults")).entrySet().containsAll(defaults.entrySet())) {
      throw new ScriptedException(
          "java.lang.IllegalArgumentException", "the defaults are " + defaults);
    }
    Map<String, Object> compose = object(payload.get("compose"));
    Map<String, Object> error = object(payload.get("error"));
    failIfAsked(plan.get("finishThrows"), "the finish stub was told to fail");
    Object failure = plan.get("failure") != null ? plan.get("failure") : compose.get("failure");
    if (failure == null && !error.isEmpty()) {
      failure = "A stage failed with " + error.get("Error") + ".";
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("failure", failure);
    answer.put("run", plan.get("run"));
    answer.put("plan", payload.get("plan"));
    answer.put("compose", payload.get("compose"));
    answer.put("error", error.get("Error"));
    return answer;
  }

  private static void requireMembers(Map<String, Object> payload, String... names) {
    if (!payload.keySet().equals(Set.of(names))) {
      throw new ScriptedException(
          "java.lang.IllegalArgumentException", "the payload has " + payload.keySet());
    }
  }

  private static void failIfAsked(Object type, String message) {
    if (type instanceof String name) {
      throw new ScriptedException(name, message);
    }
  }

  @SuppressWarnings("unchecked") // JSON objects have string keys
  private static Map<String, Object> object(Object value) {
    return value == null ? Map.of() : (Map<String, Object>) value;
  }
}
