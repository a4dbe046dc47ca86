package quickpage.index.workflow;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How an execution ended.
 *
 * @param output what the last state gave; null unless SUCCEEDED
 * @param error the error's name; null if SUCCEEDED
 * @param cause the error's sentence; null if SUCCEEDED or if there is none
 */
public record ExecutionResult(Status status, JsonNode output, String error, String cause) {
  /** The names of Step Functions for the ends of an execution. */
  public enum Status {
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    ABORTED
  }

  static ExecutionResult succeeded(JsonNode output) {
    return new ExecutionResult(Status.SUCCEEDED, output, null, null);
  }

  static ExecutionResult failed(String error, String cause) {
    return new ExecutionResult(Status.FAILED, null, error, cause);
  }

  static ExecutionResult timedOut() {
    return new ExecutionResult(
        Status.TIMED_OUT,
        null,
        StateFailedException.TIMEOUT,
        "The execution reached its time limit.");
  }

  static ExecutionResult aborted() {
    return new ExecutionResult(Status.ABORTED, null, "Aborted", "The execution was stopped.");
  }
}
