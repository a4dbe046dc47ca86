package quickpage.index.lease;

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
   * Gives the lease back; another holder's stays.
   *
   * @return whether there was one of this holder
   */
  boolean release(SiteName site, String holder);
}
