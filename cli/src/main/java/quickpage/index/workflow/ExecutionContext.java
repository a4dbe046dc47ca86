package quickpage.index.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * What {@code $states.context} says of an execution
 * (https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html), as far as
 * it is known here; the rest is absent, so that an expression that asks for it fails.
 */
record ExecutionContext(String id, String name, Instant startTime, JsonNode input) {

  static ExecutionContext named(String name, JsonNode input) {
    return new ExecutionContext(
        "arn:aws:states:local:000000000000:execution:index:" + name, name, now(), input);
  }

  /** The execution of one item of a map of this execution. */
  ExecutionContext child(JsonNode itemInput) {
    String childName = UUID.randomUUID().toString();
    return new ExecutionContext(
        id.replaceFirst(":execution:index:.*", ":execution:index/map:" + childName),
        childName,
        now(),
        itemInput);
  }

  ObjectNode context(String state, Instant enteredTime, int retryCount) {
    ObjectNode context = JsonNodeFactory.instance.objectNode();
    context
        .putObject("Execution")
        .put("Id", id)
        .put("Name", name)
        .put("StartTime", startTime.toString())
        .put("RedriveCount", 0)
        .set("Input", input);
    context
        .putObject("State")
        .put("Name", state)
        .put("EnteredTime", enteredTime.toString())
        .put("RetryCount", retryCount);
    return context;
  }

  static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
