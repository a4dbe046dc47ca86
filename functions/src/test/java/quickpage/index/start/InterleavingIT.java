package quickpage.index.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Tag;
import quickpage.index.start.SimulatedSite.Run;
import quickpage.index.start.SimulatedSite.Sent;

/**
 * Uploads, messages that come twice, late or out of order, calls of the stage at the same time that
 * break off anywhere, runs that crash, runs by people, executions that are stopped: in whatever
 * order, no change is lost, and no quiet window has two runs.
 */
@Tag("each-jdk")
class InterleavingIT {

  private static final int STEPS = 300;

  /**
   * What a change's time may be behind, in whole seconds and by another clock, and how long a call
   * may take from looking at the clock to its claim; less than the quiet window.
   */
  private static final Duration GRACE = Duration.ofSeconds(8);

  private final List<Change> changes = new ArrayList<>();

  /** The calls of the start stage, which alone may break off. */
  private final List<Baton.Actor> calls = new ArrayList<>();

  /** Whether people start runs, and stop some: they would cover up what uploads alone do not do. */
  private boolean people;

  /** Stops for long wherever it is, as a function does that is starved or far away. */
  private Baton.Actor asleep;

  private record Change(int sequence, Instant at) {}

  @Property(tries = 400)
  void noChangeIsLostAndNoQuietWindowHasTwoRuns(@ForAll long seed) {
    changes.clear();
    calls.clear();
    Random random = new Random(seed);
    people = random.nextInt(3) == 0;
    asleep = null;
    SimulatedSite site = new SimulatedSite();
    for (int step = 0; step < STEPS; step++) {
      act(site, random);
    }
    quieten(site, random);

    assertThat(site.pendingUploads.pending()).as("pending").isFalse();
    assertThat(site.held()).as("lease").isEmpty();
    if (!changes.isEmpty()) {
      assertThat(site.runs.values())
          .as("a run that listed the pages after the last change")
          .anyMatch(run -> run.listedAt != null && run.listedAt > lastChange());
    }
    if (!changes.isEmpty() && !people) {
      assertThat(site.runs.values())
          .as("a run that published what it listed after the last change")
          .anyMatch(run -> run.published && run.listedAt > lastChange());
    }
    everyRunByUploadsHasAChangeOfItsOwn(site);
  }

  private int lastChange() {
    return changes.get(changes.size() - 1).sequence();
  }

  private void act(SimulatedSite site, Random random) {
    List<Baton.Actor> atWork = site.atWork();
    int what = random.nextInt(100);
    if (what < 10) {
      upload(site, random);
    } else if (what < 25) {
      deliver(site, random);
    } else if (what < 28 && people) {
      site.begin("person-" + site.runs.size());
    } else if (what < 34 && people) {
      stopOne(site, random);
    } else if (what < 36) {
      crashOne(site, random);
    } else if (what < 56) {
      site.now = site.now.plusMillis(random.nextInt(atWork.isEmpty() ? 15_000 : 100));
    } else if (!atWork.isEmpty()) {
      Baton.Actor actor = oneOf(atWork, random);
      if (calls.contains(actor) && random.nextInt(25) == 0) {
        actor.breakOff();
      } else {
        actor.step();
      }
    }
  }

  private Baton.Actor oneOf(List<Baton.Actor> atWork, Random random) {
    if (random.nextInt(30) == 0) {
      asleep = atWork.get(random.nextInt(atWork.size()));
    }
    List<Baton.Actor> awake = atWork.stream().filter(actor -> actor != asleep).toList();
    List<Baton.Actor> choice = awake.isEmpty() ? atWork : awake;
    return choice.get(random.nextInt(choice.size()));
  }

  private void upload(SimulatedSite site, Random random) {
    changes.add(new Change(site.sequence++, site.now));
    String event = site.objectCreated("male-cns/types/T%d.html".formatted(random.nextInt(5)));
    for (int copies = random.nextInt(3) == 0 ? 2 : 1; copies > 0; copies--) {
      site.send(event, site.now.plusMillis(random.nextInt(4) * 1500L));
    }
  }

  private void deliver(SimulatedSite site, Random random) {
    List<Sent> due = new ArrayList<>(site.due());
    if (!due.isEmpty()) {
      Collections.shuffle(due, random);
      calls.add(site.invoke(due.subList(0, 1 + random.nextInt(due.size()))));
    }
  }

  /** Not one that uploads started and that has not listed yet: what it was to see is its own. */
  private static void stopOne(SimulatedSite site, Random random) {
    List<Run> stoppable =
        site.runs.values().stream()
            .filter(run -> !run.ended && (!run.byUploads() || run.listedAt != null))
            .toList();
    if (!stoppable.isEmpty()) {
      site.stop(stoppable.get(random.nextInt(stoppable.size())));
    }
  }

  /** But for those that are started because another crashed: they are the last. */
  private static void crashOne(SimulatedSite site, Random random) {
    List<Run> running =
        site.runs.values().stream().filter(run -> !run.ended && !run.again()).toList();
    if (!running.isEmpty()) {
      running.get(random.nextInt(running.size())).crashes = true;
    }
  }

  /** Nothing new comes; what is at work goes on in any order. */
  private void quieten(SimulatedSite site, Random random) {
    for (int step = 0; step < 20_000; step++) {
      List<Baton.Actor> atWork = site.atWork();
      if (!atWork.isEmpty()) {
        oneOf(atWork, random).step();
        if (random.nextInt(10) == 0) {
          deliver(site, random);
        }
      } else if (site.queue.isEmpty()) {
        return;
      } else {
        Instant next = site.queue.stream().map(Sent::due).min(Instant::compareTo).orElseThrow();
        site.now = next.isAfter(site.now) ? next : site.now;
        deliver(site, random);
      }
    }
    throw new AssertionError("it never becomes quiet: " + site.queue);
  }

  /**
   * Between two starts by upload there is a change that the first could have missed, unless the
   * first was refused for a lease, so that what it was to see was pending again.
   */
  private void everyRunByUploadsHasAChangeOfItsOwn(SimulatedSite site) {
    List<Run> runs = site.runs.values().stream().filter(Run::byUploads).toList();
    for (int i = 1; i < runs.size(); i++) {
      Run before = runs.get(i - 1);
      Instant claimed = site.claims.get(before.claim());
      boolean itsOwn = !runs.get(i).again() && !before.crashes;
      if (itsOwn && (!before.refused || before.listedAt != null)) {
        assertThat(changes)
            .as("changes since %s was started at %s", before.execution.name(), claimed)
            .anyMatch(
                change -> change.at().truncatedTo(ChronoUnit.SECONDS).plus(GRACE).isAfter(claimed));
      }
    }
  }
}
