package quickpage.index.model.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

public class LatencySummaryTest {

  private static String histogram(long from, long to) {
    Histogram histogram = new Histogram(LatencySummary.DIGITS);
    for (long milliseconds = from; milliseconds <= to; milliseconds++) {
      histogram.recordValue(milliseconds);
    }
    return LatencySummary.encode(histogram);
  }

  @Test
  void summarisesSeveralHistogramsAsIfTheyWereOne() {
    LatencySummary summary = LatencySummary.of(List.of(histogram(1, 50), histogram(51, 100), ""));
    assertThat(summary).isEqualTo(new LatencySummary(100, 50, 95, 99, 100, 50.5));
  }

  @Test
  void mergingFirstMakesNoDifference() {
    String merged = LatencySummary.merge(List.of(histogram(1, 50), histogram(51, 90_000)));
    assertThat(LatencySummary.of(List.of(merged, histogram(7, 7))))
        .isEqualTo(
            LatencySummary.of(List.of(histogram(1, 50), histogram(51, 90_000), histogram(7, 7))));
  }

  @Test
  void nothingAskedIsAnEmptySummary() {
    assertThat(LatencySummary.merge(List.of())).isEmpty();
    assertThat(LatencySummary.of(List.of(""))).isEqualTo(new LatencySummary(0, 0, 0, 0, 0, 0));
  }

  @Test
  void refusesWhatIsNoHistogram() {
    assertThatThrownBy(() -> LatencySummary.of(List.of("bm90IG9uZQ==")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
