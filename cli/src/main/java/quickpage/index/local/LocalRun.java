package quickpage.index.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import quickpage.index.batch.IndexBatchHandler;
import quickpage.index.cache.FactCache;
import quickpage.index.compose.ComposeIndex;
import quickpage.index.compose.ComposeIndexHandler;
import quickpage.index.error.RefusedException;
import quickpage.index.finish.FinishRun;
import quickpage.index.finish.FinishRunHandler;
import quickpage.index.finish.FunctionMemory;
import quickpage.index.lease.RunCoordination;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.TransientFailure;
import quickpage.index.neuprint.NeuPrintAddress;
import quickpage.index.neuprint.client.NeuPrintClients;
import quickpage.index.plan.Defaults;
import quickpage.index.plan.PlanRun;
import quickpage.index.plan.PlanRunHandler;
import quickpage.index.render.page.PageSettings;
import quickpage.index.site.publish.Publications;
import quickpage.index.site.settings.References;
import quickpage.index.site.store.ObjectStore;
import quickpage.index.site.store.SiteStores;
import quickpage.index.workflow.ExecutionResult;
import quickpage.index.workflow.ExecutionResult.Status;
import quickpage.index.workflow.WorkflowListener;
import quickpage.index.workflow.WorkflowRunner;

/**
 * One run of the workflow on this machine.
 *
 * @param site the folder of pages
 * @param out where published files go; the same as {@code site} in place
 * @param cache the folder of the cache
 * @param options the run input's {@code options}
 * @param base address of the site, ending in a slash, where links to its pages begin; "" where the
 *     index lies beside the pages
 * @param references a bibliography in place of the site's own; null for that
 */
public record LocalRun(
    Path site,
    Path out,
    Path cache,
    String server,
    String dataset,
    JsonNode options,
    NeuPrintClients neuPrints,
    String base,
    Path references) {

  /** A run whose index lies beside the pages. */
  public LocalRun(
      Path site,
      Path out,
      Path cache,
      String server,
      String dataset,
      JsonNode options,
      NeuPrintClients neuPrints) {
    this(site, out, cache, server, dataset, options, neuPrints, "", null);
  }

  /** For a version; whoever watches a site asks again later. */
  private static final Duration LONGEST_QUESTION = Duration.ofMinutes(1);

  /** The bucket that is written. */
  private static final String SITE = "site";

  /** The bucket that the pages are in, where that is another folder. */
  private static final String PAGES = "pages";

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'run'-yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

  /**
   * How a run ended.
   *
   * @param run its name
   * @param result of the execution
   * @param out the folder with the published files
   * @param warnings sentences about what did not stop the run
   * @param replaced files that were somebody else's and are kept, relative to {@code out}, sorted
   */
  public record Outcome(
      String run, ExecutionResult result, Path out, List<String> warnings, List<String> replaced) {

    /** The output's summary; missing if the run failed. */
    public JsonNode summary() {
      return result.output() == null
          ? JsonNodeFactory.instance.missingNode()
          : result.output().path("summary");
    }

    /** The report, if the run came so far that it has one. */
    public Path report() {
      Path report = new RunFolders(out).report(run);
      return Files.exists(report) ? report : null;
    }
  }

  /**
   * Runs to the end.
   *
   * @throws quickpage.index.error.RefusedException if the folder is in use or cannot be written
   */
  public Outcome execute(WorkflowListener listener) {
    return execute(listener, new RunStop(), warning -> {});
  }

  /**
   * The same for a run that somebody may stop.
   *
   * @param warned told of what does not stop the run, when it is found
   * @throws quickpage.index.error.RefusedException if the folder is in use or cannot be written, or
   *     the run was stopped before it began
   */
  public Outcome execute(WorkflowListener listener, RunStop stop, Consumer<String> warned) {
    String run =
        NAME.format(Clock.systemUTC().instant())
            + "-"
            + Long.toString(ProcessHandle.current().pid(), 36);
    SiteFolder.Checked folder = new SiteFolder(site, out).check(indexFile());
    Map<String, String> bibliography = bibliography();
    Warnings warnings = new Warnings(warned);
    folder.warnings().forEach(warnings::add);
    boolean outIsNew = !Files.exists(out);
    SiteLock lock = SiteLock.take(out, run);
    ExecutionResult result;
    List<String> replaced = List.of();
    try {
      Map<String, String> keptBefore = originals();
      result = executeLocked(run, folder.pages(), bibliography, listener, stop, warnings);
      if (result.status() == ExecutionResult.Status.SUCCEEDED) {
        replaced =
            originals().entrySet().stream()
                .filter(file -> !file.getValue().equals(keptBefore.get(file.getKey())))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
      }
      tidy(
          "There is no .gitignore in " + out.resolve(OwnFiles.FOLDER),
          new RunFolders(out)::keepOutOfGit,
          warnings);
    } finally {
      tidy("The lock of " + out + " stays", lock::close, warnings);
      if (outIsNew) {
        tidy("The empty folder " + out + " stays", () -> removeIfEmpty(out), warnings);
      }
    }
    return new Outcome(run, result, out, warnings.all(), replaced);
  }

  /** Addresses by text; null where no bibliography was chosen. */
  private Map<String, String> bibliography() {
    if (references == null) {
      return null;
    }
    try {
      return References.parse(Files.readAllBytes(references), references.toString());
    } catch (IOException e) {
      throw new RefusedException(
          "%s cannot be read: %s.".formatted(references, UnusableFolderException.reason(e)), e);
    }
  }

  /** Somebody else's files that are kept, with what tells their contents apart. */
  private Map<String, String> originals() {
    try {
      return new LocalPublications(out).originals();
    } catch (RefusedException | TransientFailure e) {
      // The run itself says so.
      return Map.of();
    }
  }

  /**
   * The version of the dataset as it is now.
   *
   * @throws RefusedException if NeuPrint cannot be asked
   */
  public DatasetVersion datasetVersion() {
    return neuPrints
        .until(
            Clock.systemUTC().instant().plus(LONGEST_QUESTION),
            new NeuPrintAddress(server, "watch", "", "", ""))
        .version(dataset);
  }

  /**
   * Looks at options alone, before anything is made for a run with them.
   *
   * @throws quickpage.index.error.RefusedException naming the option that does not fit
   */
  public static void check(JsonNode options) {
    ObjectNode input = input("http://127.0.0.1", "any", options);
    input.putObject("site").put("bucket", SITE);
    PlanRun.check(input, Defaults.NONE);
  }

  private static ObjectNode input(String server, String dataset, JsonNode options) {
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    input.putObject("neuprint").put("server", server).put("dataset", dataset);
    input.set("options", options);
    return input;
  }

  /** Null for what cannot be a name, too: that is for plan to refuse. */
  private String indexFile() {
    String name = options.path("indexFile").asText();
    return name.matches("[^/\\x00]+\\.html") ? name : null;
  }

  private ExecutionResult executeLocked(
      String run,
      Map<String, List<String>> listed,
      Map<String, String> bibliography,
      WorkflowListener listener,
      RunStop stop,
      Warnings warnings) {
    FolderObjectStore written = new FolderObjectStore(SITE, out, stop::fail);
    FolderObjectStore pages = site.equals(out) ? written : new FolderObjectStore(PAGES, site);
    pages.listed(listed);
    SqliteFactCache.tellFormerCache(cache).ifPresent(warnings::add);
    FailSafeFactCache facts =
        new FailSafeFactCache(
            () -> SqliteFactCache.open(cache, Clock.systemUTC()),
            fault -> {
              // What a run that is stopped could not do any more is no fault of the cache.
              if (!stop.isRequested()) {
                warnings.add(fault);
              }
            });
    try {
      if (options.path("roiAnalysis").asBoolean(true)) {
        facts.prepare();
      }
      clearStaging(written);
      refuseUnlessReadable(written);
      ExecutionResult result =
          stop.interruptibly(
              out,
              () ->
                  execute(
                      run,
                      new SiteStores(bucket -> pages, store(written)),
                      facts,
                      bibliography,
                      new StoppableListener(listener, stop),
                      stop));
      boolean stopped = stop.isRequested() && result.status() != Status.SUCCEEDED;
      // Of a run that was stopped there may be threads that still would write.
      written.end();
      String rest = "Files that this run does not need any more stay in " + out;
      tidy(rest, written::clearStaging, warnings);
      RunFolders runs = new RunFolders(out);
      if (stopped && !stop.hasPublished()) {
        tidy(rest, () -> runs.forget(run), warnings);
      }
      if (result.status() == Status.SUCCEEDED) {
        tidy(
            "serve --watch will not know of " + references,
            () -> runs.keepReferences(run, references),
            warnings);
      }
      tidy(rest, () -> runs.forgetOld(run), warnings);
      return stopped
          ? new ExecutionResult(Status.FAILED, null, result.error(), stop.reason(out).getMessage())
          : result;
    } finally {
      // Also where the run broke off: its threads must not write behind the lock.
      written.end();
      tidy("The cache " + cache + " was not closed well", facts::close, warnings);
    }
  }

  /**
   * Before NeuPrint is asked for what could not be published. A record that ends too early is whole
   * when it is read again from S3; from a disk it never is.
   */
  private static void refuseUnlessReadable(FolderObjectStore written) {
    try {
      Publications.of(written, "");
    } catch (TransientFailure e) {
      throw new RefusedException(
          e.getMessage() + " Restore or remove the file, then start the run again.", e);
    }
  }

  private void clearStaging(FolderObjectStore written) {
    try {
      written.clearStaging();
    } catch (IOException e) {
      throw new RefusedException(UnusableFolderException.sentence(out, e), e);
    }
  }

  /** The only bucket that a run on this machine writes. */
  private static Function<String, ObjectStore> store(ObjectStore written) {
    return bucket -> {
      if (!bucket.equals(written.bucket())) {
        throw new IllegalArgumentException("there is no bucket " + bucket);
      }
      return written;
    };
  }

  /** A step after the work. */
  private interface Tidying {
    void run() throws IOException;
  }

  /** Whatever fails when the index is published, or is not, changes nothing about that. */
  private static void tidy(String ifNot, Tidying step, Warnings warnings) {
    try {
      step.run();
    } catch (IOException | RuntimeException e) {
      Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
      warnings.add(ifNot + ": " + UnusableFolderException.reason(cause) + ".");
    }
  }

  private ExecutionResult execute(
      String run,
      SiteStores stores,
      FactCache facts,
      Map<String, String> bibliography,
      WorkflowListener listener,
      RunStop stop) {
    Clock clock = Clock.systemUTC();
    RunCoordination coordination = new SingleMachineCoordination(stop, out);
    Function<String, ObjectStore> written = stores.site();
    Map<String, RequestStreamHandler> functions =
        Map.of(
            "plan",
                new PlanRunHandler(
                    new PlanRun(
                        stores, neuPrints::until, facts, coordination, bibliography, clock)),
            "batch", new IndexBatchHandler(written, neuPrints, facts, clock),
            "compose",
                new ComposeIndexHandler(
                    new ComposeIndex(
                        stores, coordination, clock, PageSettings.DEFAULT.withBase(base))),
            "finish",
                new FinishRunHandler(
                    new FinishRun(written, coordination, FunctionMemory.NONE, clock)));
    return new WorkflowRunner(
            new HandlerInvoker(functions, stop::fail),
            (bucket, key) -> read(written.apply(bucket), key, stop))
        .execute(LocalWorkflow.load(SITE), run, input(server, dataset, options), listener);
  }

  /** The runner repeats whatever fails here; what the disk does not give, it will not give then. */
  private static byte[] read(ObjectStore store, String key, RunStop stop) {
    try (ObjectStore.Stored object =
        store
            .read(key)
            .orElseThrow(
                () ->
                    new RefusedException(
                        "The run's file %s is gone: start the run again."
                            .formatted(store.address(key))))) {
      return object.body().readAllBytes();
    } catch (RefusedException e) {
      stop.fail(e);
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(store.address(key) + " cannot be read", e);
    }
  }

  private static void removeIfEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // What a run publishes stays.
    }
  }
}
