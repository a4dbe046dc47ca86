package quickpage.index.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.run.Execution;

/** Keeps the runs of a site apart, as the stages of a run see it. */
public interface RunCoordination {

  /** Where something else keeps runs apart, and nothing starts by upload: on one machine. */
  RunCoordination NONE =
      new RunCoordination() {
        @Override
        public void begin(SiteName site, Execution execution, Duration quiet) {}

        @Override
        public <T> T publish(
            SiteName site, Execution execution, Instant until, Supplier<T> publication) {
          return publication.get();
        }

        @Override
        public void tryAgain(SiteName site, Execution execution) {}

        @Override
        public void end(SiteName site, Execution execution, DatasetVersion published) {}
      };

  /**
   * Takes the site's lease for an execution; what is listed after this is all that uploads left
   * until now. A person's run allows starts by upload again.
   *
   * @param quiet how long uploads rest before they start a run
   * @throws quickpage.index.error.RefusedException naming the run that has the lease; if uploads
   *     started this one, what it was to see is pending again
   */
  void begin(SiteName site, Execution execution, Duration quiet);

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
   * After an execution failed of what may pass by itself, and before its lease is released: what
   * uploads left for it is seen by one more run. Doing it twice does no harm.
   */
  void tryAgain(SiteName site, Execution execution);

  /**
   * Releases the lease, if the execution has it, and then sees to it that what was uploaded
   * meanwhile starts the next run. Doing it twice does no harm.
   *
   * @param published the dataset's version if an index of it was published; otherwise null
   */
  void end(SiteName site, Execution execution, DatasetVersion published);
}
