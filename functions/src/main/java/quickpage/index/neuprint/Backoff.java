package quickpage.index.neuprint;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Capped exponential backoff with full jitter: before the n-th repeat a random time between nothing
 * and {@code first · 2ⁿ⁻¹}, at most {@code cap}. Full jitter spreads the clients of a server that
 * comes back better than any other (Brooker, "Exponential Backoff And Jitter", AWS Architecture
 * Blog, 2015).
 *
 * <p>Not a library's: Failsafe has no full jitter and no clock that a test can set, and these few
 * lines are what would be left to write.
 *
 * @param attempts how often a request is sent at most, the first time included
 * @param longestRetryAfter a server that asks to wait for longer is given up on
 */
record Backoff(int attempts, Duration first, Duration cap, Duration longestRetryAfter) {

  /**
   * For the types of a run. Seven waits of 0.5 to 30 s, half of that on average: 31 s, within which
   * a restarted database is back.
   */
  static final Backoff PATIENT =
      new Backoff(8, Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofMinutes(2));

  /** For the first contact, with a person waiting: a wrong address is told within two seconds. */
  static final Backoff BRIEF =
      new Backoff(3, Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(30));

  /**
   * The wait before the next attempt; null if there is none.
   *
   * @param failed attempts so far, at least 1
   * @param retryAfter what the server asked for, or null; a lower bound
   * @param random from 0 (inclusive) to 1 (exclusive)
   */
  Duration wait(int failed, Duration retryAfter, DoubleSupplier random) {
    if (failed >= attempts || (retryAfter != null && retryAfter.compareTo(longestRetryAfter) > 0)) {
      return null;
    }
    // 2^20 times the first wait is beyond any cap.
    long most = Math.min(cap.toMillis(), first.toMillis() << Math.min(failed - 1, 20));
    Duration jittered = Duration.ofMillis((long) (random.getAsDouble() * most));
    // Added, not the greater of the two: clients that were told the same time must not meet again.
    return retryAfter == null ? jittered : retryAfter.plus(jittered);
  }
}
