package quickpage.index.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PendingChangesTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private final PendingChanges changes = new PendingChanges(Duration.ofSeconds(60));

  private static Instant at(long seconds) {
    return START.plusSeconds(seconds);
  }

  @Test
  void nothingIsDueWithoutAChange() {
    assertThat(changes.areDue(at(1_000_000))).isFalse();
  }

  @Test
  void areDueWhenTheyHaveRestedForTheQuietWindow() {
    changes.changed(at(0));
    changes.changed(at(50));

    assertThat(changes.areDue(at(60))).isFalse();
    assertThat(changes.areDue(at(109))).isFalse();
    assertThat(changes.areDue(at(110))).isTrue();
  }

  @Test
  void areDueHalfAnHourAfterTheFirstHoweverBusyPagesAre() {
    for (int second = 0; second < 1_800; second += 30) {
      changes.changed(at(second));
      assertThat(changes.areDue(at(second))).isFalse();
    }

    assertThat(changes.areDue(at(1_800))).isTrue();
  }

  @Test
  void areGoneOnceARunHasSeenThem() {
    changes.changed(at(0));
    changes.seen();

    assertThat(changes.areDue(at(1_000))).isFalse();
    assertThat(changes.areThere()).isFalse();
  }

  @Test
  void areGoneWithARunOfOthersThatBeganLater() {
    changes.changed(at(0));
    changes.changed(at(50));
    changes.seenUntil(at(50));
    assertThat(changes.areThere()).isTrue();

    changes.seenUntil(at(51));

    assertThat(changes.areThere()).isFalse();
  }

  @Test
  void stayAfterARunThatFailedUntilItsPauseOrAnotherChange() {
    changes.changed(at(0));
    changes.waitUntil(at(400));

    assertThat(changes.areDue(at(399))).isFalse();
    assertThat(changes.areDue(at(400))).isTrue();
    changes.changed(at(100));
    assertThat(changes.areDue(at(160))).isTrue();
  }
}
