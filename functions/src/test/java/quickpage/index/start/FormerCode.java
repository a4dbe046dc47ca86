package quickpage.index.start;

import static quickpage.index.start.SimulatedSite.NAME;
import static quickpage.index.start.SimulatedSite.QUIET;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import quickpage.index.error.RefusedException;
import quickpage.index.lease.Executions;
import quickpage.index.lease.FormerPendingUploads;
import quickpage.index.lease.Lease;
import quickpage.index.lease.MemoryUploadsItem;
import quickpage.index.lease.QueueMessage;
import quickpage.index.lease.SiteLease;
import quickpage.index.lease.UploadQueue;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.TransientFailure;
import quickpage.index.model.run.Execution;

/**
 * Plan, finish and start as the version before did their part of the coordination: what they read
 * and write, and in which order. During a deployment they work beside the present ones.
 */
final class FormerCode {

  private static final Duration STOPPED_FOR_GOOD = Duration.ofMinutes(2);

  private final SiteLease lease;
  private final MemoryUploadsItem item;
  private final UploadQueue queue;
  private final Function<String, Executions.Start> executions;
  private final Clock clock;

  FormerCode(
      SiteLease lease,
      MemoryUploadsItem item,
      UploadQueue queue,
      Function<String, Executions.Start> executions,
      Clock clock) {
    this.lease = lease;
    this.item = item;
    this.queue = queue;
    this.executions = executions;
    this.clock = clock;
  }

  /** The plan stage's beginning. */
  void begin(Execution execution) {
    boolean byUploads = execution.name().startsWith(Executions.BY_UPLOADS);
    if (lease.take(NAME, Lease.of(execution, clock.instant())).isPresent()) {
      if (byUploads) {
        Instant now = clock.instant();
        item.updateFormer(seen -> seen.putBack(now));
        queue.send(QueueMessage.recheck(now.plus(QUIET)), QUIET);
      }
      throw new RefusedException("Another run is at work.");
    }
    item.updateFormer(
        seen -> {
          FormerPendingUploads listing = seen.listing(clock.instant());
          return byUploads ? listing : listing.resumed();
        });
  }

  /** The finish stage, after a crash of another or not. */
  void finish(Execution execution, boolean crashed, DatasetVersion published) {
    if (crashed) {
      Instant now = clock.instant();
      item.updateFormer(seen -> seen.failed(execution.name(), now));
    }
    lease.release(NAME, execution.id());
    if (published != null) {
      item.updateFormer(seen -> seen.published(published));
    }
    FormerPendingUploads seen = item.readFormer();
    if (seen.pending() && !seen.isHeld()) {
      queue.send(QueueMessage.finished(), Duration.ZERO);
    }
  }

  /** The start stage. */
  void start(List<ReceivedMessage> messages) {
    List<UploadEvent> events = new ArrayList<>();
    for (ReceivedMessage message : messages) {
      try {
        events.add(UploadEvent.read(message.body()));
      } catch (MalformedMessageException e) {
        throw new AssertionError(e);
      }
    }
    events.forEach(this::freeLease);
    note(events);
    decide();
  }

  private void freeLease(UploadEvent event) {
    if (event instanceof UploadEvent.StatusChanged change) {
      Instant now = clock.instant();
      String name = UploadEvent.StatusChanged.name(change.execution());
      if (!change.byAPerson()
          && lease.current(NAME).filter(one -> one.heldBy(change.execution())).isPresent()) {
        item.updateFormer(seen -> seen.failed(name, now));
      }
      lease.release(NAME, change.execution());
      if (change.functionMayWork()) {
        queue.send(QueueMessage.ended(change.execution(), null), STOPPED_FOR_GOOD);
      }
    } else if (event instanceof UploadEvent.OwnMessage own
        && own.message().kind().equals(QueueMessage.ENDED)) {
      lease.release(NAME, own.message().execution());
    }
  }

  private void note(List<UploadEvent> events) {
    List<Instant> changes = new ArrayList<>();
    List<Instant> rechecks = new ArrayList<>();
    for (UploadEvent event : events) {
      if (event instanceof UploadEvent.ObjectChanged change) {
        changes.add(change.at());
      } else if (event instanceof UploadEvent.OwnMessage own && own.message().due() != null) {
        rechecks.add(Instant.ofEpochMilli(own.message().due()));
      }
    }
    if (changes.isEmpty() && rechecks.isEmpty()) {
      return;
    }
    item.updateFormer(
        seen -> {
          FormerPendingUploads next = seen;
          for (Instant recheck : rechecks) {
            next = next.recheckArrived(recheck);
          }
          for (Instant change : changes) {
            next = next.changed(change);
          }
          return anyCounts(changes, next) ? next.changed(clock.instant()) : next;
        });
  }

  private static boolean anyCounts(List<Instant> changes, FormerPendingUploads uploads) {
    return uploads.pending()
        && changes.stream().anyMatch(change -> !change.isBefore(uploads.firstChange()));
  }

  private void decide() {
    for (int round = 1; round <= 10; round++) {
      FormerPendingUploads uploads = item.readFormer();
      Optional<Lease> current = lease.current(NAME);
      Instant now = clock.instant();
      FormerStartDecision decision = FormerStartDecision.of(uploads, current, now, QUIET);
      if (decision instanceof FormerStartDecision.LookAgain look) {
        queue.send(QueueMessage.recheck(look.at()), Duration.between(now, look.at()));
        item.updateFormer(seen -> seen.recheckSent(look.at()));
        return;
      }
      if (!(decision instanceof FormerStartDecision.Start start)) {
        return;
      }
      start(start.name(), uploads, now);
    }
    throw new TransientFailure("The pending uploads change too quickly to decide on them.", null);
  }

  private void start(String name, FormerPendingUploads uploads, Instant now) {
    if (uploads.starting() == null && !item.replaceFormer(uploads, uploads.claimed(name))) {
      return;
    }
    Executions.Start outcome = executions.apply(name);
    item.updateFormer(
        seen ->
            outcome == Executions.Start.AT_WORK
                ? seen.started(name, uploads.lastChange(), now)
                : seen.notSeenBy(name, now));
  }
}
