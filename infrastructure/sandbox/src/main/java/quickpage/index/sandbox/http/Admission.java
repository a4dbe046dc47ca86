package quickpage.index.sandbox.http;

import java.time.Duration;
import java.util.Optional;

/**
 * The limit of queries that run at once, like the real server's pool of 50 connections: more of
 * them wait, and while they do, everything is slower.
 *
 * <p>A query that has waited for a minute is answered with the real server's timeout; more than
 * four times the limit waiting, and the proxy in front answers 503 with Retry-After at once.
 */
final class Admission {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int WAITING_PER_RUNNING = 4;

  private int running;
  private int waiting;

  /** How much slower than normal a request is now: queries present divided by the limit, or 1. */
  synchronized double crowding(int limit) {
    return Math.max(1.0, (double) (running + waiting + 1) / limit);
  }

  /**
   * Waits for a place. If this returns empty the caller has one and must {@link #leave}.
   *
   * @return what to answer instead
   */
  synchronized Optional<Reply> enter(int limit) throws InterruptedException {
    if (running >= limit && waiting >= limit * WAITING_PER_RUNNING) {
      return Fault.UNAVAILABLE.reply();
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    waiting++;
    try {
      while (running >= limit) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return Fault.POOL_EXHAUSTED.reply();
        }
        wait(left);
      }
      running++;
      return Optional.empty();
    } finally {
      waiting--;
    }
  }

  synchronized void leave() {
    running--;
    notifyAll();
  }
}
