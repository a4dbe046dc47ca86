package quickpage.index.lease;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import quickpage.index.model.DatasetVersion;

/**
 * What uploads left in a site until a run has seen it. Times are in milliseconds; every part may be
 * null, which means that there is none.
 *
 * @param firstChange of the changes that no run has seen; null exactly where {@code lastChange} is
 * @param lastChange of the same
 * @param seenUntil every page of before this time was or will be seen by a run that has begun
 * @param starting name of the execution that was chosen for the pending changes
 * @param recheckDue when the delayed message that was sent last will arrive
 * @param held who stopped starts by upload, and when; in words
 * @param datasetEdit which data the published index was made of
 */
public record PendingUploads(
    Instant firstChange,
    Instant lastChange,
    Instant seenUntil,
    String starting,
    Instant recheckDue,
    String held,
    String datasetEdit) {

  /** A site of which nothing is known. */
  public static final PendingUploads NONE =
      new PendingUploads(null, null, null, null, null, null, null);

  /**
   * S3's events tell their time in whole seconds, rounded down, and its clock may be a little
   * behind.
   */
  static final Duration GRACE = Duration.ofSeconds(2);

  public PendingUploads {
    if ((firstChange == null) != (lastChange == null)) {
      throw new IllegalArgumentException("a first change without a last one, or the reverse");
    }
    firstChange = milliseconds(firstChange);
    lastChange = milliseconds(lastChange);
    seenUntil = milliseconds(seenUntil);
    recheckDue = milliseconds(recheckDue);
  }

  private static Instant milliseconds(Instant time) {
    return time == null ? null : time.truncatedTo(ChronoUnit.MILLIS);
  }

  /** Whether there are changes that no run has seen. */
  public boolean pending() {
    return firstChange != null;
  }

  /** Whether uploads start nothing for now. */
  public boolean isHeld() {
    return held != null;
  }

  /** With a change of a page, unless a run has seen it since. */
  public PendingUploads changed(Instant at) {
    if (seenUntil != null && !at.plus(GRACE).isAfter(seenUntil)) {
      return this;
    }
    return pendingFrom(
        pending() && firstChange.isBefore(at) ? firstChange : at,
        pending() && lastChange.isAfter(at) ? lastChange : at);
  }

  private PendingUploads pendingFrom(Instant first, Instant last) {
    return new PendingUploads(first, last, seenUntil, starting, recheckDue, held, datasetEdit);
  }

  /** With everything pending again: a run that was to see it will not. */
  public PendingUploads putBack(Instant now) {
    return new PendingUploads(now, now, seenUntil, null, recheckDue, held, datasetEdit);
  }

  /**
   * After an execution failed of what may pass by itself: if uploads started it, everything is
   * pending again, for one more execution, whose name says so. That one has no other after it.
   */
  public PendingUploads failed(String name, Instant now) {
    return name.startsWith(Executions.BY_UPLOADS) && !name.endsWith(Executions.AGAIN)
        ? putBack(now).claimed(name + Executions.AGAIN)
        : this;
  }

  /** With the name of the execution that is about to be started. */
  public PendingUploads claimed(String name) {
    return new PendingUploads(
        firstChange, lastChange, seenUntil, name, recheckDue, held, datasetEdit);
  }

  /**
   * After an execution was started, which will see whatever was there before. Changes of after it
   * was chosen stay pending; they go when it begins to list.
   *
   * @param last the last change when it was chosen
   * @param before a time before it was started
   */
  public PendingUploads started(String name, Instant last, Instant before) {
    if (!name.equals(starting)) {
      return this; // It lists its pages already, or another run does.
    }
    boolean more = pending() && lastChange.isAfter(last);
    return new PendingUploads(
        more ? lastChange : null,
        more ? lastChange : null,
        seenUntil == null || seenUntil.isBefore(before) ? before : seenUntil,
        null,
        recheckDue,
        held,
        datasetEdit);
  }

  /** After the execution that was to see the changes turned out to have ended without that. */
  public PendingUploads notSeenBy(String name, Instant now) {
    return name.equals(starting) ? putBack(now) : this;
  }

  /** When a run is about to list the pages. */
  public PendingUploads listing(Instant now) {
    return new PendingUploads(null, null, now, null, recheckDue, held, datasetEdit);
  }

  /** With a delayed message on its way. */
  public PendingUploads recheckSent(Instant due) {
    return new PendingUploads(firstChange, lastChange, seenUntil, starting, due, held, datasetEdit);
  }

  /** After a delayed message arrived; no other's arrival ends the wait for the last one sent. */
  public PendingUploads recheckArrived(Instant due) {
    return due.equals(recheckDue)
        ? new PendingUploads(firstChange, lastChange, seenUntil, starting, null, held, datasetEdit)
        : this;
  }

  /** With starts by upload stopped. */
  public PendingUploads hold(String who) {
    return new PendingUploads(
        firstChange, lastChange, seenUntil, starting, recheckDue, who, datasetEdit);
  }

  /** With starts by upload allowed again. */
  public PendingUploads resumed() {
    return hold(null);
  }

  /** After an index of this version was published. */
  public PendingUploads published(DatasetVersion version) {
    return new PendingUploads(
        firstChange, lastChange, seenUntil, starting, recheckDue, held, textOf(version));
  }

  /** Whether an index was published, and of other data than this. */
  public boolean publishedOtherThan(DatasetVersion version) {
    return datasetEdit != null && !datasetEdit.equals(textOf(version));
  }

  private static String textOf(DatasetVersion version) {
    return version.dataset() + "#" + version.uuid() + "#" + version.lastDatabaseEdit();
  }
}
