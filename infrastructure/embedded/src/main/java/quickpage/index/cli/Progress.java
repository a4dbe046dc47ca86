package quickpage.index.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import quickpage.index.embedded.workflow.ExecutionResult;
import quickpage.index.embedded.workflow.WorkflowListener;
import quickpage.index.stack.RunListener;

/** Shows a run while it works: a bar on a terminal, plain lines elsewhere; always on stderr. */
final class Progress implements WorkflowListener, RunListener, AutoCloseable {

  /** States that take time, as a person would call them; the others pass unnoticed. */
  private static final Map<String, String> STAGES =
      Map.of(
          "PlanRun", "Planning",
          "IndexBatches", "Indexing",
          "ComposeIndex", "Composing",
          "FinishRun", "Reporting");

  /** Plain lines are for logs: a line for each tenth of the batches. */
  private static final int LINES = 10;

  private final PrintWriter err;
  private final boolean terminal;
  private ProgressBar bar;
  private int linesPrinted;

  Progress(PrintWriter err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  @Override
  public void stateEntered(String state) {
    String stage = STAGES.get(state);
    if (stage == null) {
      return;
    }
    endBar();
    if (terminal) {
      bar = bar(stage, -1);
    } else {
      line(stage + " …");
    }
  }

  @Override
  public void mapStarted(String state, int items) {
    linesPrinted = 0;
    if (terminal) {
      endBar();
      bar = bar(STAGES.getOrDefault(state, state), items);
    }
  }

  @Override
  public void itemFinished(String state, int done, int items) {
    if (bar != null) {
      bar.stepTo(done);
      return;
    }
    int lines = (int) ((long) done * LINES / items);
    if (lines > linesPrinted) {
      linesPrinted = lines;
      line("%s: %d of %d batches".formatted(STAGES.getOrDefault(state, state), done, items));
    }
  }

  @Override
  public void itemsDone(String state, int done, int items) {
    if (bar != null) {
      // Items are still being counted while the first ones are worked on.
      bar.maxHint(items);
    }
    itemFinished(state, done, items);
  }

  @Override
  public void taskRetried(String state, String error, String cause, int attempt, Duration delay) {
    line("%s failed (%s) and is tried again in %d ms".formatted(state, error, delay.toMillis()));
  }

  @Override
  public void stateFailed(String state, String error, String cause) {
    line("%s failed: %s: %s".formatted(state, error, cause));
  }

  @Override
  public void executionEnded(ExecutionResult result) {
    endBar();
  }

  private static ProgressBar bar(String stage, long items) {
    return new ProgressBarBuilder()
        .setTaskName(stage)
        .setInitialMax(items)
        .setStyle(ProgressBarStyle.UNICODE_BLOCK)
        .setUpdateIntervalMillis(100)
        .clearDisplayOnFinish()
        .build();
  }

  private void endBar() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  private void line(String text) {
    err.println(text);
    err.flush();
  }

  @Override
  public void close() {
    endBar();
  }
}
