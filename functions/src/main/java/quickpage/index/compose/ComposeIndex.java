package quickpage.index.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import quickpage.index.error.RefusedException;
import quickpage.index.io.WorkTimes;
import quickpage.index.lease.RunCoordination;
import quickpage.index.lease.SiteName;
import quickpage.index.model.EntryStatus;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.Options;
import quickpage.index.model.Remedy;
import quickpage.index.model.TypePages;
import quickpage.index.model.run.BatchStatistics;
import quickpage.index.model.run.ComposeResult;
import quickpage.index.model.run.RunContext;
import quickpage.index.model.run.Settings;
import quickpage.index.model.run.UnavailableType;
import quickpage.index.model.run.Work;
import quickpage.index.render.page.PageSettings;
import quickpage.index.site.pages.IndexPages;
import quickpage.index.site.pages.PageLayout;
import quickpage.index.site.publish.Publications;
import quickpage.index.site.publish.Publications.Release;
import quickpage.index.site.run.RunFolder;
import quickpage.index.site.run.RunPlan;
import quickpage.index.site.store.ObjectStore;
import quickpage.index.site.store.SiteStores;

/**
 * Makes the index of a run: reads the shards one after the other, writes the files as it reads,
 * checks that nothing is missing, and only then publishes.
 */
public final class ComposeIndex {

  private final SiteStores stores;
  private final RunCoordination coordination;
  private final Clock clock;
  private final PageSettings pageSettings;

  /** A composer of indexes that lie in the site. */
  public ComposeIndex(SiteStores stores, RunCoordination coordination, Clock clock) {
    this(stores, coordination, clock, PageSettings.DEFAULT);
  }

  public ComposeIndex(
      SiteStores stores, RunCoordination coordination, Clock clock, PageSettings pageSettings) {
    this.stores = stores;
    this.coordination = coordination;
    this.clock = clock;
    this.pageSettings = pageSettings;
  }

  /**
   * Paths of all files with fixed names that a run may publish.
   *
   * @param indexFile null for the layout's own
   */
  public static List<String> publishedFiles(PageLayout layout, String indexFile) {
    IndexPages pages = IndexPages.of(layout, indexFile);
    return Stream.of(
            SiteFiles.paths(layout).stream(), Stream.of(pages.page()), pages.second().stream())
        .flatMap(paths -> paths)
        .toList();
  }

  /**
   * Publishes the index, or answers why it does not.
   *
   * @param end when whatever is at work here is ended
   */
  public ComposeResult run(ComposeRequest request, Instant end) {
    String startedAt = clock.instant().toString();
    ObjectStore store = stores.site().apply(request.bucket());
    try {
      RunFolder folder = new RunFolder(store, request.prefix(), request.run());
      return compose(folder, store, request, startedAt, end);
    } catch (RefusedException e) {
      return ComposeResult.refused(
          e.getMessage(), e.remedy(), startedAt, clock.instant().toString());
    }
  }

  private ComposeResult compose(
      RunFolder folder, ObjectStore store, ComposeRequest request, String startedAt, Instant end) {
    String prefix = request.prefix();
    WorkTimes times = new WorkTimes();
    RunPlan plan = folder.plan();
    RunContext context = folder.context(plan.context());
    refuseIfEdited(folder.statistics(plan));
    PageLayout layout = PageLayout.valueOf(plan.layout());
    IndexPages pages = IndexPages.of(layout, context.settings().options().indexFile());
    Publications publications = Publications.of(store, prefix);
    Optional<String> seen = publications.pageSeen(pages.page());

    try (TemporaryFolder temporary = new TemporaryFolder();
        SiteFiles files =
            new SiteFiles(
                temporary.folder(), context, layout, pageSettings.withLook(plan.look()))) {
      Map<EntryStatus, Long> byStatus = new EnumMap<>(EntryStatus.class);
      PlannedEntries entries = new PlannedEntries(folder, plan);
      times.measure(
          Work.COMPOSE,
          () -> {
            entries.forEach(
                entry -> {
                  files.add(entry);
                  byStatus.merge(entry.status(), 1L, Long::sum);
                });
            files.end();
            return null;
          });
      List<UnavailableType> unavailable = entries.unavailable();
      folder.writeUnavailable(unavailable);
      Tolerance.exceeded(
              unavailable,
              plan.entries().known(),
              context.settings().options().toleratedFailurePercentage())
          .ifPresent(
              sentence -> {
                throw new RefusedException(Remedy.LATER, sentence);
              });
      boolean second = pages.second().map(page -> mayWrite(page, store, prefix)).orElse(false);
      Release release = files.finish(pages, second);
      // As late as can be: a run that was stopped and lost its lease must not publish any more.
      int number =
          times.measure(
              Work.PUBLISH,
              () ->
                  coordination.publish(
                      new SiteName(request.bucket(), prefix),
                      request.execution(),
                      end,
                      () -> publications.publish(release, seen)));
      return new ComposeResult(
          null,
          null,
          number,
          pages.page(),
          (long) plan.entries().all(),
          byStatus.getOrDefault(EntryStatus.OK, 0L),
          byStatus.getOrDefault(EntryStatus.NO_NEURONS, 0L),
          byStatus.getOrDefault(EntryStatus.NOT_ASKED, 0L),
          (long) unavailable.size(),
          files.neurons(),
          times.milliseconds(),
          startedAt,
          clock.instant().toString());
    }
  }

  /** Makes the files of an index of one type, and throws them away. */
  static void prime() {
    Options options =
        new Options(false, 1.5, null, 1, null, 1, 0, false, 0, null, List.of(), List.of());
    RunContext context =
        new RunContext(
            RunContext.FORMAT,
            "priming",
            Instant.EPOCH.toString(),
            new Settings("priming", "", "https://priming", "", "", "", "", "", options),
            null,
            null,
            List.of(),
            List.of(),
            Map.of(),
            Map.of(),
            1,
            null);
    PageLayout layout = PageLayout.QUICKPAGE;
    try (TemporaryFolder temporary = new TemporaryFolder();
        SiteFiles files =
            new SiteFiles(temporary.folder(), context, layout, PageSettings.DEFAULT)) {
      files.add(IndexEntry.notAsked("A", new TypePages("A.html", null, null, null)));
      files.end();
      files.finish(IndexPages.of(layout, null), false);
    }
  }

  private static void refuseIfEdited(List<BatchStatistics> batches) {
    batches.stream()
        .filter(batch -> batch.edited() != null)
        .findFirst()
        .ifPresent(
            batch -> {
              throw new RefusedException(Remedy.LATER, batch.edited());
            });
  }

  /** A page of that name that is somebody else's stays, in the place where the pages are, too. */
  private boolean mayWrite(String page, ObjectStore site, String prefix) {
    ObjectStore pages = stores.pages().apply(site.bucket());
    return Publications.of(site, prefix).mayReplace(page)
        && Publications.of(pages, prefix).mayReplace(page);
  }

  /** A folder for the files while they are written, removed at the end. */
  private static final class TemporaryFolder implements AutoCloseable {
    private final Path folder;

    TemporaryFolder() {
      try {
        folder = Files.createTempDirectory("quickpage-index");
      } catch (IOException e) {
        throw new UncheckedIOException("no temporary folder can be made", e);
      }
    }

    Path folder() {
      return folder;
    }

    @Override
    public void close() {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
        Files.delete(folder);
      } catch (IOException e) {
        throw new UncheckedIOException("the temporary folder stays: " + folder, e);
      }
    }
  }
}
