package quickpage.index.model.run;

import java.util.List;
import java.util.Map;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.SideRule;

/**
 * What every stage of one run shares; a few kilobytes in {@code context-HASH.json}, so that a batch
 * need not read the whole plan.
 *
 * @param format {@link #FORMAT}
 * @param run the run's name, safe in a key
 * @param generatedAt when the run began, ISO 8601 UTC in whole seconds; the same after a retry
 * @param version of the dataset; null when NeuPrint is asked nothing
 * @param sideRule null when NeuPrint is asked nothing
 * @param primaryRois the ROIs that count, as the database names them
 * @param ownPrimaryRois those that the dataset names itself, which shares are of; null where a
 *     former version planned
 * @param roiParents parent of each clean ROI name that has one
 * @param roiDescriptions full names of primary ROIs, by ROI as the database names it
 * @param queriesInFlight the most NeuPrint queries of one batch at once
 * @param knownTypes types of the run that the dataset has, cached ones included; null where a
 *     former version planned
 */
public record RunContext(
    int format,
    String run,
    String generatedAt,
    Settings settings,
    DatasetVersion version,
    SideRule sideRule,
    List<String> primaryRois,
    List<String> ownPrimaryRois,
    Map<String, String> roiParents,
    Map<String, String> roiDescriptions,
    int queriesInFlight,
    Integer knownTypes) {

  /** So few unavailable types end no batch before its time, however small the run. */
  private static final int ALWAYS_ASKED_ON = 5;

  /** Changes with every change that an older version could misread. */
  public static final int FORMAT = 3;

  /**
   * So many unavailable types of one batch leave the run a chance; more are not to be published.
   */
  public long mostUnavailable() {
    if (knownTypes == null) {
      return Long.MAX_VALUE;
    }
    double tolerated = settings.options().toleratedFailurePercentage() * knownTypes / 100;
    return Math.max(ALWAYS_ASKED_ON, (long) tolerated);
  }
}
