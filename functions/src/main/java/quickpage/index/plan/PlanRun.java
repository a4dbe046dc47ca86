package quickpage.index.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import quickpage.index.cache.FactCache;
import quickpage.index.cache.ServingFacts;
import quickpage.index.error.RefusedException;
import quickpage.index.io.InParallel;
import quickpage.index.io.WorkTimes;
import quickpage.index.lease.Executions;
import quickpage.index.lease.RunCoordination;
import quickpage.index.lease.SiteName;
import quickpage.index.model.DatasetFacts;
import quickpage.index.model.Options;
import quickpage.index.model.SiteLook;
import quickpage.index.model.run.PlanResult;
import quickpage.index.model.run.PlanStatistics;
import quickpage.index.model.run.QueryStatistics;
import quickpage.index.model.run.RunContext;
import quickpage.index.model.run.Settings;
import quickpage.index.model.run.Work;
import quickpage.index.neuprint.NeuPrint;
import quickpage.index.neuprint.NeuPrintAddress;
import quickpage.index.site.pages.PageListing;
import quickpage.index.site.pages.ResolvedPages;
import quickpage.index.site.publish.SiteRegistry;
import quickpage.index.site.run.RunFolder;
import quickpage.index.site.run.RunPlan;
import quickpage.index.site.settings.OwnersFiles;
import quickpage.index.site.store.SiteStores;

/**
 * Plans a run: what it works on, which version of the dataset, which pages are of which types, what
 * the cache has of them, and which batch describes the rest.
 */
public final class PlanRun {

  private final SiteStores stores;
  private final BiFunction<Instant, NeuPrintAddress, NeuPrint> neuPrints;
  private final FactCache cache;
  private final RunCoordination coordination;
  private final OwnersLook owners;
  private final Clock clock;

  /**
   * A planner of runs.
   *
   * @param neuPrints gives the NeuPrint at an address, for one who cannot wait longer than until a
   *     time
   */
  public PlanRun(
      SiteStores stores,
      BiFunction<Instant, NeuPrintAddress, NeuPrint> neuPrints,
      FactCache cache,
      RunCoordination coordination,
      Clock clock) {
    this(stores, neuPrints, cache, coordination, null, clock);
  }

  /**
   * The same with a bibliography of one's own.
   *
   * @param bibliography addresses of references by text, instead of the site's own; null for those
   */
  public PlanRun(
      SiteStores stores,
      BiFunction<Instant, NeuPrintAddress, NeuPrint> neuPrints,
      FactCache cache,
      RunCoordination coordination,
      Map<String, String> bibliography,
      Clock clock) {
    this.owners = new OwnersLook(bibliography);
    this.stores = stores;
    this.neuPrints = neuPrints;
    this.cache = cache;
    this.coordination = coordination;
    this.clock = clock;
  }

  /**
   * Takes the site's lease and writes the plan and what it names. May be repeated, and may overlap
   * its own repeat: the first plan that is written is the run's, and every attempt answers from it.
   *
   * @param deadline until when NeuPrint may be waited for
   * @throws RefusedException if the run cannot go on; no plan is written then
   */
  public PlanResult run(PlanRequest request, Instant deadline) {
    String startedAt = clock.instant().toString();
    Settings settings =
        new SettingsResolver(request.defaults()).resolve(RunInput.parse(request.input()));
    if (!settings.deployment().isEmpty()) {
      new SiteRegistry(stores.site().apply(settings.bucket()))
          .claim(settings.prefix(), settings.deployment());
    }
    coordination.begin(
        new SiteName(settings.bucket(), settings.prefix()),
        request.execution(),
        request.defaults().quiet());
    String run = RunFolder.runName(request.execution().name());
    RunFolder folder =
        new RunFolder(stores.site().apply(settings.bucket()), settings.prefix(), run);
    Optional<RunPlan> there = folder.planIfThere();
    RunPlan plan =
        there.orElseGet(
            () -> folder.writePlan(plan(request, settings, folder, run, deadline, startedAt)));
    return answer(plan, settings, folder, run);
  }

  private RunPlan plan(
      PlanRequest request,
      Settings settings,
      RunFolder folder,
      String run,
      Instant deadline,
      String startedAt) {
    WorkTimes times = new WorkTimes();
    Options options = settings.options();
    NeuPrint neuPrint =
        options.roiAnalysis()
            ? neuPrints.apply(
                deadline,
                new NeuPrintAddress(
                    settings.server(),
                    run,
                    settings.contact(),
                    settings.tokenSecret(),
                    settings.authoritiesSecret(),
                    request.execution().name().startsWith(Executions.BY_UPLOADS)
                        ? NeuPrintAddress.NOBODY_WAITS
                        : NeuPrintAddress.PERSON_WAITS))
            : null;
    SitePages site = new SitePages(stores);
    List<Object> found =
        InParallel.map(
            List.<Supplier<Object>>of(
                () -> times.measure(Work.LISTING, () -> site.list(settings)),
                () -> OwnersFiles.read(stores.pages().apply(settings.bucket()), settings.prefix()),
                () ->
                    neuPrint == null
                        ? PlannedDataset.NOT_ASKED
                        : dataset(
                            new DatasetQuestions(cache, times).ask(neuPrint, settings), options)),
            Supplier::get);
    SitePages.Found listed = (SitePages.Found) found.get(0);
    PageListing pages = listed.pages();
    OwnersFiles files = (OwnersFiles) found.get(1);
    coordination.listed(
        new SiteName(settings.bucket(), settings.prefix()),
        request.execution(),
        pages.checksum() + files.checksum());
    SiteLook look = owners.of(files, request.defaults().page(), listed.ownPages());
    PlannedDataset dataset = (PlannedDataset) found.get(2);

    PlannedPages planned = PlannedPages.of(settings, site.address(settings), pages, dataset);
    ResolvedPages resolved = planned.resolved();

    CachedEntries.Written cached =
        new CachedEntries(cache, folder, dataset, options, times).write(resolved.types());
    BatchBalance balance = BatchBalance.of(cached.misses(), options.maxConcurrency());
    RunContext context =
        new RunContext(
            RunContext.FORMAT,
            run,
            Instant.parse(request.execution().startTime())
                .truncatedTo(ChronoUnit.SECONDS)
                .toString(),
            settings,
            dataset.version(),
            dataset.sideRule(),
            dataset.primaryRois(),
            dataset.ownPrimaryRois(),
            dataset.parents().parents(),
            dataset.roiDescriptions(),
            balance.queriesInFlight(),
            planned.known());
    String contextName = folder.writeContext(context);
    PlannedBatches batches = new PlannedBatches(contextName, balance.batches());
    boolean looked = dataset.version() != null && ServingFacts.mayServe(dataset.version(), options);
    return new RunPlan(
        RunContext.FORMAT,
        batches.checksum(),
        pages.layout().name(),
        contextName,
        batches.write(folder),
        balance.batches().size(),
        balance.children(),
        cached.shards(),
        planned.entries(),
        pages.fileNames().size(),
        resolved.unmatchedPages(),
        resolved.ignoredPages(),
        resolved.collisions(),
        resolved.ambiguousPages(),
        resolved.typesWithoutPage(),
        look,
        new PlanStatistics(
            cached.hits(),
            looked ? cached.misses().size() : 0,
            cached.expired(),
            neuPrint == null ? QueryStatistics.NONE : neuPrint.statistics(),
            times.milliseconds(),
            startedAt,
            clock.instant().toString()));
  }

  private static PlannedDataset dataset(DatasetFacts facts, Options options) {
    FacetOption.refuseUnknown(options.facets(), facts);
    return PlannedDataset.of(facts);
  }

  private static PlanResult answer(RunPlan plan, Settings settings, RunFolder folder, String run) {
    return new PlanResult(
        null,
        null,
        run,
        settings.bucket(),
        settings.prefix(),
        plan.items() == null ? null : folder.key(plan.items()),
        plan.batches(),
        plan.children(),
        plan.entries().all(),
        plan.pagesListed(),
        plan.statistics().queries(),
        plan.statistics().startedAt(),
        plan.statistics().finishedAt());
  }

  /**
   * Looks at a run input alone, before anything is made for the run.
   *
   * @throws RefusedException as {@link #run} would
   */
  public static void check(JsonNode input, Defaults defaults) {
    new SettingsResolver(defaults).resolve(RunInput.parse(input));
  }
}
