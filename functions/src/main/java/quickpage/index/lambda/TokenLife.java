package quickpage.index.lambda;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quickpage.index.error.RefusedException;
import quickpage.index.model.TransientFailure;
import quickpage.index.model.run.Metric;
import quickpage.index.neuprint.token.TokenExpiry;
import quickpage.index.neuprint.token.TokenSource;

/** Tells a deployment how long its token will last, while there is time to get another. */
public final class TokenLife {

  private static final Logger LOG = LoggerFactory.getLogger(TokenLife.class);

  /**
   * Two weeks: time enough for whoever may make a token to be away for one. Only for the log; what
   * a team is told is the alarm's to decide, by the parameter TokenWarningDays.
   */
  private static final long WARNING_DAYS = 14;

  private TokenLife() {}

  /**
   * Writes the metric {@code TokenDaysLeft}, and a warning if they are few. A token that does not
   * say when it ends has no metric; one that cannot be read is the plan's to refuse.
   */
  public static void tell(TokenSource source, String deployment, String run, Clock clock) {
    Instant now = clock.instant();
    daysLeft(source, now)
        .ifPresent(
            days -> {
              MetricLine.write(deployment, run, List.of(Metric.count("TokenDaysLeft", days)), now);
              if (days < WARNING_DAYS) {
                LOG.warn(
                    "The NeuPrint token in the {} ends in {} days: get another from your account"
                        + " page on the NeuPrint server and store it there.",
                    source.origin(),
                    days);
              }
            });
  }

  private static Optional<Long> daysLeft(TokenSource source, Instant now) {
    try {
      return TokenExpiry.daysLeft(source.token(), now);
    } catch (RefusedException | TransientFailure e) {
      return Optional.empty();
    }
  }
}
