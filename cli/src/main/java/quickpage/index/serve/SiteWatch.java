package quickpage.index.serve;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import quickpage.index.error.InterruptedRunException;
import quickpage.index.error.RefusedException;
import quickpage.index.local.LastRun;
import quickpage.index.local.LocalPublications;
import quickpage.index.local.LocalRun;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.TransientFailure;
import quickpage.index.site.publish.Publications.Kept;
import quickpage.index.workflow.ExecutionResult.Status;
import quickpage.index.workflow.WorkflowListener;

/**
 * Runs the workflow when a site's pages or its dataset change: what uploads do on AWS, here. Pages
 * are looked at again and again, for not every file system tells of changes.
 */
public final class SiteWatch {

  /** Between two looks at the pages, at least. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Looking takes at most one part in so many of the time. */
  private static final int SHARE_OF_TIME = 20;

  /** After a run that failed, and while a rollback holds runs back. */
  private static final Duration AFTER_FAILURE = Duration.ofMinutes(5);

  private final Supplier<LocalRun> chosen;
  private final LocalPublications publications;
  private final Duration checkEvery;
  private final Consumer<String> say;
  private final Clock clock;
  private final PendingChanges pending;

  private Runnable published;
  private LocalRun run;
  private PageSnapshot seen;
  private DatasetVersion indexed;
  private Optional<Kept> shown = Optional.empty();

  /** Name of a run that somebody else started and that has published; null if there is none. */
  private String others;

  private Instant nextCheck;
  private String lastComplaint = "";
  private Duration lookTook = Duration.ZERO;

  /**
   * A watch that does not watch yet.
   *
   * @param chosen the run that is to be started, which may depend on the site's last run; throws
   *     {@link RefusedException} if there can be none
   * @param quiet how long pages rest before a run
   * @param checkEvery how often NeuPrint is asked for the dataset's version; zero for never
   * @param say hears sentences for the person who watches
   */
  public SiteWatch(
      Supplier<LocalRun> chosen,
      Duration quiet,
      Duration checkEvery,
      Consumer<String> say,
      Clock clock) {
    this.chosen = chosen;
    this.run = chosen.get();
    this.publications = new LocalPublications(run.out());
    this.checkEvery = checkEvery;
    this.say = say;
    this.clock = clock;
    this.pending = new PendingChanges(quiet);
  }

  /**
   * Watches until this thread is interrupted.
   *
   * @param published is called when an index was published
   */
  public void watch(Runnable published) throws InterruptedException {
    this.published = published;
    begin();
    while (true) {
      look();
      Thread.sleep(Math.max(LOOK.toMillis(), lookTook.toMillis() * SHARE_OF_TIME));
    }
  }

  /** What has changed since the last run, while nobody watched. */
  void begin() {
    shown = publications.current();
    seen = snapshot();
    Optional<LastRun> last = LastRun.of(run.out());
    indexed = last.map(LastRun::version).orElse(null);
    nextCheck = clock.instant();
    boolean indexedAsItIs =
        publications.page().isPresent()
            && last.filter(
                    earlier ->
                        earlier.pages() == seen.pages() && earlier.begun().isAfter(seen.newest()))
                .isPresent();
    if (!indexedAsItIs) {
      Instant now = clock.instant();
      pending.changed(seen.newest().isBefore(now) ? seen.newest() : now);
    }
  }

  /** One look at pages and dataset, and the run that is due. */
  void look() {
    try {
      PageSnapshot now = snapshot();
      if (!now.equals(seen)) {
        seen = now;
        pending.changed(clock.instant());
      }
      seeWhatOthersPublished();
      checkDataset();
      if (pending.areDue(clock.instant())) {
        runOnce();
      }
    } catch (InterruptedRunException e) {
      // The thread's status is set: the wait that comes next ends the watch.
    } catch (RefusedException | TransientFailure e) {
      complain(e.getMessage());
      pending.waitUntil(clock.instant().plus(AFTER_FAILURE));
    }
  }

  private PageSnapshot snapshot() {
    Instant begun = clock.instant();
    PageSnapshot snapshot =
        PageSnapshot.of(
            run.site(),
            publications.ownPaths(),
            run.references() == null ? List.of() : List.of(run.references()));
    lookTook = Duration.between(begun, clock.instant());
    return snapshot;
  }

  /** People run and roll back in other terminals, too. */
  private void seeWhatOthersPublished() {
    Optional<Kept> current = publications.current();
    if (!current.equals(shown)) {
      boolean rolledBack = publications.isRolledBack();
      shown = current;
      others = rolledBack ? null : current.map(Kept::run).orElse(null);
      published.run();
      say(
          rolledBack
              ? "A rollback brought back an earlier index; open pages reload."
              : "Another run published an index; open pages reload.");
    }
    if (others == null) {
      return;
    }
    // It writes its report after that.
    Optional<LastRun> report = LastRun.of(run.out()).filter(last -> last.run().equals(others));
    if (report.isPresent()) {
      run = chosen.get();
      pending.seenUntil(report.get().begun());
      indexed = report.get().version();
      others = null;
    }
  }

  /** Before the first run there is nothing to compare with. */
  private void checkDataset() {
    Instant now = clock.instant();
    if (checkEvery.isZero()
        || indexed == null
        || !indexed.tellsEdits()
        || now.isBefore(nextCheck)) {
      return;
    }
    nextCheck = now.plus(checkEvery);
    try {
      DatasetVersion version = run.datasetVersion();
      if (!version.equals(indexed)) {
        say("The dataset %s was edited: %s.".formatted(run.dataset(), version.inWords()));
        // So that the same edit is told once, whatever becomes of the run.
        indexed = version;
        pending.changed(now);
      }
    } catch (RefusedException | TransientFailure e) {
      complain("The dataset's version could not be had: " + e.getMessage());
    }
  }

  private void runOnce() {
    if (publications.isRolledBack()) {
      complain(
          "The index was rolled back, so changes start nothing until a person runs: quickpage-index"
              + " run.");
      pending.waitUntil(clock.instant().plus(LOOK.multipliedBy(10)));
      return;
    }
    PageSnapshot before = snapshot();
    say("Indexing %,d pages …".formatted(before.pages()));
    // Whatever becomes of it is said, also what was said of the run before.
    lastComplaint = "";
    LocalRun.Outcome outcome = run.execute(WorkflowListener.NONE);
    outcome.warnings().forEach(say);
    if (outcome.result().status() != Status.SUCCEEDED) {
      complain("The run failed: " + outcome.result().cause());
      pending.waitUntil(clock.instant().plus(AFTER_FAILURE));
      return;
    }
    seen = before;
    pending.seen();
    indexed = LastRun.of(run.out()).map(LastRun::version).orElse(null);
    shown = publications.current();
    published.run();
    say(
        "Published %,d types in %.1f s; open pages reload."
            .formatted(
                outcome.summary().at("/types/planned").asLong(),
                outcome.summary().at("/milliseconds/run").asLong() / 1e3));
    if (!outcome.replaced().isEmpty()) {
      say(
          "Replaced %s, which no run had published; kept in %s."
              .formatted(String.join(", ", outcome.replaced()), publications.kept(0)));
    }
  }

  private void say(String sentence) {
    say.accept(sentence);
  }

  /** Once, not at every look. */
  private void complain(String sentence) {
    if (!sentence.equals(lastComplaint)) {
      lastComplaint = sentence;
      say(sentence);
    }
  }
}
