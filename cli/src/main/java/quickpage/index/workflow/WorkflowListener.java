package quickpage.index.workflow;

import java.time.Duration;

/**
 * Told how an execution goes, for a progress bar or a log. Calls come from several threads, but
 * never two at once; they must return soon, since the workflow waits. What happens in the children
 * of a map is told through {@link #itemFinished}, {@link #taskRetried} and {@link #stateFailed}
 * alone.
 */
public interface WorkflowListener {
  /** Listens to nothing. */
  WorkflowListener NONE = new WorkflowListener() {};

  default void executionStarted(String executionName) {}

  default void stateEntered(String state) {}

  default void mapStarted(String state, int items) {}

  /** One more child of the map has ended, well or not. */
  default void itemFinished(String state, int done, int items) {}

  /**
   * A Retry matched.
   *
   * @param attempt 1 for the first repetition
   * @param delay the pause before it
   */
  default void taskRetried(String state, String error, String cause, int attempt, Duration delay) {}

  /** A state failed for good; a Catch may still handle it. */
  default void stateFailed(String state, String error, String cause) {}

  default void executionEnded(ExecutionResult result) {}
}
