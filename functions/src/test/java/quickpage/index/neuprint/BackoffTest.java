package quickpage.index.neuprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @Property
  void waitsFromNothingToTheDoublingCappedTime(
      @ForAll @IntRange(min = 1, max = 7) int failed,
      @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double random) {
    long most = Math.min(30_000, 500L << (failed - 1));
    assertThat(Backoff.PATIENT.wait(failed, null, () -> random))
        .isBetween(Duration.ZERO, Duration.ofMillis(most))
        .isEqualTo(Duration.ofMillis((long) (random * most)));
  }

  @Test
  void endsAfterTheLastAttempt() {
    assertThat(Backoff.PATIENT.wait(8, null, () -> 0.5)).isNull();
    assertThat(Backoff.BRIEF.wait(3, null, () -> 0.5)).isNull();
  }

  @Test
  void waitsNoShorterThanTheServerAsks() {
    assertThat(Backoff.PATIENT.wait(1, Duration.ofSeconds(9), () -> 0.0))
        .isEqualTo(Duration.ofSeconds(9));
    assertThat(Backoff.PATIENT.wait(1, Duration.ofSeconds(121), () -> 0.0)).isNull();
  }

  @Test
  void readsRetryAfterInSecondsAndAsADate() {
    assertThat(RetryAfter.of(" 12 ", NOW)).isEqualTo(Duration.ofSeconds(12));
    assertThat(RetryAfter.of("Fri, 02 Jan 2026 03:04:35 GMT", NOW))
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(RetryAfter.of("Fri, 02 Jan 2026 03:00:00 GMT", NOW)).isEqualTo(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "1.5", "99999999999999999999"})
  void ignoresARetryAfterThatIsNeither(String header) {
    assertThat(RetryAfter.of(header, NOW)).isNull();
  }
}
