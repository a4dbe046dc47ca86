package quickpage.index.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import quickpage.index.json.Json;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/**
 * One run of a deployed stack, as it stands.
 *
 * @param name of the execution
 * @param arn of the execution
 * @param failure why it published nothing, in a sentence; null unless it failed
 * @param result what the workflow answered; missing unless it published
 */
public record DeployedRun(
    String name, String arn, Status status, Instant startedAt, String failure, JsonNode result) {

  /** How far it is. */
  public enum Status {
    AT_WORK,
    PUBLISHED,
    FAILED
  }

  static DeployedRun of(DescribeExecutionResponse execution) {
    Status status =
        switch (execution.status()) {
          case RUNNING -> Status.AT_WORK;
          case SUCCEEDED -> Status.PUBLISHED;
          default -> Status.FAILED;
        };
    return new DeployedRun(
        execution.name(),
        execution.executionArn(),
        status,
        execution.startDate(),
        status == Status.FAILED ? failure(execution) : null,
        status == Status.PUBLISHED ? parse(execution.output()) : MissingNode.getInstance());
  }

  /** A failed run has its own sentence; one that was ended from outside has at most a note. */
  private static String failure(DescribeExecutionResponse execution) {
    String cause = execution.cause() == null ? "" : execution.cause().strip();
    String why = cause.isEmpty() ? "." : ": " + cause;
    return switch (execution.status()) {
      case ABORTED -> "The run %s was stopped by hand%s".formatted(execution.name(), why);
      case TIMED_OUT ->
          "The run %s took too long and was stopped%s".formatted(execution.name(), why);
      case FAILED ->
          cause.isEmpty()
              ? "The run %s failed (%s) without saying why; its execution in Step Functions shows where."
                  .formatted(execution.name(), execution.error())
              : cause;
      default ->
          "The run %s ended as %s%s".formatted(execution.name(), execution.statusAsString(), why);
    };
  }

  private static JsonNode parse(String output) {
    try {
      return output == null ? MissingNode.getInstance() : Json.MAPPER.readTree(output);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Step Functions answered something that is not JSON", e);
    }
  }
}
