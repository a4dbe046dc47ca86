package quickpage.index.sandbox.connectome;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** How many neurons each type has: many types of one or two, a few of thousands. */
final class TypeSizes {
  /** The largest types of real datasets (columnar cells of the optic lobe) have some thousands. */
  private static final int LARGEST = 4_000;

  /** Spread of the log-normal weights: half of the types of male-cns have fewer than 3 neurons. */
  private static final double SPREAD = 1.5;

  private TypeSizes() {}

  /**
   * Shares neurons out among types.
   *
   * @param neurons at least {@code types}
   * @return for each type 1 or more; they add up to {@code neurons} exactly
   */
  static int[] share(int types, int neurons, RandomGenerator random) {
    int[] sizes = new int[types];
    Arrays.fill(sizes, 1);
    int left = neurons - types;
    // The first two types are large whatever the dice say; the rest share what remains.
    for (int i = 0; i < Math.min(2, types - 1); i++) {
      int large = Math.min(LARGEST / (i + 1), left / 6);
      sizes[i] += large;
      left -= large;
    }
    int first = types > 2 ? 2 : types - 1;
    double[] upTo = new double[types];
    double sum = 0;
    for (int i = first; i < types; i++) {
      sum += Math.exp(SPREAD * random.nextGaussian());
      upTo[i] = sum;
    }
    // Cutting one line at the running sums leaves no remainder to hand out.
    int given = 0;
    for (int i = first; i < types; i++) {
      int until = i == types - 1 ? left : (int) (left * (upTo[i] / sum));
      sizes[i] += until - given;
      given = until;
    }
    return sizes;
  }
}
