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
}
