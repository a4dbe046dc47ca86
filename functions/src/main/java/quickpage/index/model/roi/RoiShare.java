package quickpage.index.model.roi;

/**
 * One line of a type's ROI summary (docs/index-semantics.md, "ROI summary").
 *
 * @param name the clean name, without its side
 * @param prePercent share of the type's presynaptic sites over all its primary ROIs, 0 to 100
 * @param postPercent the same of the postsynaptic sites
 */
public record RoiShare(
    String name, long pre, long post, long total, double prePercent, double postPercent) {}
