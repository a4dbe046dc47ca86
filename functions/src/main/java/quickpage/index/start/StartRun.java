package quickpage.index.start;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quickpage.index.error.RefusedException;
import quickpage.index.lease.Executions;
import quickpage.index.lease.PendingUploads;
import quickpage.index.lease.QueueMessage;
import quickpage.index.lease.SiteCoordination;
import quickpage.index.lease.SiteName;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.TransientFailure;

/**
 * Turns the messages of the upload queue into runs: at most one for each quiet window, one after
 * the last change, and more while runs fail of what may pass. All that it knows between two calls
 * is in the pending uploads and the lease, so any number of calls may be at work, see messages
 * twice, in any order, or break off anywhere.
 */
public final class StartRun {

  private static final Logger LOG = LoggerFactory.getLogger(StartRun.class);

  private final StartSettings settings;
  private final SiteCoordination site;
  private final EndedRuns endedRuns;
  private final PageChanges pageChanges;
  private final RunStarter starter;
  private final Function<Instant, DatasetVersion> dataset;
  private final Consumer<PendingUploads> told;
  private final Clock clock;

  /**
   * The stage.
   *
   * @param dataset asks NeuPrint for the version of the deployment's dataset, until some time
   * @param told hears at the end of a call what waits
   */
  public StartRun(
      StartSettings settings,
      SiteCoordination site,
      Executions executions,
      SiteNow published,
      Function<Instant, DatasetVersion> dataset,
      Consumer<PendingUploads> told,
      Clock clock) {
    this.settings = settings;
    this.site = site;
    this.endedRuns = new EndedRuns(settings, site, clock);
    this.pageChanges =
        new PageChanges(
            settings.site(),
            published,
            pages -> site.pendingUploads().read(settings.site()).hasListed(pages));
    this.starter = new RunStarter(settings, site, executions, clock);
    this.dataset = dataset;
    this.told = told;
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
    events.forEach(endedRuns::see);
    note(events);
    PendingUploads left = starter.decide();
    // Last, for NeuPrint may take its time; uploads are seen to by then.
    if (!datasetChecks.isEmpty()) {
      if (checkDataset(deadline)) {
        left = starter.decide();
      } else {
        failed.addAll(datasetChecks);
      }
    }
    told.accept(left);
    return failed;
  }

  /** One write for all messages; none where nothing changes. */
  private void note(List<UploadEvent> events) {
    List<Instant> changes = pageChanges.times(events, clock.instant());
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
        "{} changed pages; no index has seen those since {}.",
        changes.size(),
        pendingUploads.since());
  }

  private static boolean anyCounts(List<Instant> changes, PendingUploads pendingUploads) {
    return pendingUploads.pending()
        && changes.stream().anyMatch(change -> !change.isBefore(pendingUploads.changes().first()));
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
        site.pendingUploads().update(name, seen -> seen.datasetEdited(now));
      }
      return true;
    } catch (RefusedException | TransientFailure e) {
      LOG.error("Whether the dataset has changed cannot be told: {}", e.getMessage(), e);
      return false;
    }
  }
}
