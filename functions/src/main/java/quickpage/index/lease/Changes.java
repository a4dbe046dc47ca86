package quickpage.index.lease;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/** When the first and the last of some changes of pages were, in milliseconds. */
public record Changes(Instant first, Instant last) {

  public Changes {
    Objects.requireNonNull(first, "a last change without a first one");
    Objects.requireNonNull(last, "a first change without a last one");
    first = first.truncatedTo(ChronoUnit.MILLIS);
    last = last.truncatedTo(ChronoUnit.MILLIS);
  }

  public static Changes at(Instant time) {
    return new Changes(time, time);
  }

  /** With one more. */
  public Changes and(Instant time) {
    return new Changes(first.isBefore(time) ? first : time, last.isAfter(time) ? last : time);
  }
}
