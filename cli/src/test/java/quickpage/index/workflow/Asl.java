package quickpage.index.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Map;

/** Tiny state machines; JSON is written with single quotation marks. */
final class Asl {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Asl() {}

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** A machine that starts with its first state. */
  static Workflow machine(String states) {
    return machine(states, 60);
  }

  static Workflow machine(String states, int timeoutSeconds) {
    String all = states.replace('\'', '"');
    String first = all.substring(all.indexOf('"') + 1, all.indexOf('"', all.indexOf('"') + 1));
    return Workflow.load(
        """
        {"QueryLanguage": "JSONata", "StartAt": "%s", "TimeoutSeconds": %d, "States": {%s}}
        """
            .formatted(first, timeoutSeconds, all),
        Map.of());
  }

  /** A Task with a function f; {@code more} begins with a comma unless it is empty. */
  static String task(String name, String payload, String more) {
    return """
    '%s': {'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke', 'TimeoutSeconds': 5,
      'Arguments': {'FunctionName': 'f', 'Payload': %s}, %s}
    """
        .formatted(name, payload, more);
  }

  /** A Map named Map over the items of any bucket; its child is one Task that sends its input. */
  static String map(String maxConcurrency, String childMore, String more) {
    return """
    'Map': {'Type': 'Map', 'MaxConcurrency': %s,
      'ItemReader': {'Resource': 'arn:aws:states:::s3:getObject', 'ReaderConfig': {'InputType': 'JSON'},
        'Arguments': {'Bucket': 'b', 'Key': 'k'}},
      'ItemSelector': {'item': '{%% $states.context.Map.Item.Value %%}', 'index': '{%% $states.context.Map.Item.Index %%}'},
      'ItemProcessor': {'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'},
        'StartAt': 'Child', 'States': {%s}}, %s}
    """
        .formatted(maxConcurrency, task("Child", "'{% $states.input %}'", childMore), more);
  }

  static ExecutionResult run(Workflow workflow, String input, FunctionInvoker functions) {
    return run(workflow, input, functions, "[]");
  }

  static ExecutionResult run(
      Workflow workflow, String input, FunctionInvoker functions, String items) {
    return new WorkflowRunner(functions, (bucket, key) -> Limits.bytes(json(items)), 0.01)
        .execute(workflow, "test", json(input), WorkflowListener.NONE);
  }

  static byte[] echo(String function, byte[] payload, Duration limit) {
    return payload;
  }
}
