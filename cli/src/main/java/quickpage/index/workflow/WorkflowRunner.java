package quickpage.index.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs workflows with the given functions and map items. Safe to share between threads. */
public final class WorkflowRunner {
  /** How long calls that were interrupted may take to end before the execution's end is told. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final FunctionInvoker functions;
  private final ItemSource items;
  private final double retryDelayFactor;

  public WorkflowRunner(FunctionInvoker functions, ItemSource items) {
    this(functions, items, 1);
  }

  /**
   * A runner that waits less, or more, between the attempts of a Retry.
   *
   * @param retryDelayFactor what a Retry's pauses are multiplied with
   */
  public WorkflowRunner(FunctionInvoker functions, ItemSource items, double retryDelayFactor) {
    this.functions = functions;
    this.items = items;
    this.retryDelayFactor = retryDelayFactor;
  }

  /**
   * Runs an execution to its end. To stop it, interrupt the calling thread: it ends as ABORTED, and
   * the thread stays interrupted.
   *
   * @param executionName 1 to 80 letters, digits, "-" or "_", as AWS wants it
   * @param input at most 256 KiB
   * @throws IllegalArgumentException AWS would not start this execution
   */
  public ExecutionResult execute(
      Workflow workflow, String executionName, JsonNode input, WorkflowListener listener) {
    if (!executionName.matches("[\\w-]{1,80}")) {
      throw new IllegalArgumentException(
          "an execution's name is 1 to 80 letters, digits, - or _, not \"" + executionName + "\"");
    }
    try {
      Limits.checkState("The execution's input", input);
    } catch (StateFailedException e) {
      throw new IllegalArgumentException(e.cause(), e);
    }
    WorkflowListener told = new SerialListener(listener);
    told.executionStarted(executionName);
    AtomicInteger number = new AtomicInteger();
    ExecutorService threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, executionName + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    Surroundings surroundings =
        new Surroundings(
            functions,
            items,
            threads,
            Surroundings.Deadline.in(workflow.timeout()),
            told,
            retryDelayFactor);
    ExecutionResult result;
    try {
      result = run(workflow, executionName, input, surroundings);
    } finally {
      // Also after a defect nothing goes on behind whoever called.
      threads.shutdownNow();
      awaitEnd(threads);
    }
    told.executionEnded(result);
    return result;
  }

  private static ExecutionResult run(
      Workflow workflow, String name, JsonNode input, Surroundings surroundings) {
    try {
      return ExecutionResult.succeeded(
          new WorkflowExecution(
                  workflow.machine(), ExecutionContext.named(name, input), surroundings, true)
              .run());
    } catch (StateFailedException e) {
      return ExecutionResult.failed(e.error(), e.cause());
    } catch (Surroundings.Deadline.ReachedException e) {
      return ExecutionResult.timedOut();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExecutionResult.aborted();
    }
  }

  private static void awaitEnd(ExecutorService threads) {
    boolean interrupted = Thread.interrupted();
    try {
      threads.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
