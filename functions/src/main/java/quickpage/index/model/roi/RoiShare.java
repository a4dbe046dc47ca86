package quickpage.index.model.roi;

/**
 * One line of a type's ROI summary (docs/index-semantics.md, "ROI summary").
 *
 * @param name the clean name, without its side
 * @param prePercent share of the type's presynaptic sites over all its primary ROIs, 0 to 100
 * @param postPercent the same of the postsynaptic sites
 * @param share of what lies in the dataset's own primary ROIs; null if this is none of them
 */
public record RoiShare(
    String name,
    long pre,
    long post,
    long total,
    double prePercent,
    double postPercent,
    OwnShare share) {}
