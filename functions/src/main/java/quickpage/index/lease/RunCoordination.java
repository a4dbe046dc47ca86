package quickpage.index.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import quickpage.index.model.run.Execution;

/** Keeps the runs of a site apart, as the stages of a run see it. */
public interface RunCoordination {

  /** Where something else keeps runs apart, and nothing starts by upload: on one machine. */
  RunCoordination NONE =
      new RunCoordination() {
        @Override
        public void begin(SiteName site, Execution execution, Duration quiet) {}

        @Override
        public void listed(SiteName site, Execution execution, String pages) {}

        @Override
        public <T> T publish(
            SiteName site, Execution execution, Instant until, Supplier<T> publication) {
          return publication.get();
        }

        @Override
        public PendingUploads settle(SiteName site, Execution execution, RunOutcome outcome) {
          return PendingUploads.NONE;
        }

        @Override
        public void release(SiteName site, Execution execution) {}
      };

  /**
   * Takes the site's lease for an execution; what is listed after this is all that uploads left
   * until now.
   *
   * @param quiet how long uploads rest before they start a run
   * @throws quickpage.index.error.RefusedException naming the run that has the lease; if uploads
   *     started this one, what it was to see is pending again
   */
  void begin(SiteName site, Execution execution, Duration quiet);

  /**
   * Notes which pages the run has listed.
   *
   * @param pages a checksum of their names
   */
  void listed(SiteName site, Execution execution, String pages);

  /**
   * Publishes, if this execution still has the lease. Nobody else gets it before that has ended,
   * even if the execution is stopped meanwhile.
   *
   * @param until by then the publication has ended, whatever becomes of it
   * @return what the publication gives
   * @throws quickpage.index.error.RefusedException if another has the lease, or it ends too soon
   */
  <T> T publish(SiteName site, Execution execution, Instant until, Supplier<T> publication);

  /**
   * Says what becomes of the uploads that the run had listed: they are done with, or pending again.
   * To be called before {@link #release}. Doing it twice does no harm.
   *
   * @return what waits now
   */
  PendingUploads settle(SiteName site, Execution execution, RunOutcome outcome);

  /**
   * Releases the lease, if the execution has it, and then sees to it that what is pending starts
   * the next run. Doing it twice does no harm.
   */
  void release(SiteName site, Execution execution);
}
