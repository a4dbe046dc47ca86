package quickpage.index.lease;

import java.time.Instant;
import java.util.Objects;

/**
 * The run that is to bring what waits into an index: uploads started it, or it has listed the
 * pages. Times are in milliseconds.
 *
 * @param run name of its execution
 * @param since when it was started, or, of a run that uploads did not start, when it listed
 * @param listed when it began to list the pages; null until then
 * @param pages a checksum of the pages that it found; null until then
 * @param hold the hold that a person's run found and ends when it publishes, but no later one; null
 *     if there was none
 */
public record Listing(String run, Instant since, Instant listed, String pages, String hold) {

  public Listing {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(since, "since");
    since = PendingUploads.milliseconds(since);
    listed = PendingUploads.milliseconds(listed);
  }

  boolean isOf(String name) {
    return run.equals(name);
  }
}
