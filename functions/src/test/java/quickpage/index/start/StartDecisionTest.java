package quickpage.index.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import quickpage.index.lease.Lease;
import quickpage.index.lease.PendingUploads;

class StartDecisionTest {

  private static final Instant T = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final Duration QUIET = Duration.ofSeconds(60);
  private static final Optional<Lease> FREE = Optional.empty();
  private static final Optional<Lease> TAKEN =
      Optional.of(new Lease("arn:x", "x", T, T.plusSeconds(300)));

  private static StartDecision decide(
      PendingUploads pendingUploads, Optional<Lease> lease, int secondsAfter) {
    return StartDecision.of(pendingUploads, lease, T.plusSeconds(secondsAfter), QUIET);
  }

  @Test
  void nothingIsPendingNothingIsDone() {
    assertThat(decide(PendingUploads.NONE, FREE, 0)).isEqualTo(new StartDecision.Nothing());
    assertThat(decide(PendingUploads.NONE.listing("by-a-person", T), FREE, 1000))
        .isEqualTo(new StartDecision.Nothing());
  }

  @Test
  void whileItIsHeldNothingIsDone() {
    assertThat(decide(PendingUploads.NONE.changed(T).hold("by me"), FREE, 1000))
        .isEqualTo(new StartDecision.Nothing());
  }

  @Test
  void aRunBeginsWhenUploadsHaveRestedAndNotASecondEarlier() {
    PendingUploads pendingUploads = PendingUploads.NONE.changed(T.minusSeconds(100)).changed(T);

    assertThat(decide(pendingUploads, FREE, 59))
        .isEqualTo(new StartDecision.LookAgain(T.plusSeconds(60)));
    assertThat(decide(pendingUploads, FREE, 60))
        .isEqualTo(new StartDecision.Start("upload-20260102T030225678Z"));
  }

  @Test
  void aRunBeginsHalfAnHourAfterTheFirstChangeAtTheLatest() {
    PendingUploads pendingUploads = PendingUploads.NONE.changed(T).changed(T.plusSeconds(1799));

    assertThat(decide(pendingUploads, FREE, 1799))
        .isEqualTo(new StartDecision.LookAgain(T.plusSeconds(1800)));
    assertThat(decide(pendingUploads, FREE, 1800)).isInstanceOf(StartDecision.Start.class);
  }

  @Test
  void theNameThatWasChosenIsKept() {
    assertThat(decide(PendingUploads.NONE.changed(T).claimed("upload-x"), FREE, 60))
        .isEqualTo(new StartDecision.Start("upload-x"));
  }

  @Test
  void whileARunHasTheLeaseItsEndIsWaitedFor() {
    assertThat(decide(PendingUploads.NONE.changed(T), TAKEN, 60))
        .isEqualTo(new StartDecision.LookAgain(TAKEN.orElseThrow().expires()));
  }

  @Test
  void oneMessageOnItsWayIsEnoughUnlessItComesTooLate() {
    PendingUploads pendingUploads = PendingUploads.NONE.changed(T);

    assertThat(decide(pendingUploads.recheckSent(T.plusSeconds(50)), FREE, 1))
        .isEqualTo(new StartDecision.Nothing());
    assertThat(decide(pendingUploads.recheckSent(T.plusSeconds(60)), FREE, 1))
        .isEqualTo(new StartDecision.Nothing());
    assertThat(decide(pendingUploads.recheckSent(T.plusSeconds(61)), FREE, 1))
        .isEqualTo(new StartDecision.LookAgain(T.plusSeconds(60)));
    assertThat(decide(pendingUploads.recheckSent(T.plusSeconds(1)), FREE, 1))
        .as("it has come")
        .isEqualTo(new StartDecision.LookAgain(T.plusSeconds(60)));
  }

  @Property
  void whatIsPendingAndNotHeldIsNeverForgotten(
      @ForAll @IntRange(min = -5000, max = 5000) int first,
      @ForAll @IntRange(max = 5000) int more,
      @ForAll @IntRange(min = -2000, max = 2000) int recheck,
      @ForAll boolean taken) {
    PendingUploads pendingUploads =
        PendingUploads.NONE
            .changed(T.plusSeconds(first))
            .changed(T.plusSeconds(first + more))
            .recheckSent(T.plusSeconds(recheck));
    StartDecision decision = decide(pendingUploads, taken ? TAKEN : FREE, 0);

    if (decision instanceof StartDecision.LookAgain look) {
      assertThat(look.at()).isAfter(T).isBeforeOrEqualTo(T.plusSeconds(900));
    } else if (decision instanceof StartDecision.Start) {
      assertThat(taken).isFalse();
      assertThat(first + more <= -60 || first <= -1800).isTrue();
    } else {
      assertThat(recheck).as("a message on its way").isBetween(1, 900);
    }
  }
}
