package quickpage.index.model.roi;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import quickpage.index.text.CodePointOrder;

/**
 * Where a type has its synapses (docs/index-semantics.md, "ROI summary").
 *
 * @param uncut every ROI that counts, the one with most synapses first; parents come from this
 * @param listed what the index shows of it: the same, or its beginning
 */
public record RoiSummary(List<RoiShare> uncut, List<RoiShare> listed) {

  public static final RoiSummary EMPTY = new RoiSummary(List.of(), List.of());

  private static final Comparator<RoiSum> MOST_SYNAPSES_FIRST =
      Comparator.comparingLong(RoiSum::total)
          .reversed()
          .thenComparing(RoiSum::roi, CodePointOrder.BY_CODE_POINT);

  public RoiSummary {
    uncut = List.copyOf(uncut);
    listed = List.copyOf(listed);
  }

  /**
   * The ROIs that hold enough of a type's synapses.
   *
   * @param sums every primary ROI of the type, each once; percentages are of the sums over all of
   *     them
   * @param own the dataset's own primary ROIs
   * @param threshold in percent: an ROI counts if it has at least this share of the type's pre- or
   *     of its postsynaptic sites; one without synapses never counts
   * @param limit the most ROIs to list; null lists all
   */
  public static RoiSummary of(
      List<RoiSum> sums, OwnPrimaryRois own, double threshold, Integer limit) {
    OwnPrimaryRois.Shares shares = own.of(sums);
    long allPre = sums.stream().mapToLong(RoiSum::pre).sum();
    long allPost = sums.stream().mapToLong(RoiSum::post).sum();
    Map<String, RoiShare> byCleanName = new LinkedHashMap<>();
    sums.stream()
        .filter(sum -> sum.total() != 0)
        .sorted(MOST_SYNAPSES_FIRST)
        .map(sum -> share(sum, allPre, allPost, shares))
        .filter(share -> share.prePercent() >= threshold || share.postPercent() >= threshold)
        .filter(share -> !share.name().isEmpty())
        .forEach(share -> byCleanName.putIfAbsent(share.name(), share));
    List<RoiShare> uncut = List.copyOf(byCleanName.values());
    boolean fits = limit == null || uncut.size() <= limit;
    return new RoiSummary(uncut, fits ? uncut : uncut.subList(0, limit));
  }

  private static RoiShare share(
      RoiSum sum, long allPre, long allPost, OwnPrimaryRois.Shares shares) {
    String name = RoiNames.clean(sum.roi());
    return new RoiShare(
        name,
        sum.pre(),
        sum.post(),
        sum.total(),
        percent(sum.pre(), allPre),
        percent(sum.post(), allPost),
        shares.of(name));
  }

  static double percent(long part, long whole) {
    return whole == 0 ? 0 : 100.0 * part / whole;
  }

  /** The parent of the first ROI, "" where there is none. */
  public String parentRoi(RoiParents parents) {
    return uncut.isEmpty() ? "" : parents.parentOf(uncut.get(0).name());
  }

  /** The distinct parents of all ROIs, sorted; an ROI without one stands for itself. */
  public List<String> parentRois(RoiParents parents) {
    TreeSet<String> distinct = new TreeSet<>(CodePointOrder.BY_CODE_POINT);
    for (RoiShare share : uncut) {
      String parent = parents.parentOf(share.name());
      distinct.add(parent.isEmpty() ? share.name() : parent);
    }
    return List.copyOf(distinct);
  }
}
