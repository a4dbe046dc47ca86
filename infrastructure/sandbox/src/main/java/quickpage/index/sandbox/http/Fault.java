package quickpage.index.sandbox.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** What goes wrong now and then between a client and a busy research server, and passes. */
enum Fault {
  /** The database gave up on its own retries. */
  TRANSIENT {
    @Override
    Optional<Reply> reply() {
      return Optional.of(
          Reply.error(
              ServerTexts.retriesExhausted(
                  "Neo.TransientError.Database.DatabaseUnavailable",
                  "The database is not currently available to serve your request, refer to the"
                      + " database logs for more details. Retrying your request at a later time may"
                      + " succeed.")));
    }
  },
  /** No connection to the database was free in time. */
  POOL_EXHAUSTED {
    @Override
    Optional<Reply> reply() {
      return Optional.of(Reply.error(ServerTexts.TIMEOUT));
    }
  },
  /** The database was down. */
  UNREACHABLE {
    @Override
    Optional<Reply> reply() {
      return Optional.of(Reply.error(ServerTexts.UNREACHABLE));
    }
  },
  TOO_MANY_REQUESTS {
    @Override
    Optional<Reply> reply() {
      return Optional.of(proxy(429, "Too Many Requests").with("Retry-After", "1"));
    }
  },
  BAD_GATEWAY {
    @Override
    Optional<Reply> reply() {
      return Optional.of(Reply.message(502, "auth service unavailable"));
    }
  },
  UNAVAILABLE {
    @Override
    Optional<Reply> reply() {
      return Optional.of(proxy(503, "Service Temporarily Unavailable").with("Retry-After", "1"));
    }
  },
  GATEWAY_TIMEOUT {
    @Override
    Optional<Reply> reply() {
      return Optional.of(proxy(504, "Gateway Time-out"));
    }
  },
  CONNECTION_RESET,
  /** The right answer, cut off in the middle. */
  TRUNCATED;

  /** What is answered instead; empty if the connection is what fails. */
  Optional<Reply> reply() {
    return Optional.empty();
  }

  private static Reply proxy(int status, String reason) {
    String page = "<html><head><title>" + status + " " + reason + "</title></head></html>\n";
    return new Reply(
        status,
        Map.of("Content-Type", "text/html"),
        List.of(page.getBytes(StandardCharsets.UTF_8)));
  }

  /** Decides for each request whether, and which, fault strikes: the same seed, the same series. */
  static final class Dice {
    private static final List<Fault> ALL = List.of(values());

    private final SplittableRandom random;

    Dice(long seed) {
      this.random = new SplittableRandom(seed);
    }

    synchronized Optional<Fault> roll(double rate) {
      return random.nextDouble() < rate
          ? Optional.of(ALL.get(random.nextInt(ALL.size())))
          : Optional.empty();
    }
  }
}
