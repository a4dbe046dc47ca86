package quickpage.index.start;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quickpage.index.lease.Executions;
import quickpage.index.lease.Lease;
import quickpage.index.lease.PendingUploads;
import quickpage.index.lease.QueueMessage;
import quickpage.index.lease.SiteCoordination;
import quickpage.index.lease.UploadQueue;
import quickpage.index.model.TransientFailure;

/** Looks at the pending uploads and does what {@link StartDecision} says. */
final class RunStarter {

  private static final Logger LOG = LoggerFactory.getLogger(RunStarter.class);

  /** How often others may get in the way before the messages are taken up anew. */
  private static final int ROUNDS = 10;

  private final StartSettings settings;
  private final SiteCoordination site;
  private final Executions executions;
  private final Clock clock;

  RunStarter(StartSettings settings, SiteCoordination site, Executions executions, Clock clock) {
    this.settings = settings;
    this.site = site;
    this.executions = executions;
    this.clock = clock;
  }

  /**
   * Does what is due, again if others change the pending uploads meanwhile.
   *
   * @return the pending uploads as they were seen last
   */
  PendingUploads decide() {
    for (int round = 1; round <= ROUNDS; round++) {
      PendingUploads seen = site.pendingUploads().read(settings.site());
      Optional<Lease> lease = site.lease().current(settings.site());
      if (isDone(StartDecision.of(seen, lease, clock.instant(), settings.quiet()), seen)) {
        return seen;
      }
    }
    throw new TransientFailure("The pending uploads change too quickly to decide on them.", null);
  }

  /** Whether there is nothing to decide until the next message. */
  private boolean isDone(StartDecision decision, PendingUploads seen) {
    Instant now = clock.instant();
    if (decision instanceof StartDecision.LookAgain look) {
      lookAgain(look.at(), now);
      return true;
    }
    if (decision instanceof StartDecision.Start start) {
      start(start.name(), seen, now);
    } else if (decision instanceof StartDecision.NoteListing listing) {
      site.pendingUploads()
          .update(settings.site(), uploads -> uploads.takenUpBy(listing.run(), now));
    } else if (decision instanceof StartDecision.AskAbout ask) {
      return ask(ask.run(), seen, now);
    } else if (decision instanceof StartDecision.PutBack) {
      LOG.warn(
          "No run is known that saw the uploads since {}: they are pending again.", seen.since());
      // Only as it was seen: whoever takes them up meanwhile sees to them.
      site.pendingUploads().replace(settings.site(), seen, seen.putBack(now));
    } else {
      return true;
    }
    return false;
  }

  /** Sent before it is noted: a message too many does no harm. */
  private void lookAgain(Instant at, Instant now) {
    site.queue().send(QueueMessage.recheck(at), Duration.between(now, at));
    site.pendingUploads().update(settings.site(), uploads -> uploads.recheckSent(at));
  }

  /**
   * The name is noted first: whoever comes after a call that crashed here starts the same run,
   * which Step Functions starts once.
   */
  private void start(String name, PendingUploads seen, Instant now) {
    if (seen.starts().name() == null
        && !site.pendingUploads().replace(settings.site(), seen, seen.claimed(name))) {
      return;
    }
    Executions.Start outcome = executions.start(name);
    site.pendingUploads()
        .update(
            settings.site(),
            uploads ->
                outcome == Executions.Start.AT_WORK
                    ? uploads.started(name, seen.changes().last(), now)
                    : uploads.notSeenBy(name, now));
    LOG.info("Started by uploads: {} ({}).", name, outcome);
  }

  private boolean ask(String run, PendingUploads seen, Instant now) {
    Executions.Seen execution = executions.look(run);
    if (execution.status() == Executions.Status.AT_WORK) {
      return isDone(StartDecision.lookAgain(seen, now, now.plus(UploadQueue.LONGEST_DELAY)), seen);
    }
    LOG.warn("{} ended ({}), and what it was to see was not settled.", run, execution.status());
    site.pendingUploads()
        .replace(settings.site(), seen, LostRun.settled(seen, run, execution, now));
    return false;
  }
}
