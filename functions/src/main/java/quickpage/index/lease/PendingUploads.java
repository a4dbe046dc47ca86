package quickpage.index.lease;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import quickpage.index.model.DatasetVersion;

/**
 * What uploads left in a site until an index that saw it is published. A change is pending until a
 * run is started for it or lists it; it waits until that run has published. A run that fails makes
 * it pending again. Times are in milliseconds; every part but {@code retry}, {@code starts} and
 * {@code published} may be null, which means that there is none.
 *
 * @param changes that no run has taken up
 * @param waitingSince the first change that no published index has seen; null also in what a
 *     version wrote that did not know it
 * @param listing the run that has taken up what waits and is not pending
 * @param retry how often that failed
 * @param starts how the next run comes about
 * @param held who stopped starts by upload, and when; in words
 * @param published what the published index was made of
 */
public record PendingUploads(
    Changes changes,
    Instant waitingSince,
    Listing listing,
    Retry retry,
    Starts starts,
    String held,
    Published published) {

  /** A site of which nothing is known. */
  public static final PendingUploads NONE =
      new PendingUploads(null, null, null, Retry.NONE, Starts.NONE, null, Published.NONE);

  /**
   * S3's events tell their time in whole seconds, rounded down, and its clock may be a little
   * behind.
   */
  static final Duration GRACE = Duration.ofSeconds(2);

  /**
   * How the next run by uploads comes about.
   *
   * @param seenUntil every page of before this time was seen by a run, or will be seen by one that
   *     uploads started, whose failure makes everything pending again
   * @param name of the execution that was chosen for the pending changes
   * @param recheckDue when the delayed message that was sent last will arrive
   */
  public record Starts(Instant seenUntil, String name, Instant recheckDue) {

    public static final Starts NONE = new Starts(null, null, null);

    public Starts {
      seenUntil = milliseconds(seenUntil);
      recheckDue = milliseconds(recheckDue);
    }

    Starts named(String chosen) {
      return new Starts(seenUntil, chosen, recheckDue);
    }

    Starts seenUntil(Instant time) {
      boolean later = seenUntil == null || (time != null && time.isAfter(seenUntil));
      return later ? new Starts(time, name, recheckDue) : this;
    }

    Starts recheck(Instant due) {
      return new Starts(seenUntil, name, due);
    }
  }

  /**
   * What the published index was made of. Both may be null for unknown.
   *
   * @param datasetEdit the dataset and its version
   * @param pages a checksum of the pages
   */
  public record Published(String datasetEdit, String pages) {

    public static final Published NONE = new Published(null, null);
  }

  public PendingUploads {
    waitingSince = milliseconds(waitingSince);
  }

  static Instant milliseconds(Instant time) {
    return time == null ? null : time.truncatedTo(ChronoUnit.MILLIS);
  }

  /** Whether there are changes that no run has taken up. */
  public boolean pending() {
    return changes != null;
  }

  /** The first change that no published index has seen; null if there is none. */
  public Instant since() {
    return waitingSince != null || changes == null ? waitingSince : changes.first();
  }

  /** Whether there are changes that no published index has seen. */
  public boolean waiting() {
    return since() != null;
  }

  /** Why what is pending starts no run until a person helps; null if it may. */
  public String blocked() {
    return pending() ? retry.blocked() : null;
  }

  /** Whether uploads start nothing for now. */
  public boolean isHeld() {
    return held != null;
  }

  /** With a change of a page, unless a run has seen it since. */
  public PendingUploads changed(Instant at) {
    if (isSeenBy(starts.seenUntil(), at)) {
      return this;
    }
    Instant first = waiting() && since().isBefore(at) ? since() : at;
    PendingUploads anew = waitingSince(first).retry(retry.anew());
    if (listing != null && isSeenBy(listing.listed(), at)) {
      return anew; // Its run has listed the page; should it fail, this is pending.
    }
    return anew.changes(pending() ? changes.and(at) : Changes.at(at));
  }

  private static boolean isSeenBy(Instant listing, Instant change) {
    return listing != null && !change.plus(GRACE).isAfter(listing);
  }

  /** After the dataset was edited: what waits will lead to a run that sees that, too. */
  public PendingUploads datasetEdited(Instant now) {
    return waiting() ? this : changed(now);
  }

  /** With everything pending again: a run that was to see it will not. */
  public PendingUploads putBack(Instant now) {
    return waitingSince(waiting() ? since() : now)
        .changes(Changes.at(now))
        .listing(null)
        .starts(starts.named(null));
  }

  /** With the name of the execution that is about to be started. */
  public PendingUploads claimed(String name) {
    return starts(starts.named(name));
  }

  /**
   * After an execution was started, which will see whatever was there before. Changes of after it
   * was chosen stay pending; they go when it begins to list.
   *
   * @param last the last change when it was chosen
   * @param before a time before it was started
   */
  public PendingUploads started(String name, Instant last, Instant before) {
    if (!name.equals(starts.name())) {
      return this; // It lists its pages already, or another run does.
    }
    boolean more = pending() && changes.last().isAfter(last);
    return waitingSince(waiting() ? since() : before)
        .changes(more ? Changes.at(changes.last()) : null)
        .listing(new Listing(name, before, null, null, null))
        .starts(starts.named(null).seenUntil(before));
  }

  /** After the execution that was to see the changes turned out to have ended without that. */
  public PendingUploads notSeenBy(String name, Instant now) {
    return name.equals(starts.name()) ? putBack(now) : this;
  }

  /**
   * When a run is about to list the pages. A repeated attempt of the same run takes up nothing
   * more, for the pages that its first attempt listed may be the ones that count.
   */
  public PendingUploads listing(String name, Instant now) {
    boolean known = listing != null && listing.isOf(name);
    if (known && listing.listed() != null) {
      return this;
    }
    boolean byUploads = Executions.isByUploads(name);
    Starts next = starts.named(null);
    return waitingSince(waiting() || !byUploads ? since() : now)
        .changes(null)
        .listing(
            new Listing(name, known ? listing.since() : now, now, null, byUploads ? null : held))
        // A person's run that fails leaves everything as it was, events that are late included.
        .starts(byUploads ? next.seenUntil(now) : next);
  }

  /** After a run has listed the pages; what its first attempt found counts. */
  public PendingUploads listed(String name, String pages) {
    return listing != null && listing.isOf(name) && listing.pages() == null
        ? listing(new Listing(name, listing.since(), listing.listed(), pages, listing.hold()))
        : this;
  }

  /** With the run that has the lease as the one that has taken up what waits. */
  public PendingUploads takenUpBy(String name, Instant now) {
    return listing == null && waiting() && !pending()
        ? listing(new Listing(name, now, null, null, null))
        : this;
  }

  /**
   * After a run ended. Doing it twice does no harm.
   *
   * @param now a time after it listed the pages
   */
  public PendingUploads ended(EndedRun run, RunOutcome outcome, Instant now) {
    return outcome instanceof RunOutcome.Published published
        ? published(run, published.version())
        : failed(run, (RunOutcome.Failed) outcome, now);
  }

  private boolean isResponsible(EndedRun run) {
    return run.hasLease() || (listing != null && listing.isOf(run.name()));
  }

  /** What came after the listing stays pending; a person's run ends the hold that it found. */
  private PendingUploads published(EndedRun run, DatasetVersion version) {
    String edit = version == null ? published.datasetEdit() : textOf(version);
    if (!isResponsible(run)) {
      return published(new Published(edit, published.pages()));
    }
    boolean listed = listing != null && listing.isOf(run.name());
    return published(new Published(edit, listed ? listing.pages() : null))
        .waitingSince(pending() ? changes.first() : null)
        .listing(null)
        .retry(retry.anew())
        .starts(listed ? starts.seenUntil(listing.listed()) : starts)
        .held(listed && isHeld() && held.equals(listing.hold()) ? null : held);
  }

  private PendingUploads failed(EndedRun run, RunOutcome.Failed how, Instant now) {
    boolean byAnother = listing != null && !listing.isOf(run.name());
    if (!run.byUploads()) {
      return !byAnother && isResponsible(run) ? leftBy(now) : this;
    }
    if (run.name().equals(retry.failedRun())) {
      // Its function went on after its end was told, and took up again what was pending.
      return !pending() && waiting() && !byAnother && isResponsible(run) ? putBack(now) : this;
    }
    boolean anotherChosen = starts.name() != null && !starts.name().equals(run.name());
    return anotherChosen || (!run.hasLease() && (byAnother || isPendingAnyway(run)))
        ? passedOver(run.name(), now)
        : putBack(now).retry(retry.failed(run.name(), how, now));
  }

  /** Whether what the run was to see is pending without it. */
  private boolean isPendingAnyway(EndedRun run) {
    return listing == null && pending() && !run.name().equals(starts.name());
  }

  /** As it was before a person's run took it up. */
  private PendingUploads leftBy(Instant now) {
    return pending() || !waiting() ? listing(null) : putBack(now);
  }

  private PendingUploads passedOver(String run, Instant now) {
    return waitingSince(waiting() ? since() : now).retry(retry.passedOver(run));
  }

  /** After a run by uploads found another with the lease: that is none of the failures. */
  public PendingUploads foundLeaseTaken(String name, Instant now) {
    boolean others = listing != null && !listing.isOf(name);
    return others ? passedOver(name, now) : putBack(now).retry(retry.passedOver(name));
  }

  /** With a delayed message on its way. */
  public PendingUploads recheckSent(Instant due) {
    return starts(starts.recheck(due));
  }

  /** After a delayed message arrived; no other's arrival ends the wait for the last one sent. */
  public PendingUploads recheckArrived(Instant due) {
    return due.equals(starts.recheckDue()) ? starts(starts.recheck(null)) : this;
  }

  /** With starts by upload stopped. */
  public PendingUploads hold(String who) {
    return held(who);
  }

  /** With starts by upload allowed again. */
  public PendingUploads resumed() {
    return held(null);
  }

  /**
   * Whether the published index was made of another version of this dataset. One of another dataset
   * is what a person wanted, and stays until pages change.
   */
  public boolean publishedOtherThan(DatasetVersion version) {
    String edit = published.datasetEdit();
    return edit != null
        && edit.startsWith(version.dataset() + "#")
        && !edit.equals(textOf(version));
  }

  /**
   * Whether these are the pages of the published index, or of the run that has taken up what waits.
   *
   * @param pages a checksum of what is in the site now
   */
  public boolean hasListed(String pages) {
    String last = listing == null || listing.pages() == null ? published.pages() : listing.pages();
    return pages.equals(last);
  }

  private static String textOf(DatasetVersion version) {
    return version.dataset() + "#" + version.uuid() + "#" + version.lastDatabaseEdit();
  }

  private PendingUploads changes(Changes next) {
    return new PendingUploads(next, waitingSince, listing, retry, starts, held, published);
  }

  private PendingUploads waitingSince(Instant next) {
    return new PendingUploads(changes, next, listing, retry, starts, held, published);
  }

  private PendingUploads listing(Listing next) {
    return new PendingUploads(changes, waitingSince, next, retry, starts, held, published);
  }

  private PendingUploads retry(Retry next) {
    return new PendingUploads(changes, waitingSince, listing, next, starts, held, published);
  }

  private PendingUploads starts(Starts next) {
    return new PendingUploads(changes, waitingSince, listing, retry, next, held, published);
  }

  private PendingUploads held(String next) {
    return new PendingUploads(changes, waitingSince, listing, retry, starts, next, published);
  }

  private PendingUploads published(Published next) {
    return new PendingUploads(changes, waitingSince, listing, retry, starts, held, next);
  }
}
