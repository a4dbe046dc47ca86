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
  private final HttpTransport transport;
  private final TokenSource tokens;
  private final Clock clock;
  private final Sleeper sleeper;
  private final DoubleSupplier random;
  private final QueryMetrics metrics;
  private final CircuitBreaker circuitBreaker;

  public RetryingClient(
      HttpTransport transport,
      TokenSource tokens,
      Clock clock,
      Sleeper sleeper,
      DoubleSupplier random,
      QueryMetrics metrics) {
    this.transport = transport;
    this.tokens = tokens;
    this.clock = clock;
    this.sleeper = sleeper;
    this.random = random;
    this.metrics = metrics;
    this.circuitBreaker = new CircuitBreaker(clock);
  }

  /**
   * The answer.
   *
   * @throws FailedQueryException if there is none after all repeats, or none that a repeat would
   *     bring
   */
  public <T> T ask(NeuPrintRequest<T> request) throws FailedQueryException, InterruptedException {
    if (circuitBreaker.isDown()) {
      throw new FailedQueryException(ErrorClassification.down(), 1);
    }
    Instant begun = clock.instant();
    for (int attempts = 1; ; attempts++) {
      FailedAttemptException failed;
      try {
        T answer = attempt(request);
        circuitBreaker.answered();
        return answer;
      } catch (FailedAttemptException e) {
        if (Thread.interrupted()) {
          // What failed then says nothing of the server.
          throw new InterruptedException("interrupted while asking NeuPrint");
        }
        failed = e;
      }
      ErrorClassification classification = failed.classification();
      if (classification.reaction() != ErrorReaction.OUT_OF_TIME) {
        metrics.error();
      }
      if (classification.strained()) {
        circuitBreaker.failed();
      } else if (classification.reaction() != ErrorReaction.OUT_OF_TIME) {
        circuitBreaker.answered();
      }
      Duration wait = null;
      boolean is500 =
          failed.isInternalError() && classification.reaction() == ErrorReaction.TYPES_FAULT;
      if (classification.reaction() == ErrorReaction.ASK_AGAIN_ONCE && attempts == 1) {
        wait = Duration.ZERO;
      } else if ((classification.reaction() == ErrorReaction.REPEAT || is500)
          && !circuitBreaker.isDown()) {
        Duration elapsed = Duration.between(begun, clock.instant());
        wait = request.backoff().get().wait(attempts, is500, elapsed, failed.retryAfter(), random);
      }
      if (wait == null || isTooLong(request, wait)) {
        throw new FailedQueryException(classification, attempts);
      }
      metrics.retry();
      if (sleeper.sleep(wait, request.observer().stopped())) {
        throw new FailedQueryException(ErrorClassification.outOfTime(), attempts);
      }
    }
  }

  private boolean isTooLong(NeuPrintRequest<?> request, Duration wait) {
    return request.deadline() != null && !clock.instant().plus(wait).isBefore(request.deadline());
  }

  private <T> T attempt(NeuPrintRequest<T> request) throws FailedAttemptException {
    String token = tokens.token();
    try {
      return transport.send(request, token);
    } catch (FailedAttemptException failed) {
      String renewed = failed.isUnauthorized() ? renewed(token) : null;
      if (renewed == null) {
        throw failed;
      }
      return transport.send(request, renewed);
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
