package quickpage.index.neuprint.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import quickpage.index.neuprint.client.ScriptedServer;

public class CircuitBreakerTest {
  private final ScriptedServer.MovableClock clock = new ScriptedServer.MovableClock();
  private final CircuitBreaker circuitBreaker = new CircuitBreaker(clock);

  private void fail(int times, Duration apart) {
    for (int i = 0; i < times; i++) {
      clock.forward(apart);
      circuitBreaker.failed();
    }
  }

  @Test
  void manyFailuresInAMomentAreNoOutage() {
    fail(100, Duration.ofMillis(10));
    assertThat(circuitBreaker.isDown()).isFalse();
  }

  @Test
  void fewFailuresInALongTimeAreNoOutage() {
    fail(9, Duration.ofMinutes(1));
    assertThat(circuitBreaker.isDown()).isFalse();
  }

  @Test
  void tenFailuresInNinetySecondsAreOne() {
    fail(10, Duration.ofSeconds(10));
    assertThat(circuitBreaker.isDown()).isTrue();
  }

  @Test
  void oneAnswerEndsIt() {
    fail(10, Duration.ofSeconds(10));
    circuitBreaker.answered();
    assertThat(circuitBreaker.isDown()).isFalse();
  }

  @Test
  void afterARestTheNextQueryMayTry() {
    fail(10, Duration.ofSeconds(10));
    clock.forward(Duration.ofSeconds(30));
    assertThat(circuitBreaker.isDown()).isFalse();
    circuitBreaker.failed();
    assertThat(circuitBreaker.isDown()).isTrue();
  }
}
