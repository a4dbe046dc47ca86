package quickpage.index.start;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import quickpage.index.lease.Executions;
import quickpage.index.lease.FormerPendingUploads;
import quickpage.index.lease.Lease;
import quickpage.index.lease.UploadQueue;

/** {@link StartDecision} of the version before failed runs had three outcomes. */
sealed interface FormerStartDecision {

  /** From the first change that no run has seen until a run begins, however busy uploads are. */
  Duration LONGEST_WAIT = Duration.ofMinutes(30);

  /** Nothing: nothing is pending, or a message that is on its way will ask again. */
  record Nothing() implements FormerStartDecision {}

  /** To look again at a later time. */
  record LookAgain(Instant at) implements FormerStartDecision {}

  /** To start a run of this name. */
  record Start(String name) implements FormerStartDecision {}

  /**
   * Decides. A run begins when uploads have rested for the quiet window, or the first of them is
   * half an hour old; not while they are held, nor while a run has the lease.
   *
   * @param lease of the site, read after the pending uploads were written
   */
  static FormerStartDecision of(
      FormerPendingUploads pendingUploads, Optional<Lease> lease, Instant now, Duration quiet) {
    if (!pendingUploads.pending() || pendingUploads.isHeld()) {
      return new Nothing();
    }
    Instant rested = pendingUploads.lastChange().plus(quiet);
    Instant longest = pendingUploads.firstChange().plus(LONGEST_WAIT);
    Instant ready = rested.isBefore(longest) ? rested : longest;
    if (now.isBefore(ready)) {
      return lookAgain(pendingUploads, now, ready);
    }
    if (lease.isPresent()) {
      // Its run sends a message when it ends; this is for one that never does.
      return lookAgain(pendingUploads, now, lease.get().expires());
    }
    return new Start(
        pendingUploads.starting() == null
            ? name(pendingUploads.firstChange())
            : pendingUploads.starting());
  }

  private static FormerStartDecision lookAgain(
      FormerPendingUploads pendingUploads, Instant now, Instant wanted) {
    Instant latest = now.plus(UploadQueue.LONGEST_DELAY);
    Instant at = wanted.isBefore(latest) ? wanted : latest;
    Instant due = pendingUploads.recheckDue();
    boolean onItsWay = due != null && due.isAfter(now) && !due.isAfter(at);
    return onItsWay ? new Nothing() : new LookAgain(at);
  }

  /**
   * One name for the pending changes, whoever decides: {@code upload-20260102T030405678Z}. No later
   * changes have the same first one, for changes so near to a start count as seen by it.
   */
  private static String name(Instant firstChange) {
    return Executions.BY_UPLOADS + TIME.format(firstChange);
  }

  DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);
}
