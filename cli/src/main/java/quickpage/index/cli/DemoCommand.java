package quickpage.index.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import quickpage.index.error.RefusedException;
import quickpage.index.local.LocalRun;
import quickpage.index.local.RunStop;
import quickpage.index.local.SandboxProcess;
import quickpage.index.local.UnusableFolderException;
import quickpage.index.neuprint.NeuPrintAddress;
import quickpage.index.neuprint.client.NeuPrintClients;
import quickpage.index.site.pages.PageLayout;
import quickpage.index.site.settings.OwnersFiles;
import quickpage.index.workflow.WorkflowListener;

/** {@code quickpage-index demo}. */
@Command(
    name = "demo",
    description =
        "Shows it all on this machine: a NeuPrint server with the real neurons of hemibrain v1.2.1,"
            + " a folder with 12,000 pages of their types, and the whole workflow.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DemoCommand implements Callable<Integer> {

  private static final String DATASET = "hemibrain:v1.2.1";

  /** Stands at the foot of every sample page; the licence asks for the attribution. */
  private static final String NOTE =
      "Types and numbers of neurons and synapses: hemibrain v1.2.1, <a"
          + " href=\"https://doi.org/10.7554/eLife.57443\">Scheffer et al. 2020</a>, <a"
          + " href=\"https://creativecommons.org/licenses/by/4.0/\">CC BY 4.0</a>. How the synapses"
          + " spread over regions is made up.";

  /** The index page's settings, with the same attribution. */
  private static final String SETTINGS =
      """
      {
        "title": "hemibrain v1.2.1, demo",
        "links": [
          {
            "text": "Neurons: Scheffer et al. 2020, CC BY 4.0",
            "address": "https://doi.org/10.7554/eLife.57443"
          },
          {"text": "Regions: made up", "address": "help.html"}
        ]
      }
      """;

  private static final String ABOUT =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>About this demo</title>
      <link rel="stylesheet" href="static/sample/page.css">
      <nav><a href="types.html">All types</a></nav>
      <h1>About this demo</h1>
      <p>%s
      <p>The list of the neurons says nothing of regions. Which ones a neuron has its synapses in was
      drawn from the name of its type: LC cells in the lobula and the PVLP, Kenyon cells in the
      mushroom body, EPG in the protocerebral bridge and the ellipsoid body. It looks plausible, and is
      no data.
      </html>
      """
          .formatted(NOTE);

  /** Marks a folder that an earlier demo made, and this one may write again. */
  private static final String MARK = ".quickpage-index/demo";

  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "quickpage-demo",
      description = "Where the site is made. Default: ${DEFAULT-VALUE}.")
  private Path out;

  @Option(
      names = "--awkward-names",
      description =
          "Add types with names that are hard on file names, queries, HTML and URLs, such as"
              + " DNp16/17, $$type or <b>bold</b>.")
  private boolean awkwardNames;

  @Mixin private CacheFolder cache;
  @Mixin private OptionFlags options;

  @Option(names = "--json", description = "Print one JSON object on stdout, progress on stderr.")
  private boolean json;

  @Override
  public Integer call() {
    Path site = out.toAbsolutePath().normalize();
    FolderToWrite.check("--out", site);
    cache.checkKind();
    SandboxProcess.checkPresent();
    refuseForeignFolder(site);
    checkOptions();
    RunStop stop = new RunStop();
    StopSignals.stopBy(stop::stop);
    say(
        "Starting a NeuPrint server with 25,397 real neurons: hemibrain v1.2.1, Scheffer et al."
            + " 2020, CC BY 4.0; their regions are made up …");
    String token = UUID.randomUUID().toString();
    long begun = System.nanoTime();
    try (SandboxProcess sandbox =
        stop.interruptibly(site, () -> SandboxProcess.start(token, "1g", flags()))) {
      double started = secondsSince(begun);
      say("Waited %.1f s for it to load them. Making sample pages of all types …", started);
      NeuPrintClients neuPrints = new NeuPrintClients(new FixedToken(token));
      int pages = stop.interruptibly(site, () -> makePages(neuPrints, sandbox, site));
      say(
          "Waited %.1f s for %,d pages; asking for their numbers warmed the server up. Indexing …",
          secondsSince(begun) - started, pages);
      return index(
          new LocalRun(
              site, site, cache.path(), sandbox.server(), DATASET, options.toJson(), neuPrints),
          stop);
    }
  }

  /** The mark comes first, so that a demo that is stopped leaves a folder that the next takes. */
  private static int makePages(NeuPrintClients neuPrints, SandboxProcess sandbox, Path site) {
    mark(site);
    return SamplePages.write(
        neuPrints.apply(new NeuPrintAddress(sandbox.server(), "demo-pages", "", "", "")),
        DATASET,
        site,
        PageLayout.NEUVIEW,
        NOTE);
  }

  private List<String> flags() {
    List<String> hemibrain = List.of("--hemibrain", "--dataset", DATASET);
    return awkwardNames
        ? Stream.concat(hemibrain.stream(), Stream.of("--awkward-names")).toList()
        : hemibrain;
  }

  /** Bars on a terminal, which go away; lines would be more than a first look can take in. */
  private int index(LocalRun run, RunStop stop) {
    CommandLine command = spec.commandLine();
    LocalRun.Outcome outcome;
    if (Terminal.isInteractive()) {
      try (Progress progress = new Progress(command.getErr(), true)) {
        outcome = run.execute(progress, stop, progress::warn);
      }
    } else {
      outcome = run.execute(WorkflowListener.NONE, stop, command.getErr()::println);
    }
    RunSummary summary = RunSummary.of(outcome);
    if (json || !summary.published()) {
      return summary.print(command, json);
    }
    printBriefly(summary, command.getOut());
    return CommandLine.ExitCode.OK;
  }

  private void printBriefly(RunSummary summary, PrintWriter out) {
    JsonNode numbers = summary.summary();
    out.println("Index:     " + summary.page());
    out.printf(
        Locale.ROOT,
        "Types:     %,d of %,d pages in %.1f s, %s%n",
        numbers.at("/types/planned").asLong(),
        numbers.at("/pages/listed").asLong(),
        numbers.at("/milliseconds/run").asLong() / 1e3,
        origin(numbers.at("/cache/hits").asLong(), numbers.at("/neuprint/typeQueries").asLong()));
    out.println("Open it:   ./quickpage-index serve --site '%s' --open".formatted(this.out));
    out.println(
        "Your own:  ./quickpage-index run --site DIR --server https://neuprint.janelia.org"
            + " --dataset NAME");
    out.flush();
  }

  /** A second demo finds in the cache what the first has asked for. */
  private static String origin(long cached, long queries) {
    if (queries == 0) {
      return cached == 0 ? "without asking NeuPrint" : "all from the cache";
    }
    String asked = "with %,d queries".formatted(queries);
    return cached == 0
        ? asked
        : String.format(Locale.ROOT, "%,d from the cache, the others %s", cached, asked);
  }

  private static double secondsSince(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }

  /** Before a server is started and pages are made for a run that would only be refused. */
  private void checkOptions() {
    try {
      LocalRun.check(options.toJson());
    } catch (RefusedException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private void say(String text, Object... values) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(String.format(Locale.ROOT, text, values));
    err.flush();
  }

  private static void refuseForeignFolder(Path site) {
    if (!Files.exists(site) || Files.exists(site.resolve(MARK))) {
      return;
    }
    try (Stream<Path> files = Files.list(site)) {
      if (files.findAny().isPresent()) {
        throw new UsageException(
            "--out %s has files that no demo made; name an empty folder or a new one."
                .formatted(site));
      }
    } catch (IOException e) {
      throw new UsageException("--out %s is not a folder that can be read.".formatted(site), e);
    }
  }

  private static void mark(Path site) {
    try {
      Files.createDirectories(site.resolve(MARK).getParent());
      FolderToWrite.write(site.resolve(MARK), "Made by quickpage-index demo; may be removed.\n");
      FolderToWrite.write(site.resolve(OwnersFiles.SETTINGS), SETTINGS);
      FolderToWrite.write(site.resolve("help.html"), ABOUT);
    } catch (IOException e) {
      throw new RefusedException(UnusableFolderException.sentence(site, e), e);
    }
  }
}
