package quickpage.index.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class PendingUploadsTest {

  private static final Instant T = Instant.parse("2026-01-02T03:04:05Z");

  @Property
  void theOrderOfChangesDoesNotMatterAndDuplicatesDoNeither(
      @ForAll @NotEmpty List<@IntRange(max = 1000) Integer> seconds) {
    List<Instant> times = seconds.stream().map(T::plusSeconds).collect(Collectors.toList());
    PendingUploads pendingUploads = PendingUploads.NONE;
    for (Instant time : times) {
      pendingUploads = pendingUploads.changed(time).changed(time);
    }
    assertThat(pendingUploads.changes().first()).isEqualTo(Collections.min(times));
    assertThat(pendingUploads.changes().last()).isEqualTo(Collections.max(times));
  }

  @Test
  void aChangeThatARunHasListedSinceIsNoneAndOneOfTheLastTwoSecondsIs() {
    PendingUploads seen =
        PendingUploads.NONE
            .listing("by-a-person", T)
            .ended(new EndedRun("by-a-person", true), new RunOutcome.Published(null), T);

    assertThat(seen.changed(T.minusSeconds(2))).isEqualTo(seen);
    assertThat(seen.changed(T.minusMillis(1999)).pending()).isTrue();
  }

  @Test
  void changesOfAfterTheChoiceStayPendingWhenItsRunIsStarted() {
    PendingUploads claimed = PendingUploads.NONE.changed(T).claimed("upload-x");

    PendingUploads started = claimed.started("upload-x", T, T.plusSeconds(60));
    assertThat(started.pending()).isFalse();
    assertThat(started.waiting()).isTrue();
    assertThat(started.starts().seenUntil()).isEqualTo(T.plusSeconds(60));
    PendingUploads more =
        claimed.changed(T.plusSeconds(61)).started("upload-x", T, T.plusSeconds(60));
    assertThat(more.changes()).isEqualTo(Changes.at(T.plusSeconds(61)));
    assertThat(more.starts().name()).isNull();
  }

  @Test
  void aStartThatIsHeardOfLateChangesNothing() {
    PendingUploads later =
        PendingUploads.NONE
            .changed(T)
            .claimed("upload-x")
            .listing("x", T)
            .changed(T.plusSeconds(9));

    assertThat(later.started("upload-x", T, T)).isEqualTo(later);
    assertThat(later.notSeenBy("upload-x", T)).isEqualTo(later);
  }

  @Test
  void aTickThatIsNotTheLastOneSentEndsNoWait() {
    PendingUploads pendingUploads = PendingUploads.NONE.recheckSent(T);

    assertThat(pendingUploads.recheckArrived(T.minusSeconds(1))).isEqualTo(pendingUploads);
    assertThat(pendingUploads.recheckArrived(T)).isEqualTo(PendingUploads.NONE);
  }

  @Test
  void aRepeatedAttemptTakesNothingUpThatItsFirstMayNotHaveListed() {
    PendingUploads listed = PendingUploads.NONE.changed(T).listing("upload-x", T.plusSeconds(60));
    PendingUploads more = listed.changed(T.plusSeconds(70));

    assertThat(more.listing("upload-x", T.plusSeconds(80))).isEqualTo(more);
  }

  @Test
  void aPublicationIsDoneWithWhatItsRunHadListedAndNoMore() {
    PendingUploads more =
        PendingUploads.NONE
            .changed(T)
            .hold("by somebody")
            .listing("by-a-person", T.plusSeconds(60))
            .changed(T.plusSeconds(70));
    EndedRun run = new EndedRun("by-a-person", true);
    PendingUploads published = more.ended(run, new RunOutcome.Published(null), T.plusSeconds(90));

    assertThat(published.since()).isEqualTo(T.plusSeconds(70));
    assertThat(published.pending()).isTrue();
    assertThat(published.isHeld()).isFalse();
    assertThat(
            published.ended(
                new EndedRun("by-a-person", false),
                new RunOutcome.Published(null),
                T.plusSeconds(91)))
        .isEqualTo(published);
  }

  @Test
  void theEndOfARunIsCountedOnceHoweverOftenItIsTold() {
    EndedRun run = new EndedRun("upload-x", true);
    PendingUploads failed =
        PendingUploads.NONE
            .changed(T)
            .listing("upload-x", T.plusSeconds(60))
            .ended(run, RunOutcome.later("Away."), T.plusSeconds(90));

    assertThat(failed.retry().attempts()).isEqualTo(1);
    assertThat(failed.retry().notBefore()).isEqualTo(T.plusSeconds(150));
    assertThat(
            failed.ended(
                new EndedRun("upload-x", false), RunOutcome.later("Gone."), T.plusSeconds(95)))
        .isEqualTo(failed);
    assertThat(failed.changed(T.plusSeconds(100)).retry().attempts()).as("something new").isZero();
  }

  @Test
  void aHoldThatCameWhileAPersonsRunWorkedStays() {
    PendingUploads held =
        PendingUploads.NONE.listing("by-a-person", T).hold("by somebody else, later");
    EndedRun run = new EndedRun("by-a-person", true);

    assertThat(held.ended(run, new RunOutcome.Published(null), T.plusSeconds(60)).isHeld())
        .isTrue();
  }
}
