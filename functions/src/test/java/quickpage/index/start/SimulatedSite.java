package quickpage.index.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import quickpage.index.error.RefusedException;
import quickpage.index.json.Json;
import quickpage.index.lease.Executions;
import quickpage.index.lease.Lease;
import quickpage.index.lease.LeaseRunCoordination;
import quickpage.index.lease.MemoryUploadsItem;
import quickpage.index.lease.PendingUploads;
import quickpage.index.lease.RunCoordination;
import quickpage.index.lease.RunOutcome;
import quickpage.index.lease.SiteCoordination;
import quickpage.index.lease.SiteLease;
import quickpage.index.lease.SiteName;
import quickpage.index.lease.UploadQueue;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.Remedy;
import quickpage.index.model.TransientFailure;
import quickpage.index.model.run.Execution;

/**
 * A deployed site in memory, with its own time: lease, pending uploads, queue and executions behave
 * as the real ones do (those are tested with DynamoDB), and every access to them is a place where a
 * test may let somebody else go on.
 */
final class SimulatedSite {

  static final SiteName NAME = new SiteName("my-site", "male-cns/");
  static final String MACHINE =
      "arn:aws:states:eu-central-1:123456789012:stateMachine:quickpage-index-dev";
  static final Duration QUIET = Duration.ofSeconds(10);

  /** A function that publishes is ended after this. */
  static final Duration LONGEST_PUBLICATION = Duration.ofSeconds(20);

  Instant now = Instant.parse("2026-01-01T00:00:00Z");
  Lease lease;

  /** Until when at the latest the lease's holder publishes; null if it does not. */
  Instant publishing;

  /** As NeuPrint tells it; null while NeuPrint cannot be asked. */
  DatasetVersion dataset = new DatasetVersion("cns:v1", "5a3f", "2026-01-01");

  /** A checksum of the pages that are there. */
  String pages = "A";

  /** Files of the index that are missing or written over. */
  Set<String> damaged = Set.of();

  /** What becomes of executions that begin from now on. */
  Fate fate = Fate.PUBLISHES;

  /** Which versions of the stages are called from now on. */
  boolean formerStart;

  boolean formerPlan;
  boolean formerFinish;

  /** Until when NeuPrint was to be waited for, when it was asked last. */
  Instant askedUntil;

  final List<Sent> queue = new ArrayList<>();
  final Map<String, Run> runs = new LinkedHashMap<>();

  final Baton baton = new Baton();
  final List<Baton.Actor> actors = new ArrayList<>();

  /** Counts listings, changes and publications in their true order. */
  int sequence;

  int page;

  /** A message on its way. */
  record Sent(String body, Instant due) {}

  /** How an execution ends, if nothing else comes in between. */
  enum Fate {
    PUBLISHES,
    /** A stage refuses for what may pass. */
    REFUSES_FOR_NOW,
    /** A stage refuses for what a person has to mend. */
    REFUSES,
    /** A stage breaks off, and again when it is repeated; the last stage sees to it. */
    CRASHES,
    /** So does the last stage; only the status event tells. */
    VANISHES,
    /** Not even that comes. */
    VANISHES_SILENTLY
  }

  /** One execution. */
  static final class Run {
    final Execution execution;
    final Instant started;
    Fate fate;
    boolean formerPlan;
    boolean formerFinish;
    boolean refused;
    boolean stopped;
    Instant ended;

    /** Whether it wrote the page; it may have failed after that. */
    boolean published;

    /** Whether every stage of it, the last included, did what it is for. */
    boolean succeeded;

    Integer listedAt;

    Run(Execution execution, Instant started) {
      this.execution = execution;
      this.started = started;
    }

    private void mayCrash() {
      if (fate == Fate.CRASHES || vanishes()) {
        throw new CrashException();
      }
    }

    private void mayRefuse() {
      if (fate == Fate.REFUSES || fate == Fate.REFUSES_FOR_NOW) {
        throw new RefusedException(
            fate == Fate.REFUSES ? Remedy.PERSON : Remedy.LATER, "It does not go on.");
      }
    }

    boolean vanishes() {
      return fate == Fate.VANISHES || fate == Fate.VANISHES_SILENTLY;
    }

    boolean byUploads() {
      return Executions.isByUploads(execution.name());
    }
  }

  private static final class CrashException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return now;
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };

  private final SiteLease leases =
      new SiteLease() {
        @Override
        public Optional<Lease> take(SiteName site, Lease wanted) {
          baton.pass();
          if (lease == null || !lease.holdsAt(now) || lease.heldBy(wanted.holder())) {
            lease = wanted;
            publishing = null;
            return Optional.empty();
          }
          return Optional.of(lease);
        }

        @Override
        public Optional<Lease> current(SiteName site) {
          baton.pass();
          return held();
        }

        @Override
        public boolean beginPublishing(SiteName site, String holder, Instant until) {
          baton.pass();
          boolean enough =
              lease != null && lease.heldBy(holder) && !lease.expires().isBefore(until);
          publishing = enough ? until : publishing;
          return enough;
        }

        @Override
        public void endPublishing(SiteName site, String holder) {
          baton.pass();
          publishing = lease != null && lease.heldBy(holder) ? null : publishing;
        }

        @Override
        public boolean release(SiteName site, String holder) {
          baton.pass();
          boolean held = lease != null && lease.heldBy(holder) && lease.holdsAt(now);
          if (held) {
            Instant end = publishing == null ? now : publishing.plusNanos(999_999_999);
            lease = new Lease(holder, lease.run(), lease.taken(), end);
          }
          return held;
        }
      };

  final MemoryUploadsItem item = new MemoryUploadsItem(baton::pass);

  private final UploadQueue uploadQueue =
      (message, delay) -> {
        baton.pass();
        send(new String(Json.bytes(message), StandardCharsets.UTF_8), now.plus(delay));
      };

  private final SiteCoordination coordination = new SiteCoordination(leases, item, uploadQueue);

  private final FormerCode former = new FormerCode(leases, item, uploadQueue, this::start, clock);

  private final Executions executions =
      new Executions() {
        @Override
        public Start start(String name) {
          return SimulatedSite.this.start(name);
        }

        @Override
        public Seen look(String name) {
          baton.pass();
          Run run = runs.get(name);
          if (run == null) {
            return new Seen(Status.FAILED, null);
          }
          Status ended =
              run.stopped ? Status.STOPPED : run.succeeded ? Status.SUCCEEDED : Status.FAILED;
          return new Seen(run.ended == null ? Status.AT_WORK : ended, run.ended);
        }
      };

  final RunCoordination runCoordination = new LeaseRunCoordination(coordination, clock);

  final StartRun stage =
      new StartRun(
          new StartSettings(NAME, MACHINE, QUIET),
          coordination,
          executions,
          new SiteNow() {
            @Override
            public Set<String> paths() {
              return Set.of("index.html");
            }

            @Override
            public Set<String> damaged(Set<String> paths) {
              return paths.stream().filter(damaged::contains).collect(Collectors.toSet());
            }

            @Override
            public String pages() {
              return pages;
            }
          },
          deadline -> {
            askedUntil = deadline;
            if (dataset == null) {
              throw new RefusedException("NeuPrint is away.");
            }
            return dataset;
          },
          uploads -> told = uploads,
          clock);

  /** What the start stage told of at the end of its last call. */
  PendingUploads told;

  PendingUploads uploads() {
    return item.now();
  }

  /** The lease that holds now. */
  Optional<Lease> held() {
    return Optional.ofNullable(lease).filter(one -> one.holdsAt(now));
  }

  void send(String body, Instant due) {
    queue.add(new Sent(body, due));
  }

  private Executions.Start start(String name) {
    baton.pass();
    Run known = runs.get(name);
    if (known != null) {
      return known.ended != null ? Executions.Start.HAS_ENDED : Executions.Start.AT_WORK;
    }
    begin(name);
    return Executions.Start.AT_WORK;
  }

  /** An execution begins, by whomever. */
  Run begin(String name) {
    Run run = new Run(new Execution(arn(name), name, now.toString()), now);
    run.fate = fate;
    run.formerPlan = formerPlan;
    run.formerFinish = formerFinish;
    runs.put(name, run);
    actors.add(baton.actor(() -> work(run)));
    return run;
  }

  static String arn(String name) {
    return MACHINE.replace("stateMachine", "execution") + ":" + name;
  }

  /** The stages of a run, as far as they concern others; a stopped one does not go on to a next. */
  private void work(Run run) {
    boolean crashed = false;
    RunOutcome.Failed failed = RunOutcome.later("The page was changed.");
    try {
      run.mayCrash();
      beginPlan(run);
      baton.pass();
      run.listedAt = sequence++;
      if (!run.formerPlan) {
        runCoordination.listed(NAME, run.execution, pages);
      }
      if (run.stopped) {
        return;
      }
      baton.pass();
      run.mayCrash();
      run.mayRefuse();
      int seen = page;
      Instant end = now.plus(LONGEST_PUBLICATION);
      runCoordination.publish(NAME, run.execution, end, () -> publish(run, end, seen));
    } catch (RefusedException e) {
      run.refused = true;
      failed = new RunOutcome.Failed(e.remedy(), e.getMessage());
    } catch (CrashException e) {
      run.published = false;
      crashed = true;
    }
    if (!run.stopped) {
      if (!run.vanishes()) {
        finish(run, crashed, failed);
      }
      end(run);
    }
  }

  private void beginPlan(Run run) {
    if (run.formerPlan) {
      former.begin(run.execution);
    } else {
      runCoordination.begin(NAME, run.execution, QUIET);
    }
  }

  private void finish(Run run, boolean crashed, RunOutcome.Failed failed) {
    if (run.formerFinish) {
      former.finish(run.execution, crashed, run.published ? dataset : null);
      return;
    }
    RunOutcome outcome = run.published ? new RunOutcome.Published(dataset) : failed;
    assertThat(runCoordination.settle(NAME, run.execution, outcome)).isNotNull();
    baton.pass();
    runCoordination.release(NAME, run.execution);
  }

  private void end(Run run) {
    if (run.stopped) {
      return;
    }
    run.ended = now;
    run.succeeded = run.published && !run.vanishes();
    if (!run.succeeded && run.fate != Fate.VANISHES_SILENTLY) {
      send(statusChange(run, "FAILED"), now);
    }
  }

  /** A stopped run, too, has the lease while it writes. */
  private boolean publish(Run run, Instant end, int seen) {
    baton.pass();
    if (now.isAfter(end)) {
      throw new CrashException();
    }
    run.mayCrash();
    if (held().filter(one -> one.heldBy(run.execution.id())).isEmpty()) {
      throw new AssertionError(run.execution.name() + " publishes without the lease");
    }
    if (page == seen) {
      page = sequence++;
      run.published = true;
    }
    return run.published;
  }

  /** By hand: nothing more is called for the run, but what was called goes on. */
  void stop(Run run) {
    run.stopped = true;
    run.ended = now;
    send(statusChange(run, "ABORTED"), now);
  }

  static String statusChange(Run run, String status) {
    return """
    {"detail-type": "Step Functions Execution Status Change", "time": "2026-01-01T00:00:00Z",
     "detail": {"executionArn": "%s", "stateMachineArn": "%s", "status": "%s"}}\
    """
        .formatted(run.execution.id(), MACHINE, status);
  }

  /** What S3 reports of a change at this moment. */
  String objectCreated(String key) {
    return """
    {"detail-type": "Object Created", "source": "aws.s3", "time": "%s",
     "detail": {"bucket": {"name": "my-site"}, "object": {"key": "%s"}}}\
    """
        .formatted(now.truncatedTo(ChronoUnit.SECONDS), key);
  }

  /** Calls the start stage with messages, which come again if it breaks off. */
  Baton.Actor invoke(List<Sent> messages) {
    queue.removeAll(messages);
    Baton.Actor actor =
        baton.actor(
            () -> {
              try {
                call(numbered(messages));
              } catch (TransientFailure e) {
                queue.addAll(messages);
              }
            });
    actors.add(actor);
    return actor;
  }

  private void call(List<ReceivedMessage> messages) {
    if (formerStart) {
      former.start(messages);
    } else {
      assertThat(stage.run(messages, now.plusSeconds(15))).isEmpty();
    }
  }

  private static List<ReceivedMessage> numbered(List<Sent> messages) {
    List<ReceivedMessage> numbered = new ArrayList<>();
    for (Sent sent : messages) {
      numbered.add(new ReceivedMessage("m" + numbered.size(), sent.body()));
    }
    return numbered;
  }

  List<Sent> due() {
    return queue.stream().filter(sent -> !sent.due().isAfter(now)).toList();
  }

  List<Baton.Actor> atWork() {
    actors.removeIf(Baton.Actor::isDone);
    return List.copyOf(actors);
  }

  /** Lets everything that is at work go on to its end. */
  void settle() {
    for (List<Baton.Actor> left = atWork(); !left.isEmpty(); left = atWork()) {
      left.get(0).step();
    }
  }

  /** Delivers what is due now, in one call, and lets it end. */
  void deliver() {
    List<Sent> due = due();
    if (!due.isEmpty()) {
      invoke(due);
      settle();
    }
  }

  /** Delivers what is due now, and lets nobody else go on. */
  void deliverWithoutSettling() {
    Baton.Actor call = invoke(due());
    while (!call.isDone()) {
      call.step();
    }
  }

  /** Lets time pass to where the next message is due, until there is none. */
  void untilQuiet() {
    settle();
    while (!queue.isEmpty()) {
      Instant next = queue.stream().map(Sent::due).min(Instant::compareTo).orElseThrow();
      now = next.isAfter(now) ? next : now;
      deliver();
    }
  }
}
