package quickpage.index.serve;

import java.time.Duration;
import java.time.Instant;

/**
 * Changes that no run has seen. A run begins when they have rested for the quiet window, or when
 * the first of them is half an hour old, as for uploads to a bucket.
 */
final class PendingChanges {

  /** From the first change until a run begins, however busy the pages are. */
  static final Duration LONGEST_WAIT = Duration.ofMinutes(30);

  private final Duration quiet;
  private Instant first;
  private Instant last;
  private Instant notBefore = Instant.MIN;

  PendingChanges(Duration quiet) {
    this.quiet = quiet;
  }

  /** Something has changed; whatever made a run wait has perhaps passed. */
  void changed(Instant when) {
    if (first == null || when.isBefore(first)) {
      first = when;
    }
    if (last == null || when.isAfter(last)) {
      last = when;
    }
    notBefore = Instant.MIN;
  }

  boolean areThere() {
    return first != null;
  }

  /** Whether it is time for a run. */
  boolean areDue(Instant now) {
    if (first == null || now.isBefore(notBefore)) {
      return false;
    }
    Instant rested = last.plus(quiet);
    Instant longest = first.plus(LONGEST_WAIT);
    return !now.isBefore(rested.isBefore(longest) ? rested : longest);
  }

  /** A run has seen them. */
  void seen() {
    first = null;
    last = null;
    notBefore = Instant.MIN;
  }

  /** A run that began at some time has seen what was noticed before. */
  void seenUntil(Instant begun) {
    if (last != null && last.isBefore(begun)) {
      seen();
    }
  }

  /**
   * A run could not be, or failed: they stay, and without another change nothing is tried before.
   */
  void waitUntil(Instant time) {
    notBefore = time;
  }
}
