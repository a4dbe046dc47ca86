package quickpage.index.model;

/**
 * Neurons of one type by side.
 *
 * @param total all neurons
 * @param left side L
 * @param right side R
 * @param middle side M
 */
public record SideCounts(long total, long left, long right, long middle) {

  public SideCounts {
    if (left < 0 || right < 0 || middle < 0 || total < left + right + middle) {
      throw new IllegalArgumentException(
          "sides %d + %d + %d exceed the total %d".formatted(left, right, middle, total));
    }
  }

  /** Neurons whose side is none of the three. */
  public long unknown() {
    return total - left - right - middle;
  }
}
