package quickpage.index.start;

import java.time.Instant;
import quickpage.index.lease.EndedRun;
import quickpage.index.lease.Executions;
import quickpage.index.lease.PendingUploads;
import quickpage.index.lease.RunOutcome;

/** What becomes of uploads whose run ended without its last stage. */
final class LostRun {

  private static final String STOPPED = "The run %s was stopped.";
  private static final String FAILED = "The run %s ended without its last stage.";

  private LostRun() {}

  /** How an execution ended, as far as its status tells. */
  static RunOutcome.Failed failure(String run, boolean stopped) {
    return stopped
        ? RunOutcome.person(STOPPED.formatted(run))
        : RunOutcome.later(FAILED.formatted(run));
  }

  /** The pending uploads after a run that had taken them up has turned out to have ended. */
  static PendingUploads settled(
      PendingUploads uploads, String run, Executions.Seen execution, Instant now) {
    EndedRun ended = new EndedRun(run, false);
    if (execution.status() != Executions.Status.SUCCEEDED) {
      return uploads.ended(
          ended, failure(run, execution.status() == Executions.Status.STOPPED), now);
    }
    Instant seenUntil = uploads.starts().seenUntil();
    boolean listedSince =
        execution.ended() != null && seenUntil != null && seenUntil.isAfter(execution.ended());
    // A run of a version that notes no listing has taken changes since, with an end unknown here.
    return listedSince
        ? uploads.putBack(now)
        : uploads.ended(ended, new RunOutcome.Published(null), now);
  }
}
