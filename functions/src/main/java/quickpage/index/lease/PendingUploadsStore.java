package quickpage.index.lease;

import java.util.function.UnaryOperator;

/**
 * What is remembered of a site between the messages of its queue. Every method throws {@link
 * quickpage.index.model.TransientFailure} while the table stays away.
 */
public interface PendingUploadsStore {

  /** Never older than the last write. */
  PendingUploads read(SiteName site);

  /**
   * Writes only over what the caller has seen.
   *
   * @return whether it was written; false as well where it was, but the answer got lost, so that
   *     whoever reads again must not mind to find its own
   */
  boolean replace(SiteName site, PendingUploads seen, PendingUploads wanted);

  /**
   * Changes what is pending, whatever others write meanwhile.
   *
   * @param change may be called several times; doing it twice must do no harm
   * @return as written
   */
  PendingUploads update(SiteName site, UnaryOperator<PendingUploads> change);
}
