package quickpage.index.workflow;

import java.time.Duration;
import java.util.concurrent.ExecutorService;

/**
 * What an execution and all its children share.
 *
 * @param threads grows with what runs at once
 * @param retryDelayFactor 1, but for tests that will not wait
 */
record Surroundings(
    FunctionInvoker functions,
    ItemSource items,
    ExecutorService threads,
    Deadline deadline,
    WorkflowListener listener,
    double retryDelayFactor) {

  /** When the machine's TimeoutSeconds are over, on the clock of {@link System#nanoTime}. */
  record Deadline(long nanoTime) {
    static Deadline in(Duration time) {
      return new Deadline(System.nanoTime() + time.toNanos());
    }

    Duration remaining() {
      return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    void check() {
      if (remaining().isZero()) {
        throw new ReachedException();
      }
    }

    /** The whole execution is out of time: no Retry or Catch applies. */
    static final class ReachedException extends RuntimeException {
      private static final long serialVersionUID = 1L;

      ReachedException() {
        super("the execution reached its time limit");
      }
    }
  }

  /** Waits, but not beyond the deadline. */
  void pause(Duration delay) throws InterruptedException {
    Duration remaining = deadline.remaining();
    Duration pause = Duration.ofNanos((long) (delay.toNanos() * retryDelayFactor));
    Thread.sleep((pause.compareTo(remaining) < 0 ? pause : remaining).toMillis());
    deadline.check();
  }
}
