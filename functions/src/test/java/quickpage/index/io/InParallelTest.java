package quickpage.index.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import quickpage.index.error.InterruptedRunException;

class InParallelTest {

  private static final List<Integer> MANY = IntStream.range(0, 100).boxed().toList();

  @Test
  void theAnswersAreInTheOrderOfTheItems() {
    assertThat(InParallel.map(MANY, i -> i * i)).isEqualTo(MANY.stream().map(i -> i * i).toList());
    assertThat(InParallel.map(List.of(), i -> i)).isEmpty();
    assertThat(InParallel.map(List.of(1), i -> i)).containsExactly(1);
  }

  @Test
  void anAnswerMayBeNull() {
    assertThat(InParallel.map(List.of(1, 2), i -> i == 1 ? null : i)).containsExactly(null, 2);
  }

  @Test
  void callsThatWaitForEachOtherRunAtOnce() {
    CountDownLatch both = new CountDownLatch(2);

    List<Boolean> met =
        InParallel.map(
            List.of(1, 2),
            i -> {
              both.countDown();
              try {
                return both.await(60, java.util.concurrent.TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });

    assertThat(met).containsExactly(true, true);
  }

  @Test
  void theFirstFailureIsThrownWhenAllHaveEnded() {
    AtomicInteger ended = new AtomicInteger();

    assertThatThrownBy(
            () ->
                InParallel.map(
                    MANY,
                    i -> {
                      if (i == 3 || i == 50) {
                        ended.incrementAndGet();
                        throw new IllegalArgumentException("item " + i);
                      }
                      try {
                        Thread.sleep(2);
                      } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                      }
                      return ended.incrementAndGet();
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("item 3");
    assertThat(ended).hasValue(100);
  }

  @Test
  void whoeverIsInterruptedWaitsNoLonger() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(
            () ->
                InParallel.map(
                    List.of(1, 2),
                    i -> {
                      try {
                        Thread.sleep(60_000);
                      } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                      }
                      return i;
                    }))
        .isInstanceOf(InterruptedRunException.class)
        .hasMessage("Waiting for calls was interrupted.");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void anErrorStaysAnError() {
    AtomicInteger ended = new AtomicInteger();

    assertThatThrownBy(
            () ->
                InParallel.map(
                    MANY,
                    i -> {
                      ended.incrementAndGet();
                      if (i == 3) {
                        throw new OutOfMemoryError("no room for item " + i);
                      }
                      return i;
                    }))
        .isInstanceOf(OutOfMemoryError.class)
        .hasMessage("no room for item 3");
    assertThat(ended).as("all have ended").hasValue(100);
  }

  @Test
  void aCallThatWasInterruptedEndsNoWaitForTheOthers() {
    AtomicInteger ended = new AtomicInteger();

    assertThatThrownBy(
            () ->
                InParallel.map(
                    MANY,
                    i -> {
                      ended.incrementAndGet();
                      if (i == 0) {
                        throw InterruptedRunException.of("Item 0", new InterruptedException());
                      }
                      return i;
                    }))
        .isInstanceOf(InterruptedRunException.class)
        .hasMessage("Item 0 was interrupted.");
    assertThat(ended).hasValue(100);
    assertThat(Thread.interrupted()).isFalse();
  }
}
