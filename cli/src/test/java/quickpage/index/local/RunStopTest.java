package quickpage.index.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import quickpage.index.error.RefusedException;

class RunStopTest {
  private static final Path SITE = Path.of("/site");

  private final RunStop stop = new RunStop();

  @Test
  void whatIsInterruptibleIsInterruptedAndSaysWhy() {
    CountDownLatch working = new CountDownLatch(1);
    CompletableFuture<Boolean> work =
        CompletableFuture.supplyAsync(
            () -> {
              assertThatThrownBy(
                      () ->
                          stop.interruptibly(
                              SITE,
                              () -> {
                                working.countDown();
                                return sleep();
                              }))
                  .isInstanceOf(RefusedException.class)
                  .hasMessage("The run was stopped; what is published in /site is as it was.");
              return Thread.currentThread().isInterrupted();
            });
    await(working);

    stop.stop();

    assertThat(work.join()).as("still interrupted").isFalse();
  }

  @Test
  void aPublicationIsDoneWholeBeforeTheRunIsInterrupted() {
    CountDownLatch publishing = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    CompletableFuture<String> work =
        CompletableFuture.supplyAsync(
            () ->
                stop.interruptibly(
                    SITE,
                    () -> {
                      String published =
                          stop.whole(
                              SITE,
                              () -> {
                                publishing.countDown();
                                await(stopped);
                                return "published, interrupted: "
                                    + Thread.currentThread().isInterrupted();
                              });
                      return published + ", then: " + Thread.currentThread().isInterrupted();
                    }));
    await(publishing);

    stop.stop();
    stopped.countDown();

    assertThat(work.join()).isEqualTo("published, interrupted: false, then: true");
    assertThat(stop.reason(SITE))
        .hasMessage("The run was stopped when the index in /site was published.");
  }

  @Test
  void nothingBeginsAfterAStopAndTheFirstReasonCounts() {
    stop.fail(new RefusedException("The disk is full."));
    stop.stop();

    assertThatThrownBy(() -> stop.interruptibly(SITE, () -> "begun"))
        .hasMessage("The disk is full.");
    assertThatThrownBy(() -> stop.whole(SITE, () -> "begun")).hasMessage("The disk is full.");
    assertThat(stop.hasPublished()).isFalse();
  }

  @Test
  void aFailureOfTheWorkItselfStaysWhatItIs() {
    assertThatThrownBy(
            () ->
                stop.interruptibly(
                    SITE,
                    () -> {
                      throw new IllegalStateException("broken");
                    }))
        .isInstanceOf(IllegalStateException.class);
  }

  private static String sleep() {
    try {
      Thread.sleep(60_000);
      return "slept";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
