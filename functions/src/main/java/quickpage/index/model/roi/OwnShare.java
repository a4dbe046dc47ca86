package quickpage.index.model.roi;

/**
 * The share of a type's synapses that lie in a region, both sides of it together, of all that lie
 * in the dataset's own primary ROIs (docs/index-semantics.md, "Share"). These do not overlap, so
 * shares of several regions may be added up.
 *
 * @param pre of the presynaptic sites, 0 to 100, not rounded
 * @param post of the postsynaptic sites
 */
public record OwnShare(double pre, double post) {}
