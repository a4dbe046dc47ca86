package quickpage.index.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlinesTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "900000, 880000",
    "60000, 40000",
    "40000, 20000",
    "30000, 15000",
    "1000, 500",
    "0, 0"
  })
  void timeToWriteWhatThereIsIsKeptBack(int left, long usable) {
    assertThat(Deadlines.of(Invocations.with(left), Clock.fixed(NOW, ZoneOffset.UTC)))
        .isEqualTo(NOW.plus(Duration.ofMillis(usable)));
  }
}
