package quickpage.index.local;

import java.time.Duration;
import quickpage.index.workflow.ExecutionResult;
import quickpage.index.workflow.WorkflowListener;

/** Passes calls on until the run is stopped; failures that the stop causes are not shown. */
final class StoppableListener implements WorkflowListener {
  private final WorkflowListener listener;
  private final RunStop stop;

  StoppableListener(WorkflowListener listener, RunStop stop) {
    this.listener = listener;
    this.stop = stop;
  }

  @Override
  public void executionStarted(String executionName) {
    listener.executionStarted(executionName);
  }

  @Override
  public void stateEntered(String state) {
    if (!stop.isRequested()) {
      listener.stateEntered(state);
    }
  }

  @Override
  public void mapStarted(String state, int items) {
    if (!stop.isRequested()) {
      listener.mapStarted(state, items);
    }
  }

  @Override
  public void itemFinished(String state, int done, int items) {
    if (!stop.isRequested()) {
      listener.itemFinished(state, done, items);
    }
  }

  @Override
  public void taskRetried(String state, String error, String cause, int attempt, Duration delay) {
    if (!stop.isRequested()) {
      listener.taskRetried(state, error, cause, attempt, delay);
    }
  }

  @Override
  public void stateFailed(String state, String error, String cause) {
    if (!stop.isRequested()) {
      listener.stateFailed(state, error, cause);
    }
  }

  @Override
  public void executionEnded(ExecutionResult result) {
    listener.executionEnded(result);
  }
}
