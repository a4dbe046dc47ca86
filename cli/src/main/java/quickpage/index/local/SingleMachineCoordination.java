package quickpage.index.local;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import quickpage.index.lease.PendingUploads;
import quickpage.index.lease.RunCoordination;
import quickpage.index.lease.RunOutcome;
import quickpage.index.lease.SiteName;
import quickpage.index.model.run.Execution;

/**
 * Coordination for the one run that has the site's lock: one that is stopped publishes whole or not
 * at all.
 *
 * @param where the folder that is written, for sentences
 */
record SingleMachineCoordination(RunStop stop, Object where) implements RunCoordination {

  @Override
  public void begin(SiteName site, Execution execution, Duration quiet) {}

  @Override
  public void listed(SiteName site, Execution execution, String pages) {}

  @Override
  public <T> T publish(SiteName site, Execution execution, Instant until, Supplier<T> publication) {
    return stop.whole(where, publication);
  }

  @Override
  public PendingUploads settle(SiteName site, Execution execution, RunOutcome outcome) {
    return PendingUploads.NONE;
  }

  @Override
  public void release(SiteName site, Execution execution) {}
}
