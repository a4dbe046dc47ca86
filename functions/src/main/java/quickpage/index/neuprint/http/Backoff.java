package quickpage.index.neuprint.http;

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
 * @param attemptsAt500 the same where NeuPrint answers 500, which may be a server that falters, but
 *     is also its answer to a NaN, every time
 * @param longestRetryAfter a server that asks to wait for longer is given up on
 * @param lasting how long a question is repeated in all; null for no bound but the attempts
 */
public record Backoff(
    int attempts,
    int attemptsAt500,
    Duration first,
    Duration cap,
    Duration longestRetryAfter,
    Duration lasting) {

  /**
   * For a server that is known to be there. Seven waits of 0.5 to 30 s, half of that on average: 31
   * s, within which a restarted database is back; two waits within 1.5 s at a 500.
   */
  public static final Backoff PATIENT =
      new Backoff(
          8, 3, Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofMinutes(2), null);

  /**
   * For the first contact with a server, where its address may be wrong.
   *
   * @param lasting how long whoever started the run wants to wait for it
   */
  public static Backoff firstContact(Duration lasting) {
    return new Backoff(
        Integer.MAX_VALUE,
        Integer.MAX_VALUE,
        Duration.ofMillis(500),
        lasting.dividedBy(4).compareTo(Duration.ofSeconds(1)) > 0
            ? Duration.ofSeconds(5)
            : Duration.ofSeconds(1),
        lasting,
        lasting);
  }

  /** The same without repeats at a 500. */
  public Backoff onceAt500() {
    return new Backoff(attempts, 1, first, cap, longestRetryAfter, lasting);
  }

  /**
   * The wait before the next attempt; null if there is none.
   *
   * @param failed attempts so far, at least 1
   * @param is500 whether the last one was answered with 500
   * @param elapsed since the first attempt
   * @param retryAfter what the server asked for, or null; a lower bound
   * @param random from 0 (inclusive) to 1 (exclusive)
   */
  Duration wait(
      int failed, boolean is500, Duration elapsed, Duration retryAfter, DoubleSupplier random) {
    if (failed >= (is500 ? attemptsAt500 : attempts)
        || (retryAfter != null && retryAfter.compareTo(longestRetryAfter) > 0)
        || (lasting != null && elapsed.compareTo(lasting) >= 0)) {
      return null;
    }
    // 2^20 times the first wait is beyond any cap.
    long most = Math.min(cap.toMillis(), first.toMillis() << Math.min(failed - 1, 20));
    Duration jittered = Duration.ofMillis((long) (random.getAsDouble() * most));
    // Added, not the greater of the two: clients that were told the same time must not meet again.
    return retryAfter == null ? jittered : retryAfter.plus(jittered);
  }
}
