package quickpage.index.stack;

import java.time.Duration;
import quickpage.index.model.TransientFailure;
import software.amazon.awssdk.services.sfn.model.MapRunItemCounts;

/** Follows a run to its end, by looking at it once a second. */
public final class RunFollower {

  /** Far from the request rates that Step Functions allows an account (5 to 20 a second, each). */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** A network that is away for less than about a minute ends nothing. */
  private static final int FAILED_LOOKS = 20;

  private final Runs runs;
  private final RunListener listener;
  private String state;
  private String mapRun;
  private long done = -1;

  public RunFollower(Runs runs, RunListener listener) {
    this.runs = runs;
    this.listener = listener;
  }

  /**
   * Waits for the end of a run.
   *
   * @throws TransientFailure if AWS stays away; the run goes on without us
   */
  public DeployedRun toItsEnd(DeployedRun begun) {
    DeployedRun run = begun;
    int failed = 0;
    while (run.status() == DeployedRun.Status.AT_WORK) {
      try {
        look(run);
        pause(run);
        run = runs.named(run.arn());
        failed = 0;
      } catch (TransientFailure e) {
        if (++failed == FAILED_LOOKS) {
          throw e;
        }
        pause(run);
      }
    }
    return run;
  }

  private void look(DeployedRun run) {
    Runs.Position position = runs.position(run);
    if (position.state() != null && !position.state().equals(state)) {
      // The last items of a map may have ended since the last look.
      count();
      state = position.state();
      mapRun = null;
      done = -1;
      listener.stateEntered(state);
    }
    if (position.mapRun() != null) {
      mapRun = position.mapRun();
      count();
    }
  }

  private void count() {
    if (mapRun == null) {
      return;
    }
    MapRunItemCounts counts = runs.itemCounts(mapRun);
    long ended = counts.succeeded() + counts.failed() + counts.timedOut() + counts.aborted();
    if (counts.total() > 0 && ended != done) {
      done = ended;
      listener.itemsDone(state, Math.toIntExact(ended), Math.toIntExact(counts.total()));
    }
  }

  private static void pause(DeployedRun run) {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while following the run " + run.name(), e);
    }
  }
}
