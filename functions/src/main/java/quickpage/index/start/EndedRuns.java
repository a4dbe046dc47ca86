package quickpage.index.start;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quickpage.index.lease.EndedRun;
import quickpage.index.lease.QueueMessage;
import quickpage.index.lease.SiteCoordination;

/**
 * Sees to what executions left that ended without success, and perhaps without their last stage.
 */
final class EndedRuns {

  private static final Logger LOG = LoggerFactory.getLogger(EndedRuns.class);

  /**
   * A function that was at work when its execution was ended has taken the lease by then, if it was
   * about to: that is the first thing the plan stage does.
   */
  private static final Duration STOPPED_FOR_GOOD = Duration.ofMinutes(2);

  private final StartSettings settings;
  private final SiteCoordination site;
  private final Clock clock;

  EndedRuns(StartSettings settings, SiteCoordination site, Clock clock) {
    this.settings = settings;
    this.site = site;
    this.clock = clock;
  }

  void see(UploadEvent event) {
    if (event instanceof UploadEvent.StatusChanged change) {
      if (!change.stateMachine().equals(settings.stateMachine())) {
        LOG.warn("{} is another state machine's.", change.execution());
      } else if (change.endedWithoutSuccess()) {
        boolean hasLease = hasLease(change.execution());
        settle(change.execution(), change.byAPerson(), hasLease);
        if (change.functionMayWork()) {
          site.queue()
              .send(QueueMessage.ended(change.execution(), change.status()), STOPPED_FOR_GOOD);
        }
      }
    } else if (event instanceof UploadEvent.OwnMessage own
        && own.message().kind().equals(QueueMessage.ENDED)
        && hasLease(own.message().execution())) {
      boolean stopped = UploadEvent.StatusChanged.ABORTED.equals(own.message().status());
      settle(own.message().execution(), stopped, true);
    }
  }

  private boolean hasLease(String execution) {
    return site.lease()
        .current(settings.site())
        .filter(lease -> lease.heldBy(execution))
        .isPresent();
  }

  /** Before the lease is free: whoever gets it next finds what it is to see. */
  private void settle(String execution, boolean stopped, boolean hasLease) {
    String name = UploadEvent.StatusChanged.name(execution);
    Instant now = clock.instant();
    EndedRun ended = new EndedRun(name, hasLease);
    site.pendingUploads()
        .update(settings.site(), seen -> seen.ended(ended, LostRun.failure(name, stopped), now));
    if (hasLease && site.lease().release(settings.site(), execution)) {
      LOG.info(
          "{} ended without releasing its lease, which ends now, or with what it still publishes.",
          execution);
    }
  }
}
