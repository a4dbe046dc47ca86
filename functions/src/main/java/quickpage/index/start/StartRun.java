package quickpage.index.start;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quickpage.index.error.RefusedException;
import quickpage.index.lease.Executions;
import quickpage.index.lease.Lease;
import quickpage.index.lease.PendingUploads;
import quickpage.index.lease.QueueMessage;
import quickpage.index.lease.SiteCoordination;
import quickpage.index.lease.SiteName;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.TransientFailure;
import quickpage.index.site.pages.PageListing;

/**
 * Turns the messages of the upload queue into runs: at most one for each quiet window, and one
 * after the last change. All that it knows between two calls is in the pending uploads and the
 * lease, so any number of calls may be at work, see messages twice, in any order, or break off
 * anywhere.
 */
public final class StartRun {

  private static final Logger LOG = LoggerFactory.getLogger(StartRun.class);

  /** How often others may get in the way before the messages are taken up anew. */
  private static final int ROUNDS = 10;

  /**
   * A function that was at work when its execution was ended has taken the lease by then, if it was
   * about to: that is the first thing the plan stage does.
   */
  private static final Duration STOPPED_FOR_GOOD = Duration.ofMinutes(2);

  private final StartSettings settings;
  private final SiteCoordination site;
  private final Executions executions;
  private final Supplier<Set<String>> publishedPaths;
  private final Function<Instant, DatasetVersion> dataset;
  private final Clock clock;

  /**
   * The stage.
   *
   * @param publishedPaths of files that index runs publish, relative to the site root
   * @param dataset asks NeuPrint for the version of the deployment's dataset, until some time
   */
  public StartRun(
      StartSettings settings,
      SiteCoordination site,
      Executions executions,
      Supplier<Set<String>> publishedPaths,
      Function<Instant, DatasetVersion> dataset,
      Clock clock) {
    this.settings = settings;
    this.site = site;
    this.executions = executions;
    this.publishedPaths = publishedPaths;
    this.dataset = dataset;
    this.clock = clock;
  }

  /**
   * Acts on messages.
   *
   * @param deadline until when NeuPrint may be waited for
   * @return ids of those that failed on their own account; the others are done with
   * @throws TransientFailure if all of them should come again
   */
  public Set<String> run(List<ReceivedMessage> messages, Instant deadline) {
    Set<String> failed = new LinkedHashSet<>();
    List<UploadEvent> events = new ArrayList<>();
    Set<String> datasetChecks = new LinkedHashSet<>();
    for (ReceivedMessage message : messages) {
      try {
        UploadEvent event = UploadEvent.read(message.body());
        events.add(event);
        if (event instanceof UploadEvent.OwnMessage ownMessage
            && ownMessage.message().kind().equals(QueueMessage.DATASET)) {
          datasetChecks.add(message.id());
        }
      } catch (MalformedMessageException e) {
        LOG.error("The message {} cannot be acted on: {}.", message.id(), e.getMessage());
        failed.add(message.id());
      }
    }
    events.forEach(this::freeLease);
    note(events);
    decide();
    // Last, for NeuPrint may take its time; uploads are seen to by then.
    if (!datasetChecks.isEmpty()) {
      if (checkDataset(deadline)) {
        decide();
      } else {
        failed.addAll(datasetChecks);
      }
    }
    return failed;
  }

  private void freeLease(UploadEvent event) {
    if (event instanceof UploadEvent.StatusChanged change) {
      if (!change.stateMachine().equals(settings.stateMachine())) {
        LOG.warn("{} is another state machine's.", change.execution());
      } else if (change.endedWithoutSuccess()) {
        tryAgain(change);
        free(change.execution());
        if (change.functionMayWork()) {
          site.queue().send(QueueMessage.ended(change.execution()), STOPPED_FOR_GOOD);
        }
      }
    } else if (event instanceof UploadEvent.OwnMessage ownMessage
        && ownMessage.message().kind().equals(QueueMessage.ENDED)) {
      free(ownMessage.message().execution());
    }
  }

  /**
   * A run that still has its lease did not come to its last stage, which sees to this otherwise.
   * One that a person stopped is that person's concern.
   */
  private void tryAgain(UploadEvent.StatusChanged change) {
    if (!change.byAPerson()
        && site.lease()
            .current(settings.site())
            .filter(lease -> lease.heldBy(change.execution()))
            .isPresent()) {
      Instant now = clock.instant();
      site.pendingUploads().update(settings.site(), seen -> seen.failed(change.name(), now));
    }
  }

  private void free(String execution) {
    if (site.lease().release(settings.site(), execution)) {
      LOG.info(
          "{} ended without releasing its lease, which ends now, or with what it still publishes.",
          execution);
    }
  }

  /** One write for all messages; none where nothing changes. */
  private void note(List<UploadEvent> events) {
    List<Instant> changes = pageChanges(events);
    List<Instant> rechecks =
        events.stream()
            .filter(UploadEvent.OwnMessage.class::isInstance)
            .map(event -> ((UploadEvent.OwnMessage) event).message())
            .filter(message -> message.due() != null)
            .map(message -> Instant.ofEpochMilli(message.due()))
            .toList();
    if (changes.isEmpty() && rechecks.isEmpty()) {
      return;
    }
    PendingUploads pendingUploads =
        site.pendingUploads()
            .update(
                settings.site(),
                seen -> {
                  PendingUploads next = seen;
                  for (Instant recheck : rechecks) {
                    next = next.recheckArrived(recheck);
                  }
                  for (Instant change : changes) {
                    next = next.changed(change);
                  }
                  // While old messages still come in, newer ones may wait behind them: it is quiet
                  // when none has come for a while, whatever the time at which pages changed.
                  return anyCounts(changes, next) ? next.changed(clock.instant()) : next;
                });
    LOG.info(
        "{} changed pages; unseen are those since {}.",
        changes.size(),
        pendingUploads.firstChange());
  }

  private static boolean anyCounts(List<Instant> changes, PendingUploads pendingUploads) {
    return pendingUploads.pending()
        && changes.stream().anyMatch(change -> !change.isBefore(pendingUploads.firstChange()));
  }

  /** When pages changed; not in the future, for then a wrong clock could stop everything. */
  private List<Instant> pageChanges(List<UploadEvent> events) {
    Instant now = clock.instant();
    List<UploadEvent.ObjectChanged> inSite = new ArrayList<>();
    for (UploadEvent event : events) {
      if (event instanceof UploadEvent.ObjectChanged change
          && change.bucket().equals(settings.site().bucket())
          && change.key().startsWith(settings.site().prefix())
          && PageListing.mayList(path(change), Set.of())) {
        inSite.add(change);
      }
    }
    if (inSite.isEmpty()) {
      return List.of();
    }
    Set<String> published = publishedPaths.get();
    return inSite.stream()
        .filter(change -> PageListing.mayList(path(change), published))
        .map(change -> change.at().isAfter(now) ? now : change.at())
        .distinct()
        .toList();
  }

  private String path(UploadEvent.ObjectChanged change) {
    return change.key().substring(settings.site().prefix().length());
  }

  /** A run at work need not be followed by another: the next check sees what it published. */
  private boolean checkDataset(Instant deadline) {
    SiteName name = settings.site();
    try {
      DatasetVersion version = dataset.apply(deadline);
      if (site.pendingUploads().read(name).publishedOtherThan(version)
          && site.lease().current(name).isEmpty()) {
        LOG.info("The dataset {} has changed: {}.", version.dataset(), version.inWords());
        Instant now = clock.instant();
        site.pendingUploads().update(name, seen -> seen.changed(now));
      }
      return true;
    } catch (RefusedException | TransientFailure e) {
      LOG.error("Whether the dataset has changed cannot be told: {}", e.getMessage(), e);
      return false;
    }
  }

  /** Looks at the pending uploads and does what is due, again if others change them meanwhile. */
  private void decide() {
    for (int round = 1; round <= ROUNDS; round++) {
      PendingUploads pendingUploads = site.pendingUploads().read(settings.site());
      Optional<Lease> lease = site.lease().current(settings.site());
      Instant now = clock.instant();
      StartDecision decision = StartDecision.of(pendingUploads, lease, now, settings.quiet());
      if (decision instanceof StartDecision.LookAgain look) {
        // Sent before it is noted: a message too many does no harm.
        site.queue().send(QueueMessage.recheck(look.at()), Duration.between(now, look.at()));
        site.pendingUploads().update(settings.site(), seen -> seen.recheckSent(look.at()));
        return;
      }
      if (!(decision instanceof StartDecision.Start start)) {
        return;
      }
      start(start.name(), pendingUploads, now);
    }
    throw new TransientFailure("The pending uploads change too quickly to decide on them.", null);
  }

  /**
   * The name is noted first: whoever comes after a call that crashed here starts the same run,
   * which Step Functions starts once.
   */
  private void start(String name, PendingUploads pendingUploads, Instant now) {
    if (pendingUploads.starting() == null
        && !site.pendingUploads()
            .replace(settings.site(), pendingUploads, pendingUploads.claimed(name))) {
      return;
    }
    Executions.Start outcome = executions.start(name);
    site.pendingUploads()
        .update(
            settings.site(),
            seen ->
                outcome == Executions.Start.AT_WORK
                    ? seen.started(name, pendingUploads.lastChange(), now)
                    : seen.notSeenBy(name, now));
    LOG.info("Started by uploads: {} ({}).", name, outcome);
  }
}
