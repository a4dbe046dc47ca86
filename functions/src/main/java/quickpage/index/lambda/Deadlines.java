package quickpage.index.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** When a function has to be done with something. */
public final class Deadlines {

  /**
   * Writing a shard and unprocessed items to the cache takes seconds; this leaves room for slow
   * ones.
   */
  private static final Duration RESERVED = Duration.ofSeconds(20);

  private Deadlines() {}

  /** When Lambda ends the function, whatever it does. */
  public static Instant end(Context context, Clock clock) {
    return clock.instant().plusMillis(context.getRemainingTimeInMillis());
  }

  /**
   * When a stage must have stopped asking, so that its handler can still write what it has: at the
   * function's own time limit less the reserve, or half of it where it is short.
   */
  public static Instant of(Context context, Clock clock) {
    Duration left = Duration.ofMillis(context.getRemainingTimeInMillis());
    Duration reserve = left.dividedBy(2).compareTo(RESERVED) < 0 ? left.dividedBy(2) : RESERVED;
    return clock.instant().plus(left.minus(reserve));
  }
}
