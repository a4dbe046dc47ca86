package quickpage.index.lease;

import java.time.Instant;
import java.util.Optional;

/**
 * The lease of a site: at any time at most one holder has it. Every method throws {@link
 * quickpage.index.model.TransientFailure} while the table stays away.
 */
public interface SiteLease {

  /**
   * Takes the lease if the site is free, or held by the same holder already.
   *
   * @return the lease that stands in the way; empty if it was taken
   * @throws quickpage.index.model.TransientFailure also if others take and give it back so quickly
   *     that there is none to name, and none to be had
   */
  Optional<Lease> take(SiteName site, Lease wanted);

  /** The lease that holds now; empty if the site is free. Never older than the last write. */
  Optional<Lease> current(SiteName site);

  /**
   * Notes that the holder writes files of the site from now on.
   *
   * @param until by then it has ended, whatever becomes of it
   * @return whether the holder has the lease until then; if not, nothing is noted
   */
  boolean beginPublishing(SiteName site, String holder, Instant until);

  /** Notes that the holder writes no more; of another holder's lease, nothing. */
  void endPublishing(SiteName site, String holder);

  /**
   * Gives the lease back; another holder's stays. While the holder publishes the site stays taken,
   * but no longer than until that has ended for certain: whoever stops an execution does not stop
   * the function that is at work for it.
   *
   * @return whether this holder had it
   */
  boolean release(SiteName site, String holder);
}
