package quickpage.index.model;

/**
 * Synapses summed over the neurons of one type.
 *
 * @param pre presynaptic sites
 * @param post postsynaptic sites
 */
public record SynapseCounts(long pre, long post) {}
