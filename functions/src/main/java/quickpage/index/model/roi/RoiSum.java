package quickpage.index.model.roi;

/**
 * Synapses of one type in one primary ROI, summed over its neurons.
 *
 * @param roi the ROI's name as the database has it, e.g. {@code ME(R)}
 */
public record RoiSum(String roi, long pre, long post) {

  public long total() {
    return pre + post;
  }
}
