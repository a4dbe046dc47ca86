package quickpage.index.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How often runs failed that uploads had started, since something new was uploaded, and what comes
 * next.
 *
 * @param attempts that failed and may succeed later
 * @param notBefore when the next may begin, in milliseconds; null for at once
 * @param blocked why a person is needed, in a sentence; null while none is
 * @param failedRun name of the execution that was counted last, for its end is told more than once;
 *     null if there is none
 */
public record Retry(int attempts, Instant notBefore, String blocked, String failedRun) {

  public static final Retry NONE = new Retry(0, null, null, null);

  /** After so many failures only a person can help. */
  static final int MOST_ATTEMPTS = 24;

  /** After the first failure, the second, …; after the others the last. */
  private static final List<Duration> DELAYS =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofHours(1));

  public Retry {
    notBefore = PendingUploads.milliseconds(notBefore);
  }

  /** After something new was uploaded. */
  Retry anew() {
    return new Retry(0, null, null, failedRun);
  }

  /** With nothing counted of a run that was only in another's way. */
  Retry passedOver(String run) {
    return new Retry(attempts, notBefore, blocked, run);
  }

  /** After a run failed. */
  Retry failed(String run, RunOutcome.Failed how, Instant now) {
    return switch (how.remedy()) {
      case PERSON -> new Retry(attempts, null, how.why(), run);
      case LATER -> {
        int failures = attempts + 1;
        yield failures < MOST_ATTEMPTS
            ? new Retry(failures, now.plus(delay(failures)), null, run)
            : new Retry(
                failures,
                null,
                "%d runs have failed, the last of them so: %s".formatted(failures, how.why()),
                run);
      }
    };
  }

  private static Duration delay(int failures) {
    return DELAYS.get(Math.min(failures, DELAYS.size()) - 1);
  }
}
