package quickpage.index.model.roi;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The dataset's own primary ROIs, which its shares are of: those that it names itself, without the
 * fixed list of {@link PrimaryRois}.
 */
public final class OwnPrimaryRois {

  /** Of a run that asks for no ROIs. */
  public static final OwnPrimaryRois NONE = new OwnPrimaryRois(List.of());

  private final Set<String> names;
  private final Set<String> cleanNames;

  /**
   * The ROIs with these names.
   *
   * @param names as the database has them
   */
  public OwnPrimaryRois(Collection<String> names) {
    this.names = Set.copyOf(names);
    this.cleanNames = names.stream().map(RoiNames::clean).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The shares of a type.
   *
   * @param sums of all primary ROIs of the type, each once
   */
  Shares of(List<RoiSum> sums) {
    Map<String, RoiSum> byCleanName = new HashMap<>();
    long pre = 0;
    long post = 0;
    for (RoiSum sum : sums) {
      if (names.contains(sum.roi())) {
        pre += sum.pre();
        post += sum.post();
        byCleanName.merge(
            RoiNames.clean(sum.roi()),
            sum,
            (a, b) -> new RoiSum(a.roi(), a.pre() + b.pre(), a.post() + b.post()));
      }
    }
    return new Shares(byCleanName, pre, post);
  }

  /** The shares of one type by region. */
  final class Shares {
    private final Map<String, RoiSum> sums;
    private final long allPre;
    private final long allPost;

    private Shares(Map<String, RoiSum> sums, long allPre, long allPost) {
      this.sums = sums;
      this.allPre = allPre;
      this.allPost = allPost;
    }

    /** Of a region by its clean name; null if it is none of the dataset's own. */
    OwnShare of(String cleanName) {
      if (!cleanNames.contains(cleanName)) {
        return null;
      }
      RoiSum sum = sums.get(cleanName);
      return sum == null
          ? new OwnShare(0, 0)
          : new OwnShare(
              RoiSummary.percent(sum.pre(), allPre), RoiSummary.percent(sum.post(), allPost));
    }
  }
}
