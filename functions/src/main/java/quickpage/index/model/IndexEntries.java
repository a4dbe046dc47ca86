package quickpage.index.model;

import quickpage.index.model.roi.OwnPrimaryRois;
import quickpage.index.model.roi.RoiParents;
import quickpage.index.model.roi.RoiSummary;

/** From what the dataset says of a type to its entry in the index. */
public final class IndexEntries {

  private IndexEntries() {}

  /**
   * Applies the options of a run to the facts, which are the same for every run.
   *
   * @param parents at least the parents of the dataset's primary ROIs
   * @param own the dataset's own primary ROIs, which shares are of
   * @param roiThreshold in percent, see {@link RoiSummary#of}
   * @param roiLimit the most ROIs to list; null lists all
   * @param minNeuronsForRois a type with fewer neurons gets no ROIs and no parent
   * @throws IllegalArgumentException if the type should have ROIs and the facts were read without
   */
  public static IndexEntry describe(
      TypeFacts facts,
      TypePages pages,
      RoiParents parents,
      OwnPrimaryRois own,
      double roiThreshold,
      Integer roiLimit,
      long minNeuronsForRois) {
    RoiSummary summary = summary(facts, own, roiThreshold, roiLimit, minNeuronsForRois);
    return IndexEntry.described(
        facts, pages, summary.listed(), summary.parentRoi(parents), summary.parentRois(parents));
  }

  /** The same with the options of a run. */
  public static IndexEntry describe(
      TypeFacts facts, TypePages pages, RoiParents parents, OwnPrimaryRois own, Options options) {
    if (!facts.knows(options.facetProperties())) {
      throw new IllegalArgumentException(
          "The facts on %s were read without the properties that are wanted."
              .formatted(facts.type()));
    }
    return describe(
        facts.withFacets(options.facetProperties()),
        pages,
        parents,
        own,
        options.roiThreshold(),
        options.roiLimit(),
        options.minNeuronsForRois());
  }

  private static RoiSummary summary(
      TypeFacts facts,
      OwnPrimaryRois own,
      double roiThreshold,
      Integer roiLimit,
      long minNeuronsForRois) {
    if (facts.counts().total() < minNeuronsForRois) {
      return RoiSummary.EMPTY;
    }
    if (!facts.roisKnown()) {
      throw new IllegalArgumentException(
          "The facts on %s were read without ROIs, but it has %d neurons and ROIs are wanted from %d."
              .formatted(facts.type(), facts.counts().total(), minNeuronsForRois));
    }
    return RoiSummary.of(facts.rois(), own, roiThreshold, roiLimit);
  }
}
