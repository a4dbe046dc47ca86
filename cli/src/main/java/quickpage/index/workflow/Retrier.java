package quickpage.index.workflow;

import java.time.Duration;
import java.util.List;

/**
 * One entry of a {@code Retry}.
 *
 * @param interval the pause before the first repetition
 * @param maxAttempts repetitions, not counting the first try
 * @param maxDelay no pause is longer
 * @param fullJitter whether a pause is drawn evenly between 0 and its length
 */
record Retrier(
    List<String> errorEquals,
    Duration interval,
    int maxAttempts,
    double backoffRate,
    Duration maxDelay,
    boolean fullJitter) {

  /**
   * The pause before a repetition.
   *
   * @param attempt 1 for the first repetition
   * @param draw evenly distributed in [0, 1); used only with jitter
   */
  Duration delay(int attempt, double draw) {
    double seconds = interval.toSeconds() * Math.pow(backoffRate, attempt - 1.0);
    double capped = Math.min(seconds, (double) maxDelay.toSeconds());
    return Duration.ofMillis(Math.round(1000 * (fullJitter ? draw * capped : capped)));
  }
}
