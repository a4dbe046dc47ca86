package quickpage.index.start;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import quickpage.index.lease.Executions;
import quickpage.index.lease.Lease;
import quickpage.index.lease.Listing;
import quickpage.index.lease.PendingUploads;
import quickpage.index.lease.UploadQueue;

/** What to do about a site's pending uploads. */
sealed interface StartDecision {

  /**
   * From the first change that no run has taken up until a run begins, however busy uploads are.
   */
  Duration LONGEST_WAIT = Duration.ofMinutes(30);

  /**
   * An execution that was started has the lease by then. Until then Step Functions, which tells of
   * executions a little late, may not even know it.
   */
  Duration LONGEST_BEGIN = Duration.ofMinutes(2);

  /** Nothing: nothing is to be done, or a message that is on its way will ask again. */
  record Nothing() implements StartDecision {}

  /** To look again at a later time. */
  record LookAgain(Instant at) implements StartDecision {}

  /** To start a run of this name. */
  record Start(String name) implements StartDecision {}

  /** To note that the run that has the lease has taken up what waits. */
  record NoteListing(String run) implements StartDecision {}

  /** To ask what became of the run that was to see what waits: it has no lease. */
  record AskAbout(String run) implements StartDecision {}

  /** To make everything pending again: no run is known that would see it. */
  record PutBack() implements StartDecision {}

  /**
   * Decides. A run begins when uploads have rested for the quiet window, or the first of them is
   * half an hour old, and no earlier than the next attempt is due after one that failed; not while
   * they are held or wait for a person, nor while a run has the lease.
   *
   * @param lease of the site, read after the pending uploads were written
   */
  static StartDecision of(
      PendingUploads pendingUploads, Optional<Lease> lease, Instant now, Duration quiet) {
    if (pendingUploads.isHeld() || !pendingUploads.waiting()) {
      return new Nothing();
    }
    if (!pendingUploads.pending()) {
      return watch(pendingUploads, lease, now);
    }
    if (pendingUploads.blocked() != null) {
      return new Nothing();
    }
    Instant ready = ready(pendingUploads, quiet);
    if (now.isBefore(ready)) {
      return lookAgain(pendingUploads, now, ready);
    }
    if (lease.isPresent()) {
      // Its run sends a message when it ends; this is for one that never does.
      return lookAgain(pendingUploads, now, lease.get().expires());
    }
    String chosen = pendingUploads.starts().name();
    return new Start(chosen == null ? name(pendingUploads.changes().first()) : chosen);
  }

  private static Instant ready(PendingUploads pendingUploads, Duration quiet) {
    Instant rested = pendingUploads.changes().last().plus(quiet);
    Instant longest = pendingUploads.changes().first().plus(LONGEST_WAIT);
    Instant ready = rested.isBefore(longest) ? rested : longest;
    Instant notBefore = pendingUploads.retry().notBefore();
    return notBefore == null || notBefore.isBefore(ready) ? ready : notBefore;
  }

  /** A run has taken up what waits; should it vanish without a word, this finds out. */
  private static StartDecision watch(
      PendingUploads pendingUploads, Optional<Lease> lease, Instant now) {
    Listing listing = pendingUploads.listing();
    if (listing == null) {
      return lease.isPresent() ? new NoteListing(lease.get().run()) : new PutBack();
    }
    if (lease.isPresent()) {
      return lookAgain(pendingUploads, now, lease.get().expires());
    }
    Instant begun = listing.since().plus(LONGEST_BEGIN);
    return now.isBefore(begun)
        ? lookAgain(pendingUploads, now, begun)
        : new AskAbout(listing.run());
  }

  /** To look again at a time, or earlier, unless a message is on its way that will. */
  static StartDecision lookAgain(PendingUploads pendingUploads, Instant now, Instant wanted) {
    Instant latest = now.plus(UploadQueue.LONGEST_DELAY);
    Instant at = wanted.isBefore(latest) ? wanted : latest;
    Instant due = pendingUploads.starts().recheckDue();
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
