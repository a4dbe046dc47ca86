package quickpage.index.lease;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.Execution;
import quickpage.index.model.Refusal;

/** {@link Turns} of a deployment: by lease, marks and messages. */
public final class LeasedTurns implements Turns {

  /** Publishing takes seconds; this is for a slow day. */
  private static final Duration TO_PUBLISH = Duration.ofSeconds(60);

  private final SiteLease lease;
  private final UploadMarks marks;
  private final UploadQueue queue;
  private final Clock clock;

  public LeasedTurns(Coordination coordination, Clock clock) {
    this.lease = coordination.lease();
    this.marks = coordination.marks();
    this.queue = coordination.queue();
    this.clock = clock;
  }

  @Override
  public void begin(SiteName site, Execution execution, Duration quiet) {
    boolean byUploads = execution.name().startsWith(Executions.BY_UPLOADS);
    Optional<Lease> other = lease.take(site, Lease.of(execution, clock.instant()));
    if (other.isPresent()) {
      if (byUploads) {
        Instant now = clock.instant();
        marks.update(site, seen -> seen.putBack(now));
        queue.send(Wake.tick(now.plus(quiet)), quiet);
      }
      throw new Refusal(
          "Another run is at work on %s: %s, which has the site's lease until %s at the latest; wait until it has ended, or stop it."
              .formatted(site.address(), other.get().run(), other.get().expires()));
    }
    // Only with the lease, so that whoever marks a change after this finds the lease taken, and
    // before the pages are listed, so that every change marked before this is in the listing.
    marks.update(
        site,
        seen -> {
          Marks listing = seen.listing(clock.instant());
          return byUploads ? listing : listing.resumed();
        });
  }

  @Override
  public void confirm(SiteName site, Execution execution) {
    Optional<Lease> current = lease.current(site);
    if (current.isEmpty() || !current.get().heldBy(execution.id())) {
      throw new Refusal(
          "This run has lost the lease of %s%s, so it publishes nothing: start it again."
              .formatted(site.address(), current.map(other -> " to " + other.run()).orElse("")));
    }
    if (!current.get().holdsAt(clock.instant().plus(TO_PUBLISH))) {
      throw new Refusal(
          "The lease of %s ends at %s, which is too soon to publish the index: start the run again."
              .formatted(site.address(), current.get().expires()));
    }
  }

  @Override
  public void end(SiteName site, Execution execution, DatasetVersion published) {
    lease.release(site, execution.id());
    if (published != null) {
      marks.update(site, seen -> seen.published(published));
    }
    // Only after the release: whoever marks a change after this finds the site free.
    Marks seen = marks.read(site);
    if (seen.pending() && !seen.isHeld()) {
      queue.send(Wake.finished(), Duration.ZERO);
    }
  }
}
