package quickpage.index.stack;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The time as AWS has it, by the Date of an answer. A lease is compared with the clocks of
 * functions, so one that is taken by a clock of this machine that is slow would have ended for them
 * already.
 */
final class AwsClock {

  private AwsClock() {}

  /**
   * A clock that agrees with whoever answered, to a second or two, and goes on while this machine
   * sleeps.
   *
   * @param local of this machine, as it was when the answer came
   */
  static Clock of(SdkHttpResponse answer, Clock local) {
    Instant here = local.instant();
    return date(answer)
        .map(there -> Clock.offset(local, Duration.between(here, there)))
        .orElse(local);
  }

  private static Optional<Instant> date(SdkHttpResponse answer) {
    try {
      return answer
          .firstMatchingHeader("Date")
          .map(date -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
