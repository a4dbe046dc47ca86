package quickpage.index.render;

import quickpage.index.model.EntryStatus;
import quickpage.index.model.IndexEntry;

/**
 * Sums over all entries of an index; what is not known of an entry adds nothing.
 *
 * @param types all entries, whatever their status
 * @param unavailable entries whose data could not be had
 */
public record IndexTotals(
    long types, long neurons, long preSynapses, long postSynapses, long unavailable) {

  public static final IndexTotals NONE = new IndexTotals(0, 0, 0, 0, 0);

  /** These totals with one more entry. */
  public IndexTotals plus(IndexEntry entry) {
    return new IndexTotals(
        types + 1,
        neurons + orZero(entry.counts().total()),
        preSynapses + orZero(entry.synapses().pre()),
        postSynapses + orZero(entry.synapses().post()),
        unavailable + (entry.status() == EntryStatus.UNAVAILABLE ? 1 : 0));
  }

  private static long orZero(Long number) {
    return number == null ? 0 : number;
  }
}
