package quickpage.index.neuprint.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;
import quickpage.index.neuprint.failure.CircuitBreaker;
import quickpage.index.neuprint.failure.ErrorClassification;
import quickpage.index.neuprint.failure.ErrorReaction;
import quickpage.index.neuprint.failure.FailedAttemptException;
import quickpage.index.neuprint.failure.FailedQueryException;
import quickpage.index.neuprint.token.TokenSource;

/**
 * Asks one server as often as it takes: repeats what may mend, waits as {@link Backoff} says, gives
 * up when the {@link CircuitBreaker} that all questions share says that the server is down, and
 * renews a refused token once.
 */
public final class RetryingClient {
  private final HttpTransport exchange;
  private final TokenSource tokens;
  private final Clock clock;
  private final Sleeper sleeper;
  private final DoubleSupplier random;
  private final QueryMetrics tally;
  private final CircuitBreaker outage;

  public RetryingClient(
      HttpTransport exchange,
      TokenSource tokens,
      Clock clock,
      Sleeper sleeper,
      DoubleSupplier random,
      QueryMetrics tally) {
    this.exchange = exchange;
    this.tokens = tokens;
    this.clock = clock;
    this.sleeper = sleeper;
    this.random = random;
    this.tally = tally;
    this.outage = new CircuitBreaker(clock);
  }

  /**
   * The answer.
   *
   * @throws FailedQueryException if there is none after all repeats, or none that a repeat would
   *     bring
   */
  public <T> T ask(NeuPrintRequest<T> ask) throws FailedQueryException, InterruptedException {
    if (outage.isDown()) {
      throw new FailedQueryException(ErrorClassification.down(), 1);
    }
    Instant begun = clock.instant();
    for (int attempts = 1; ; attempts++) {
      FailedAttemptException failed;
      try {
        T answer = attempt(ask);
        outage.answered();
        return answer;
      } catch (FailedAttemptException e) {
        failed = e;
      }
      ErrorClassification diagnosis = failed.diagnosis();
      if (diagnosis.reaction() != ErrorReaction.OUT_OF_TIME) {
        tally.error();
      }
      if (diagnosis.strained()) {
        outage.failed();
      } else if (diagnosis.reaction() != ErrorReaction.OUT_OF_TIME) {
        outage.answered();
      }
      Duration wait = null;
      boolean is500 = failed.isInternalError() && diagnosis.reaction() == ErrorReaction.TYPES_FAULT;
      if (diagnosis.reaction() == ErrorReaction.ASK_AGAIN_ONCE && attempts == 1) {
        wait = Duration.ZERO;
      } else if ((diagnosis.reaction() == ErrorReaction.REPEAT || is500) && !outage.isDown()) {
        Duration elapsed = Duration.between(begun, clock.instant());
        wait = ask.backoff().get().wait(attempts, is500, elapsed, failed.retryAfter(), random);
      }
      if (wait == null || isTooLong(ask, wait)) {
        throw new FailedQueryException(diagnosis, attempts);
      }
      tally.retry();
      if (sleeper.sleep(wait, ask.watch().stopped())) {
        throw new FailedQueryException(ErrorClassification.outOfTime(), attempts);
      }
    }
  }

  private boolean isTooLong(NeuPrintRequest<?> ask, Duration wait) {
    return ask.deadline() != null && !clock.instant().plus(wait).isBefore(ask.deadline());
  }

  private <T> T attempt(NeuPrintRequest<T> ask) throws FailedAttemptException {
    String token = tokens.token();
    try {
      return exchange.send(ask, token);
    } catch (FailedAttemptException failed) {
      String renewed = failed.isUnauthorized() ? renewed(token) : null;
      if (renewed == null) {
        throw failed;
      }
      return exchange.send(ask, renewed);
    }
  }

  /**
   * Another token than the refused one, or null. Several questions are refused at once when a token
   * expires; the first of them reads the source again, the others find it done.
   */
  private synchronized String renewed(String refused) {
    String token = tokens.token();
    if (token.equals(refused)) {
      token = tokens.reread();
    }
    return token.equals(refused) ? null : token;
  }
}
