package quickpage.index.neuprint.http;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits; a test's only notes how long. */
@FunctionalInterface
public interface Sleeper {
  Sleeper REAL = (duration, stopped) -> stopped.await(duration.toMillis(), TimeUnit.MILLISECONDS);

  /**
   * Waits for the duration, or until stopped.
   *
   * @return whether it was stopped
   */
  boolean sleep(Duration duration, CountDownLatch stopped) throws InterruptedException;
}
