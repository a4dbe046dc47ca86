package quickpage.index.neuprint.failure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * What all queries of a client know together of whether the server is down, so that a run does not
 * wait for each of its hundred queries to find out. The server counts as down when at least {@link
 * #FAILURES} requests in a row, of whatever query, found it busy or away and nothing else was heard
 * of it for {@link #SILENCE}. Queries are then not repeated; {@link #REST} after the last failure
 * the next query may try again.
 */
public final class CircuitBreaker {
  /** Requests in a row. One in three failing at random comes to this once in 60,000 times. */
  static final int FAILURES = 10;

  /** Longer than a database takes to restart, and than the 44 s its absence takes to be told. */
  static final Duration SILENCE = Duration.ofSeconds(90);

  static final Duration REST = Duration.ofSeconds(30);

  private final Clock clock;
  private int failures;
  private Instant since;
  private Instant last;

  public CircuitBreaker(Clock clock) {
    this.clock = clock;
  }

  /** The server answered something that shows it at work, be it an error. */
  public synchronized void answered() {
    failures = 0;
  }

  /** The server was busy or away. */
  public synchronized void failed() {
    Instant now = clock.instant();
    if (failures++ == 0) {
      since = now;
    }
    last = now;
  }

  public synchronized boolean isDown() {
    return failures >= FAILURES
        && Duration.between(since, last).compareTo(SILENCE) >= 0
        && Duration.between(last, clock.instant()).compareTo(REST) < 0;
  }
}
