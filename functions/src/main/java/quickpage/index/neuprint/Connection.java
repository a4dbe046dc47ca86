package quickpage.index.neuprint;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;

/**
 * Asks one server as often as it takes: repeats what may mend, waits as {@link Backoff} says, gives
 * up when the {@link Outage} that all questions share says that the server is down, and renews a
 * refused token once.
 */
final class Connection {
  private final Exchange exchange;
  private final TokenSource tokens;
  private final Clock clock;
  private final Sleeper sleeper;
  private final DoubleSupplier random;
  private final Tally tally;
  private final Outage outage;

  Connection(
      Exchange exchange,
      TokenSource tokens,
      Clock clock,
      Sleeper sleeper,
      DoubleSupplier random,
      Tally tally) {
    this.exchange = exchange;
    this.tokens = tokens;
    this.clock = clock;
    this.sleeper = sleeper;
    this.random = random;
    this.tally = tally;
    this.outage = new Outage(clock);
  }

  /**
   * The answer.
   *
   * @throws QueryFailed if there is none after all repeats, or none that a repeat would bring
   */
  <T> T ask(Ask<T> ask) throws QueryFailed, InterruptedException {
    if (outage.isDown()) {
      throw new QueryFailed(Diagnosis.down(), 1);
    }
    Instant begun = clock.instant();
    for (int attempts = 1; ; attempts++) {
      FailedAttempt failed;
      try {
        T answer = attempt(ask);
        outage.answered();
        return answer;
      } catch (FailedAttempt e) {
        failed = e;
      }
      Diagnosis diagnosis = failed.diagnosis();
      if (diagnosis.reaction() != Reaction.OUT_OF_TIME) {
        tally.error();
      }
      if (diagnosis.strained()) {
        outage.failed();
      } else if (diagnosis.reaction() != Reaction.OUT_OF_TIME) {
        outage.answered();
      }
      Duration wait = null;
      boolean is500 = failed.isInternalError() && diagnosis.reaction() == Reaction.TYPES_FAULT;
      if (diagnosis.reaction() == Reaction.ASK_AGAIN_ONCE && attempts == 1) {
        wait = Duration.ZERO;
      } else if ((diagnosis.reaction() == Reaction.REPEAT || is500) && !outage.isDown()) {
        Duration elapsed = Duration.between(begun, clock.instant());
        wait = ask.backoff().get().wait(attempts, is500, elapsed, failed.retryAfter(), random);
      }
      if (wait == null || isTooLong(ask, wait)) {
        throw new QueryFailed(diagnosis, attempts);
      }
      tally.retry();
      if (sleeper.sleep(wait, ask.watch().stopped())) {
        throw new QueryFailed(Diagnosis.outOfTime(), attempts);
      }
    }
  }

  private boolean isTooLong(Ask<?> ask, Duration wait) {
    return ask.deadline() != null && !clock.instant().plus(wait).isBefore(ask.deadline());
  }

  private <T> T attempt(Ask<T> ask) throws FailedAttempt {
    String token = tokens.token();
    try {
      return exchange.send(ask, token);
    } catch (FailedAttempt failed) {
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
