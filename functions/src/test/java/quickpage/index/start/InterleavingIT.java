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
import quickpage.index.start.SimulatedSite.Fate;
import quickpage.index.start.SimulatedSite.Run;
import quickpage.index.start.SimulatedSite.Sent;

/**
 * Uploads, messages that come twice, late or out of order, calls of the stage at the same time that
 * break off anywhere, runs that fail in every way, runs by people, executions that are stopped,
 * holds, and versions that mix in a deployment: in whatever order, no change is forgotten until an
 * index that saw it is published, and no quiet window has two runs.
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

  /** Whether people start runs, stop some, and hold uploads. */
  private boolean people;

  /** Which versions are at work until a deployment is done. */
  private Mix mix;

  private enum Mix {
    /** Nothing but the present one. */
    NONE,
    /** The present start stage, and plan and finish of either version. */
    FORMER_STAGES,
    /** The start stage of before, and plan and finish of now. */
    FORMER_START
  }

  /** Stops for long wherever it is, as a function does that is starved or far away. */
  private Baton.Actor asleep;

  private record Change(int sequence, Instant at) {}

  @Property(tries = 600)
  void noChangeIsLostAndNoQuietWindowHasTwoRuns(@ForAll long seed) {
    changes.clear();
    calls.clear();
    Random random = new Random(seed);
    people = random.nextInt(3) == 0;
    mix = Mix.values()[Math.max(0, random.nextInt(5) - 2)];
    asleep = null;
    SimulatedSite site = new SimulatedSite();
    site.formerStart = mix == Mix.FORMER_START;
    for (int step = 0; step < STEPS; step++) {
      act(site, random);
    }
    site.formerStart = false;
    site.formerPlan = false;
    site.formerFinish = false;
    site.fate = Fate.PUBLISHES;
    // Any message: after a deployment the new start stage looks at what the old one left.
    site.send("{\"kind\": \"finished\"}", site.now);
    quieten(site, random);

    leasesEnd(site);
    if (!changes.isEmpty() && !isPublished(site)) {
      assertThat(site.uploads().waiting()).as("the last change waits").isTrue();
      assertThat(site.uploads().blocked() != null || site.uploads().isHeld())
          .as("for a person")
          .isTrue();
    }
    site.begin("the-last-person");
    quieten(site, random);

    assertThat(site.uploads().waiting()).as("waiting").isFalse();
    assertThat(site.uploads().isHeld()).as("held").isFalse();
    everyRunByUploadsHasAReason(site);
  }

  /** Nobody hears of a run that vanishes without a word; its lease ends by itself. */
  private static void leasesEnd(SimulatedSite site) {
    site.held()
        .ifPresent(
            lease -> {
              assertThat(site.runs.get(lease.run()).fate)
                  .as("of the run that has the lease still")
                  .isEqualTo(Fate.VANISHES_SILENTLY);
              site.now = lease.expires();
            });
  }

  private boolean isPublished(SimulatedSite site) {
    return site.runs.values().stream()
        .anyMatch(run -> run.published && run.listedAt > lastChange());
  }

  private int lastChange() {
    return changes.get(changes.size() - 1).sequence();
  }

  private void act(SimulatedSite site, Random random) {
    List<Baton.Actor> atWork = site.atWork();
    site.formerPlan = mix == Mix.FORMER_STAGES && random.nextBoolean();
    site.formerFinish = mix == Mix.FORMER_STAGES && random.nextBoolean();
    site.fate = fate(random);
    int what = random.nextInt(100);
    if (what < 10) {
      upload(site, random);
    } else if (what < 25) {
      deliver(site, random);
    } else if (what < 28 && people) {
      site.begin("person-" + site.runs.size());
    } else if (what < 31 && people) {
      stopOne(site, random);
    } else if (what < 33 && people) {
      holdOrResume(site);
    } else if (what < 35) {
      failOne(site, random);
    } else if (what < 36 && atWork.isEmpty()) {
      site.now = site.now.plusSeconds(random.nextInt(3_600));
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

  private Fate fate(Random random) {
    return random.nextInt(4) == 0 ? failure(random) : Fate.PUBLISHES;
  }

  /** What the last stage does not see, a start stage of before does not see either. */
  private Fate failure(Random random) {
    List<Fate> failures =
        mix == Mix.FORMER_START
            ? List.of(Fate.REFUSES, Fate.REFUSES_FOR_NOW, Fate.CRASHES)
            : List.of(
                Fate.REFUSES,
                Fate.REFUSES_FOR_NOW,
                Fate.CRASHES,
                Fate.VANISHES,
                Fate.VANISHES_SILENTLY);
    return failures.get(random.nextInt(failures.size()));
  }

  private static void holdOrResume(SimulatedSite site) {
    if (site.uploads().isHeld()) {
      site.item.set(site.uploads().resumed());
      site.send("{\"kind\": \"resume\"}", site.now);
    } else {
      site.item.set(site.uploads().hold("by somebody"));
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

  private static void stopOne(SimulatedSite site, Random random) {
    List<Run> stoppable = site.runs.values().stream().filter(run -> run.ended == null).toList();
    if (!stoppable.isEmpty()) {
      site.stop(stoppable.get(random.nextInt(stoppable.size())));
    }
  }

  private void failOne(SimulatedSite site, Random random) {
    List<Run> running = site.runs.values().stream().filter(run -> run.ended == null).toList();
    if (!running.isEmpty()) {
      running.get(random.nextInt(running.size())).fate = failure(random);
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
   * Between two starts by upload there is a change that the first could have missed, or the first
   * failed, or another that had found the lease taken is repeated.
   */
  private void everyRunByUploadsHasAReason(SimulatedSite site) {
    List<Run> runs = site.runs.values().stream().filter(Run::byUploads).toList();
    for (int i = 1; i < runs.size(); i++) {
      Run before = runs.get(i - 1);
      boolean repeated =
          runs.stream().anyMatch(run -> run.refused && !run.ended.isBefore(before.started));
      if (before.succeeded && !before.stopped && !repeated) {
        assertThat(changes)
            .as(
                "changes between the starts of %s and %s",
                before.execution.name(), runs.get(i).execution.name())
            .anyMatch(
                change ->
                    change
                        .at()
                        .truncatedTo(ChronoUnit.SECONDS)
                        .plus(GRACE)
                        .isAfter(before.started));
      }
    }
  }
}
