package quickpage.index.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import quickpage.index.json.Json;
import quickpage.index.stack.RunListener;
import quickpage.index.text.VisibleText;
import quickpage.index.workflow.ExecutionResult;
import quickpage.index.workflow.WorkflowListener;

/**
 * Shows a run while it works: a bar on a terminal, plain lines elsewhere; always on stderr. Safe
 * for use by several threads.
 */
final class Progress implements WorkflowListener, RunListener, AutoCloseable {

  /** States that take time, as a person would call them; the others pass unnoticed. */
  private static final Map<String, String> STAGES =
      Map.of(
          "PlanRun", "Planning",
          "IndexBatches", "Indexing",
          "IndexBatch", "Indexing a batch",
          "ComposeIndex", "Composing",
          "FinishRun", "Reporting");

  /** Plain lines are for logs: a line for each tenth of the batches. */
  private static final int LINES = 10;

  /** To the beginning of the bar's row, which is the one above the cursor, and clears it. */
  private static final String ERASE_BAR = "\u001b[1A\r\u001b[K";

  private final PrintWriter err;
  private final boolean terminal;
  private ProgressBar bar;
  private int linesPrinted;

  Progress(PrintWriter err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  @Override
  public synchronized void stateEntered(String state) {
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
  public synchronized void mapStarted(String state, int items) {
    linesPrinted = 0;
    if (terminal) {
      endBar();
      bar = bar(stage(state), items);
    }
  }

  @Override
  public synchronized void itemFinished(String state, int done, int items) {
    if (bar != null) {
      bar.stepTo(done);
      return;
    }
    int lines = (int) ((long) done * LINES / items);
    if (lines > linesPrinted) {
      linesPrinted = lines;
      line("%s: %d of %d batches".formatted(stage(state), done, items));
    }
  }

  @Override
  public synchronized void itemsDone(String state, int done, int items) {
    if (bar != null) {
      // Items are still being counted while the first ones are worked on.
      bar.maxHint(items);
    }
    itemFinished(state, done, items);
  }

  @Override
  public synchronized void taskRetried(
      String state, String error, String cause, int attempt, Duration delay) {
    line(
        "%s: %s It is tried again in %.1f s."
            .formatted(stage(state), sentence(cause), delay.toMillis() / 1e3));
  }

  @Override
  public synchronized void stateFailed(String state, String error, String cause) {
    line("%s failed: %s".formatted(stage(state), sentence(cause)));
  }

  /** Says what does not stop the run; also while a bar is shown. */
  synchronized void warn(String sentence) {
    line(sentence);
  }

  private static String stage(String state) {
    return STAGES.getOrDefault(state, state);
  }

  /** A function's failure is JSON around a sentence; the error's name is for the workflow. */
  private static String sentence(String cause) {
    String sentence = cause == null ? "" : cause.strip();
    try {
      JsonNode failure = Json.MAPPER.readTree(sentence);
      if (failure.isObject()) {
        sentence = failure.path("errorMessage").asText("").strip();
      }
    } catch (JsonProcessingException e) {
      // It is a sentence already.
    }
    if (sentence.isEmpty() || sentence.equals("null")) {
      return "No reason was given.";
    }
    return sentence.endsWith(".") ? sentence : sentence + ".";
  }

  @Override
  public synchronized void executionEnded(ExecutionResult result) {
    endBar();
  }

  private static ProgressBar bar(String stage, long items) {
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(stage)
            .setInitialMax(items)
            .setStyle(ProgressBarStyle.UNICODE_BLOCK)
            .setUpdateIntervalMillis(100)
            .clearDisplayOnFinish()
            .build();
    bar.refresh();
    return bar;
  }

  private void endBar() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  private void line(String text) {
    if (bar == null) {
      err.println(text);
    } else {
      // In the bar's place, and a row for the bar to come again in.
      err.flush();
      System.err.print(ERASE_BAR + VisibleText.lines(text) + "\n\n");
    }
    err.flush();
  }

  @Override
  public synchronized void close() {
    endBar();
  }
}
