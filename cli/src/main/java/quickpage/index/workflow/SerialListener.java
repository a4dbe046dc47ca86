package quickpage.index.workflow;

import java.time.Duration;

/** Passes calls on one at a time, so that a listener needs no lock. */
final class SerialListener implements WorkflowListener {
  private final WorkflowListener listener;

  SerialListener(WorkflowListener listener) {
    this.listener = listener;
  }

  @Override
  public synchronized void executionStarted(String executionName) {
    listener.executionStarted(executionName);
  }

  @Override
  public synchronized void stateEntered(String state) {
    listener.stateEntered(state);
  }

  @Override
  public synchronized void mapStarted(String state, int items) {
    listener.mapStarted(state, items);
  }

  @Override
  public synchronized void itemFinished(String state, int done, int items) {
    listener.itemFinished(state, done, items);
  }

  @Override
  public synchronized void taskRetried(
      String state, String error, String cause, int attempt, Duration delay) {
    listener.taskRetried(state, error, cause, attempt, delay);
  }

  @Override
  public synchronized void stateFailed(String state, String error, String cause) {
    listener.stateFailed(state, error, cause);
  }

  @Override
  public synchronized void executionEnded(ExecutionResult result) {
    listener.executionEnded(result);
  }
}
