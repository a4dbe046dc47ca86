package quickpage.index.neuprint.http;

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

public class BackoffTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @Property
  void waitsFromNothingToTheDoublingCappedTime(
      @ForAll @IntRange(min = 1, max = 7) int failed,
      @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double random) {
    long most = Math.min(30_000, 500L << (failed - 1));
    assertThat(Backoff.PATIENT.wait(failed, false, Duration.ZERO, null, () -> random))
        .isBetween(Duration.ZERO, Duration.ofMillis(most))
        .isEqualTo(Duration.ofMillis((long) (random * most)));
  }

  @Test
  void endsAfterTheLastAttempt() {
    assertThat(Backoff.PATIENT.wait(8, false, Duration.ZERO, null, () -> 0.5)).isNull();
  }

  @Test
  void repeatsTwiceWithinFiveSecondsWhereTheServerAnswers500() {
    Duration waited = Duration.ZERO;
    for (int failed = 1; failed < 3; failed++) {
      waited = waited.plus(Backoff.PATIENT.wait(failed, true, waited, null, () -> 0.999));
    }
    assertThat(waited).isLessThan(Duration.ofSeconds(5));
    assertThat(Backoff.PATIENT.wait(3, true, waited, null, () -> 0.5)).isNull();
    assertThat(Backoff.PATIENT.onceAt500().wait(1, true, Duration.ZERO, null, () -> 0.5)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 60})
  void repeatsTheFirstContactUntilNobodyWaitsAnyMore(int seconds) {
    Backoff backoff = Backoff.firstContact(Duration.ofSeconds(seconds));
    for (boolean is500 : new boolean[] {false, true}) {
      Duration justBefore = Duration.ofSeconds(seconds).minusMillis(1);
      assertThat(backoff.wait(50, is500, justBefore, null, () -> 0.5)).isNotNull();
      assertThat(backoff.wait(2, is500, Duration.ofSeconds(seconds), null, () -> 0.5)).isNull();
    }
  }

  @Test
  void waitsNoShorterThanTheServerAsks() {
    assertThat(Backoff.PATIENT.wait(1, false, Duration.ZERO, Duration.ofSeconds(9), () -> 0.0))
        .isEqualTo(Duration.ofSeconds(9));
    assertThat(Backoff.PATIENT.wait(1, false, Duration.ZERO, Duration.ofSeconds(121), () -> 0.0))
        .isNull();
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
