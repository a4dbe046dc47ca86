package quickpage.index.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import quickpage.index.io.InParallel;
import quickpage.index.lease.SiteName;
import quickpage.index.lease.Turns;
import quickpage.index.model.Batch;
import quickpage.index.model.Batch.BatchType;
import quickpage.index.model.DatasetEdited;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.EntryStatus;
import quickpage.index.model.Options;
import quickpage.index.model.PlanResult;
import quickpage.index.model.PlannedEntry;
import quickpage.index.model.PrimaryRois;
import quickpage.index.model.QueryStatistics;
import quickpage.index.model.Refusal;
import quickpage.index.model.RoiParents;
import quickpage.index.model.RunContext;
import quickpage.index.model.Settings;
import quickpage.index.model.SideRule;
import quickpage.index.model.SideRules;
import quickpage.index.neuprint.DatasetMeta;
import quickpage.index.neuprint.NeuPrint;
import quickpage.index.neuprint.NeuPrintAddress;
import quickpage.index.neuprint.SideProperties;
import quickpage.index.neuprint.TypeCensus;
import quickpage.index.site.ObjectStore;
import quickpage.index.site.PageDirectory;
import quickpage.index.site.PageLayout;
import quickpage.index.site.PageListing;
import quickpage.index.site.PlannedType.Standing;
import quickpage.index.site.Publications;
import quickpage.index.site.ResolvedPages;
import quickpage.index.site.RunFolder;
import quickpage.index.site.RunPlan;
import quickpage.index.site.SiteRegistry;
import quickpage.index.site.SiteStores;

/**
 * Plans a run: what it works on, which version of the dataset, which pages are of which types, and
 * which batch describes them.
 */
public final class PlanRun {

  private final SiteStores stores;
  private final BiFunction<Instant, NeuPrintAddress, NeuPrint> neuPrints;
  private final Turns turns;
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
      Turns turns,
      Clock clock) {
    this.stores = stores;
    this.neuPrints = neuPrints;
    this.turns = turns;
    this.clock = clock;
  }

  /**
   * Takes the site's lease and writes {@code plan.json}, {@code context.json} and {@code
   * batches.json}.
   *
   * @param deadline until when NeuPrint may be waited for
   * @throws Refusal if the run cannot go on; nothing is written then
   */
  public PlanResult run(PlanRequest request, Instant deadline) {
    String startedAt = clock.instant().toString();
    Settings settings =
        new SettingsResolver(request.defaults()).resolve(RunInput.parse(request.input()));
    if (!settings.deployment().isEmpty()) {
      new SiteRegistry(stores.site().apply(settings.bucket()))
          .claim(settings.prefix(), settings.deployment());
    }
    turns.begin(
        new SiteName(settings.bucket(), settings.prefix()),
        request.execution(),
        request.defaults().quiet());
    Options options = settings.options();
    String run = RunFolder.runName(request.execution().name());
    NeuPrint neuPrint =
        options.roiAnalysis()
            ? neuPrints.apply(
                deadline,
                new NeuPrintAddress(
                    settings.server(), run, settings.contact(), settings.tokenSecret()))
            : null;

    List<Object> found =
        InParallel.map(
            List.<Supplier<Object>>of(
                () -> pages(settings),
                () -> neuPrint == null ? Dataset.NONE : ask(neuPrint, settings)),
            Supplier::get);
    PageListing pages = (PageListing) found.get(0);
    Dataset dataset = (Dataset) found.get(1);

    ResolvedPages resolved =
        PageDirectory.resolve(pages.layout(), pages.fileNames(), dataset.neurons());
    refuseWithoutPages(settings, pages, resolved);
    refuseTypePageAsIndex(settings, pages.layout(), dataset.neurons());
    BatchBalance balance = BatchBalance.of(typesToDescribe(resolved), options.maxConcurrency());
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
            dataset.parents().parents(),
            dataset.roiDescriptions(),
            balance.queriesInFlight());
    RunPlan plan = plan(pages, resolved, balance.batches());
    RunFolder folder =
        new RunFolder(stores.site().apply(settings.bucket()), settings.prefix(), run);
    folder.writePlan(context, plan, balance.batches());
    return new PlanResult(
        null,
        run,
        settings.bucket(),
        settings.prefix(),
        folder.itemsKey(),
        balance.batches().size(),
        balance.children(),
        plan.entries().size(),
        plan.pagesListed(),
        neuPrint == null ? QueryStatistics.NONE : neuPrint.statistics(),
        startedAt,
        clock.instant().toString());
  }

  /**
   * Looks at a run input alone, before anything is made for the run.
   *
   * @throws Refusal as {@link #run} would
   */
  public static void check(JsonNode input, Defaults defaults) {
    new SettingsResolver(defaults).resolve(RunInput.parse(input));
  }

  private PageListing pages(Settings settings) {
    ObjectStore store = stores.pages().apply(settings.bucket());
    String prefix = settings.prefix();
    List<String> folders = List.of("", PageLayout.NEUVIEW.folder());
    List<String> paths =
        InParallel.map(folders, folder -> inFolder(store, prefix, folder)).stream()
            .flatMap(List::stream)
            .toList();
    Publications published = Publications.of(store, prefix);
    Set<String> own = new HashSet<>(published.ownPaths());
    own.addAll(Publications.of(stores.site().apply(settings.bucket()), prefix).ownPaths());
    String indexFile = settings.options().indexFile();
    if (indexFile != null) {
      refusePageAsIndex(indexFile, paths, published, store.address(prefix));
      own.add(indexFile);
    }
    return PageListing.of(paths, own);
  }

  /** Whatever type it may be of: the index page would replace it. */
  private static void refusePageAsIndex(
      String indexFile, List<String> paths, Publications published, String site) {
    PageListing pages = PageListing.of(paths, Set.of());
    if (pages.layout() == PageLayout.QUICKPAGE
        && pages.fileNames().contains(indexFile)
        && !published.mayReplace(indexFile)) {
      throw new Refusal(
          "options.indexFile %s is the name of a page in %s that no run has published; choose another."
              .formatted(indexFile, site));
    }
  }

  private static List<String> inFolder(ObjectStore store, String prefix, String folder) {
    return store.htmlFilesIn(prefix + folder).stream().map(name -> folder + name).toList();
  }

  /** What NeuPrint says of the dataset; everything empty where it is not asked. */
  private record Dataset(
      DatasetVersion version,
      SideRule sideRule,
      Map<String, Long> neurons,
      List<String> primaryRois,
      RoiParents parents,
      Map<String, String> roiDescriptions) {
    static final Dataset NONE = new Dataset(null, null, null, List.of(), RoiParents.NONE, Map.of());
  }

  /** Three questions, at once where that many are allowed: a warm run asks no more than these. */
  private static Dataset ask(NeuPrint neuPrint, Settings settings) {
    String name = settings.dataset();
    neuPrint.checkDataset(name);
    List<Object> answers =
        InParallel.map(
            List.<Supplier<Object>>of(
                () -> neuPrint.meta(name),
                () -> neuPrint.types(name),
                () -> neuPrint.sideProperties(name)),
            settings.options().maxConcurrency(),
            Supplier::get);
    DatasetMeta meta = (DatasetMeta) answers.get(0);
    TypeCensus census = (TypeCensus) answers.get(1);
    SideProperties sides = (SideProperties) answers.get(2);
    sameVersion(meta.version(), census.version());
    sameVersion(meta.version(), sides.version());
    List<String> primaryRois = PrimaryRois.of(name, meta.primaryRois(), meta.hierarchy());
    RoiParents parents = RoiParents.of(meta.hierarchy()).restrictedTo(primaryRois);
    return new Dataset(
        meta.version(),
        SideRules.of(name, sides.rootSide(), sides.somaSide(), sides.side()),
        census.neurons(),
        primaryRois,
        parents,
        descriptions(meta.roiDescriptions(), primaryRois, parents));
  }

  private static void sameVersion(DatasetVersion planned, DatasetVersion answered) {
    if (!planned.equals(answered)) {
      throw new DatasetEdited(planned, answered);
    }
  }

  /** Only of what the page shows: primary ROIs and their parents. */
  private static Map<String, String> descriptions(
      Map<String, String> all, List<String> primaryRois, RoiParents parents) {
    Set<String> shown = new HashSet<>(primaryRois);
    shown.addAll(parents.parents().values());
    Map<String, String> kept = new HashMap<>(all);
    kept.keySet().retainAll(shown);
    return kept;
  }

  private void refuseWithoutPages(Settings settings, PageListing pages, ResolvedPages resolved) {
    String site = stores.pages().apply(settings.bucket()).address(settings.prefix());
    if (pages.fileNames().isEmpty()) {
      throw new Refusal(
          "There are no pages in %s: neither types/*.html nor *.html directly in it."
              .formatted(site));
    }
    if (settings.options().roiAnalysis() && !hasKnownType(resolved)) {
      throw new Refusal(
          "Not one of the %d pages in %s is of a type of %s (the first is %s): is it the right dataset?"
              .formatted(
                  pages.fileNames().size(), site, settings.dataset(), pages.fileNames().get(0)));
    }
  }

  private static boolean hasKnownType(ResolvedPages resolved) {
    return resolved.types().stream().anyMatch(type -> type.standing() == Standing.KNOWN);
  }

  /** An index page under the name of a type's page would be in the way of one that comes later. */
  private static void refuseTypePageAsIndex(
      Settings settings, PageLayout layout, Map<String, Long> census) {
    String indexFile = settings.options().indexFile();
    if (layout == PageLayout.QUICKPAGE
        && indexFile != null
        && census != null
        && hasKnownType(PageDirectory.resolve(layout, List.of(indexFile), census))) {
      throw new Refusal(
          "options.indexFile %s is the name of a type's page; choose another."
              .formatted(indexFile));
    }
  }

  private static List<BatchType> typesToDescribe(ResolvedPages resolved) {
    return resolved.types().stream()
        .filter(type -> type.standing() == Standing.KNOWN)
        .map(type -> new BatchType(type.name(), type.neurons(), type.pages()))
        .toList();
  }

  private static RunPlan plan(PageListing pages, ResolvedPages resolved, List<Batch> batches) {
    Map<String, Integer> batchOf = new HashMap<>();
    batches.forEach(
        batch -> batch.types().forEach(type -> batchOf.put(type.name(), batch.number())));
    List<PlannedEntry> entries =
        resolved.types().stream()
            .map(
                type ->
                    new PlannedEntry(
                        type.name(),
                        status(type.standing()),
                        type.pages(),
                        type.neurons(),
                        batchOf.get(type.name())))
            .toList();
    return new RunPlan(
        RunContext.FORMAT,
        pages.layout().name(),
        entries,
        pages.fileNames().size(),
        batches.size(),
        resolved.unmatchedPages(),
        resolved.collisions(),
        resolved.ambiguousPages(),
        resolved.typesWithoutPage());
  }

  private static EntryStatus status(Standing standing) {
    return switch (standing) {
      case KNOWN -> EntryStatus.OK;
      case NO_NEURONS -> EntryStatus.NO_NEURONS;
      case NOT_ASKED -> EntryStatus.NOT_ASKED;
    };
  }
}
