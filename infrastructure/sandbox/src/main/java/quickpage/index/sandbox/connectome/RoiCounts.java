package quickpage.index.sandbox.connectome;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Draws where a type's neurons have their synapses: each type has home regions, each neuron most of
 * them on its own side, some of their parts, and everything that contains them.
 */
final class RoiCounts {
  private final List<Roi> primaries;
  private final Map<String, Integer> mirror = new HashMap<>();
  private final Map<String, List<String>> ancestors = new HashMap<>();

  RoiCounts(Roi root) {
    this.primaries = root.all().filter(Roi::primary).toList();
    for (int i = 0; i < primaries.size(); i++) {
      mirror.put(primaries.get(i).name(), i);
    }
    trace(root, List.of());
  }

  private void trace(Roi roi, List<String> above) {
    ancestors.put(roi.name(), above);
    List<String> path = new ArrayList<>(above);
    path.add(roi.name());
    roi.children().forEach(child -> trace(child, path));
  }

  /** The home regions of a type, most important first: indexes into the primary regions. */
  List<Integer> home(RandomGenerator random) {
    int wanted = Math.min(primaries.size(), 4 + random.nextInt(24));
    return random.ints(0, primaries.size()).distinct().limit(wanted).boxed().toList();
  }

  /**
   * Draws one neuron.
   *
   * @param side L, R, or anything else for the home regions as they are
   * @param scale of the counts, 1 for a small neuron
   */
  Drawn draw(List<Integer> home, char side, double scale, RandomGenerator random) {
    Map<String, long[]> counts = new LinkedHashMap<>();
    long pre = 0;
    long post = 0;
    for (int rank = 0; rank < home.size(); rank++) {
      if (rank > 0 && random.nextInt(5) == 0) {
        continue;
      }
      Roi roi = primaries.get(onSide(home.get(rank), side, random));
      double share = scale * Math.exp(0.7 * random.nextGaussian()) / (1 + rank * rank * 0.3);
      long[] own = {Math.round(30 * share * random.nextDouble()), Math.round(140 * share), 0, 0};
      own[2] = own[0] * (3 + random.nextInt(6));
      own[3] = own[1];
      pre += own[0];
      post += own[1];
      add(counts, roi.name(), own);
      ancestors.get(roi.name()).forEach(above -> add(counts, above, own));
      int parts = Math.min(roi.children().size(), random.nextInt(8));
      for (int part = 0; part < parts; part++) {
        long[] some = {own[0] / parts, own[1] / parts, own[2] / parts, own[3] / parts};
        add(counts, roi.children().get(part).name(), some);
      }
    }
    return new Drawn(pre, post, json(counts, random));
  }

  private int onSide(int index, char side, RandomGenerator random) {
    if ((side != 'L' && side != 'R') || random.nextInt(8) == 0) {
      return index;
    }
    String name = primaries.get(index).name();
    String ipsilateral =
        name.replaceFirst("\\([LR]\\)$", "(" + side + ")").replaceFirst("_[LR]$", "_" + side);
    return mirror.getOrDefault(ipsilateral, index);
  }

  private static void add(Map<String, long[]> counts, String roi, long[] more) {
    long[] sum = counts.computeIfAbsent(roi, none -> new long[4]);
    for (int i = 0; i < sum.length; i++) {
      sum[i] += more[i];
    }
  }

  /** Written by hand, as names and numbers need no escaping and there may be 300 MB of it. */
  private static String json(Map<String, long[]> counts, RandomGenerator random) {
    StringBuilder json = new StringBuilder(80 * counts.size()).append('{');
    counts.forEach(
        (roi, count) -> {
          json.append(json.length() == 1 ? "" : ", ").append('"').append(roi).append("\": {");
          // Zero counts are left out in places, as in the real data.
          boolean sparse = random.nextInt(3) == 0;
          String comma = "";
          String[] names = {"pre", "post", "downstream", "upstream"};
          for (int i = 0; i < names.length; i++) {
            if (count[i] != 0 || !sparse) {
              json.append(comma).append('"').append(names[i]).append("\": ").append(count[i]);
              comma = ", ";
            }
          }
          json.append('}');
        });
    return json.append('}').toString();
  }

  /**
   * One neuron's synapses.
   *
   * @param pre sum over its primary regions
   * @param post likewise
   * @param roiInfo JSON, {@code {roi: {pre, post, downstream, upstream}}}
   */
  record Drawn(long pre, long post, String roiInfo) {}
}
