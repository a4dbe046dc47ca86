package quickpage.index.lease;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quickpage.index.error.RefusedException;
import quickpage.index.model.Remedy;
import quickpage.index.model.TransientFailure;
import quickpage.index.model.run.Execution;

/** {@link RunCoordination} of a deployment: by lease, pending uploads and queue messages. */
public final class LeaseRunCoordination implements RunCoordination {

  private static final Logger LOG = LoggerFactory.getLogger(LeaseRunCoordination.class);

  /** For clocks that differ, and for a last write that S3 has and has not carried out yet. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private final SiteLease lease;
  private final PendingUploadsStore pendingUploads;
  private final UploadQueue queue;
  private final Clock clock;

  public LeaseRunCoordination(SiteCoordination coordination, Clock clock) {
    this.lease = coordination.lease();
    this.pendingUploads = coordination.pendingUploads();
    this.queue = coordination.queue();
    this.clock = clock;
  }

  @Override
  public void begin(SiteName site, Execution execution, Duration quiet) {
    Optional<Lease> other = lease.take(site, Lease.of(execution, clock.instant()));
    if (other.isPresent()) {
      if (Executions.isByUploads(execution.name())) {
        Instant now = clock.instant();
        pendingUploads.update(site, seen -> seen.foundLeaseTaken(execution.name(), now));
        queue.send(QueueMessage.recheck(now.plus(quiet)), quiet);
      }
      throw new RefusedException(
          Remedy.LATER,
          "Another run is at work on %s: %s, which has the site's lease until %s at the latest; wait until it has ended, or stop it."
              .formatted(site.address(), other.get().run(), other.get().expires()));
    }
    // Only with the lease, so that whoever notes a change after this finds the lease taken, and
    // before the pages are listed, so that every change noted before this is in the listing.
    pendingUploads.update(site, seen -> seen.listing(execution.name(), clock.instant()));
  }

  @Override
  public void listed(SiteName site, Execution execution, String pages) {
    pendingUploads.update(site, seen -> seen.listed(execution.name(), pages));
  }

  @Override
  public <T> T publish(SiteName site, Execution execution, Instant until, Supplier<T> publication) {
    if (!lease.beginPublishing(site, execution.id(), until.plus(MARGIN))) {
      throw notItsTurn(site, execution);
    }
    try {
      return publication.get();
    } finally {
      endPublishing(site, execution);
    }
  }

  private RefusedException notItsTurn(SiteName site, Execution execution) {
    Optional<Lease> current = lease.current(site);
    return current.isPresent() && current.get().heldBy(execution.id())
        ? new RefusedException(
            Remedy.LATER,
            "The lease of %s ends at %s, which is too soon to publish the index: start the run again."
                .formatted(site.address(), current.get().expires()))
        : new RefusedException(
            Remedy.LATER,
            "This run has lost the lease of %s%s, so it publishes nothing: start it again."
                .formatted(site.address(), current.map(other -> " to " + other.run()).orElse("")));
  }

  /** What was published stays so; a note that stays only lets the next run wait for longer. */
  private void endPublishing(SiteName site, Execution execution) {
    try {
      lease.endPublishing(site, execution.id());
    } catch (RefusedException | TransientFailure e) {
      LOG.warn("The lease of {} says for longer than it is true that it publishes.", site, e);
    }
  }

  @Override
  public PendingUploads settle(SiteName site, Execution execution, RunOutcome outcome) {
    boolean hasLease =
        lease.current(site).filter(current -> current.heldBy(execution.id())).isPresent();
    EndedRun run = EndedRun.of(execution, hasLease);
    Instant now = clock.instant();
    return pendingUploads.update(site, seen -> seen.ended(run, outcome, now));
  }

  @Override
  public void release(SiteName site, Execution execution) {
    lease.release(site, execution.id());
    // Only after the release: whoever notes a change after this finds the site free.
    PendingUploads seen = pendingUploads.read(site);
    if (seen.pending() && !seen.isHeld() && seen.blocked() == null) {
      tellStart(seen.retry().notBefore());
    }
  }

  /** A message that comes too early would start nothing, and one of an older version would. */
  private void tellStart(Instant notBefore) {
    Instant now = clock.instant();
    if (notBefore == null || !notBefore.isAfter(now)) {
      queue.send(QueueMessage.finished(), Duration.ZERO);
    } else {
      Instant latest = now.plus(UploadQueue.LONGEST_DELAY);
      Instant due = notBefore.isBefore(latest) ? notBefore : latest;
      queue.send(QueueMessage.recheck(due), Duration.between(now, due));
    }
  }
}
