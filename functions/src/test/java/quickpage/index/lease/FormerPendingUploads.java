package quickpage.index.lease;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import quickpage.index.model.DatasetVersion;

/**
 * What pending uploads were before a failed run had three outcomes: as functions of the version
 * before read and write the item while a deployment shifts traffic.
 */
public record FormerPendingUploads(
    Instant firstChange,
    Instant lastChange,
    Instant seenUntil,
    String starting,
    Instant recheckDue,
    String held,
    String datasetEdit) {

  /** Ended the name of an execution that was started because the one before it had failed. */
  public static final String AGAIN = "-again";

  /** A site of which nothing is known. */
  public static final FormerPendingUploads NONE =
      new FormerPendingUploads(null, null, null, null, null, null, null);

  /**
   * S3's events tell their time in whole seconds, rounded down, and its clock may be a little
   * behind.
   */
  static final Duration GRACE = Duration.ofSeconds(2);

  public FormerPendingUploads {
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
  public FormerPendingUploads changed(Instant at) {
    if (seenUntil != null && !at.plus(GRACE).isAfter(seenUntil)) {
      return this;
    }
    return pendingFrom(
        pending() && firstChange.isBefore(at) ? firstChange : at,
        pending() && lastChange.isAfter(at) ? lastChange : at);
  }

  private FormerPendingUploads pendingFrom(Instant first, Instant last) {
    return new FormerPendingUploads(
        first, last, seenUntil, starting, recheckDue, held, datasetEdit);
  }

  /** With everything pending again: a run that was to see it will not. */
  public FormerPendingUploads putBack(Instant now) {
    return new FormerPendingUploads(now, now, seenUntil, null, recheckDue, held, datasetEdit);
  }

  /**
   * After an execution failed of what may pass by itself: if uploads started it, everything is
   * pending again, for one more execution, whose name says so. That one has no other after it.
   */
  public FormerPendingUploads failed(String name, Instant now) {
    return name.startsWith(Executions.BY_UPLOADS) && !name.endsWith(AGAIN)
        ? putBack(now).claimed(name + AGAIN)
        : this;
  }

  /** With the name of the execution that is about to be started. */
  public FormerPendingUploads claimed(String name) {
    return new FormerPendingUploads(
        firstChange, lastChange, seenUntil, name, recheckDue, held, datasetEdit);
  }

  /**
   * After an execution was started, which will see whatever was there before. Changes of after it
   * was chosen stay pending; they go when it begins to list.
   *
   * @param last the last change when it was chosen
   * @param before a time before it was started
   */
  public FormerPendingUploads started(String name, Instant last, Instant before) {
    if (!name.equals(starting)) {
      return this; // It lists its pages already, or another run does.
    }
    boolean more = pending() && lastChange.isAfter(last);
    return new FormerPendingUploads(
        more ? lastChange : null,
        more ? lastChange : null,
        seenUntil == null || seenUntil.isBefore(before) ? before : seenUntil,
        null,
        recheckDue,
        held,
        datasetEdit);
  }

  /** After the execution that was to see the changes turned out to have ended without that. */
  public FormerPendingUploads notSeenBy(String name, Instant now) {
    return name.equals(starting) ? putBack(now) : this;
  }

  /** When a run is about to list the pages. */
  public FormerPendingUploads listing(Instant now) {
    return new FormerPendingUploads(null, null, now, null, recheckDue, held, datasetEdit);
  }

  /** With a delayed message on its way. */
  public FormerPendingUploads recheckSent(Instant due) {
    return new FormerPendingUploads(
        firstChange, lastChange, seenUntil, starting, due, held, datasetEdit);
  }

  /** After a delayed message arrived; no other's arrival ends the wait for the last one sent. */
  public FormerPendingUploads recheckArrived(Instant due) {
    return due.equals(recheckDue)
        ? new FormerPendingUploads(
            firstChange, lastChange, seenUntil, starting, null, held, datasetEdit)
        : this;
  }

  /** With starts by upload stopped. */
  public FormerPendingUploads hold(String who) {
    return new FormerPendingUploads(
        firstChange, lastChange, seenUntil, starting, recheckDue, who, datasetEdit);
  }

  /** With starts by upload allowed again. */
  public FormerPendingUploads resumed() {
    return hold(null);
  }

  /** After an index of this version was published. */
  public FormerPendingUploads published(DatasetVersion version) {
    return new FormerPendingUploads(
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
