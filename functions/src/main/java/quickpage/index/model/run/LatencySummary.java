package quickpage.index.model.run;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * How long requests took, in milliseconds, over any number of stages: each hands on its {@link
 * QueryStatistics#latency histogram}, for percentiles cannot be added up but histograms can.
 *
 * @param count requests
 * @param mean 0 where nothing was asked, like the others
 */
public record LatencySummary(long count, long p50, long p95, long p99, long max, double mean) {
  /** Significant digits that the histograms keep: a latency is right to one in a thousand. */
  public static final int DIGITS = 3;

  /**
   * The summary of several histograms.
   *
   * @param encoded as {@link #encode} gives them; empty ones add nothing
   * @throws IllegalArgumentException if one is not such a histogram
   */
  public static LatencySummary of(Collection<String> encoded) {
    Histogram all = decodeAll(encoded);
    return new LatencySummary(
        all.getTotalCount(),
        all.getValueAtPercentile(50),
        all.getValueAtPercentile(95),
        all.getValueAtPercentile(99),
        all.getMaxValue(),
        all.getTotalCount() == 0 ? 0 : all.getMean());
  }

  /** Several histograms as one. */
  public static String merge(Collection<String> encoded) {
    return encode(decodeAll(encoded));
  }

  /** A histogram of milliseconds, compressed, in Base64; "" for an empty one. */
  public static String encode(Histogram histogram) {
    Histogram copy = histogram.copy();
    if (copy.getTotalCount() == 0) {
      return "";
    }
    ByteBuffer buffer = ByteBuffer.allocate(copy.getNeededByteBufferCapacity());
    int length = copy.encodeIntoCompressedByteBuffer(buffer);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
  }

  private static Histogram decodeAll(Collection<String> encoded) {
    Histogram all = new Histogram(DIGITS);
    for (String one : List.copyOf(encoded)) {
      if (!one.isEmpty()) {
        all.add(decode(one));
      }
    }
    return all;
  }

  private static Histogram decode(String encoded) {
    try {
      return Histogram.decodeFromCompressedByteBuffer(
          ByteBuffer.wrap(Base64.getDecoder().decode(encoded)), 0);
    } catch (DataFormatException | RuntimeException e) {
      throw new IllegalArgumentException("not a latency histogram: " + encoded, e);
    }
  }
}
