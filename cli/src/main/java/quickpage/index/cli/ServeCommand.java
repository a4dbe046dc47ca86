package quickpage.index.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import quickpage.index.error.RefusedException;
import quickpage.index.local.LastRun;
import quickpage.index.local.LocalPublications;
import quickpage.index.local.LocalRun;
import quickpage.index.local.SiteFolder;
import quickpage.index.neuprint.client.NeuPrintClients;
import quickpage.index.neuprint.token.EnvironmentToken;
import quickpage.index.neuprint.token.TokenSource;
import quickpage.index.serve.SiteServer;
import quickpage.index.serve.SiteWatch;
import quickpage.index.site.pages.Href;

/** {@code quickpage-index serve}. */
@Command(
    name = "serve",
    description =
        "Serves a site on this machine and prints a link to open; with --watch a changed page or an"
            + " edited dataset starts a run, and open pages reload.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ServeCommand implements Callable<Integer> {

  private static final Duration LONGEST_QUIET = Duration.ofMinutes(15);

  @Spec private CommandSpec spec;

  @Option(
      names = "--site",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "The folder of the site. Default: the current one.")
  private Path site;

  @Option(
      names = "--port",
      paramLabel = "N",
      description =
          "The port; 0 takes a free one. Default: "
              + SiteServer.USUAL_PORT
              + ", or a free one where that is taken.")
  private Integer port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "The address to listen on; 0.0.0.0 lets other machines in. Default: ${DEFAULT-VALUE},"
              + " this machine alone.")
  private String host;

  @Option(names = "--open", description = "Open the site in the browser.")
  private boolean open;

  @Option(
      names = "--watch",
      description =
          "Start a run when a page or the dataset changes, with the server, dataset and options of"
              + " the site's last run unless they are given here.")
  private boolean watch;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "With --watch: NeuPrint's address, such as https://neuprint.janelia.org.")
  private String server;

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description = "With --watch: the dataset, spelled as the server spells it.")
  private String dataset;

  @Option(
      names = "--check-every",
      paramLabel = "TIME",
      defaultValue = "10m",
      converter = Waiting.class,
      description =
          "With --watch: how often NeuPrint is asked whether the dataset was edited: 30s, 10m, 1h;"
              + " 0 for never. Default: ${DEFAULT-VALUE}.")
  private Duration checkEvery;

  @Option(
      names = "--quiet",
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = Waiting.class,
      description =
          "With --watch: how long pages rest before a run begins, up to 15m. Default:"
              + " ${DEFAULT-VALUE}.")
  private Duration quiet;

  @Mixin private ReferencesFlag references;
  @Mixin private CacheFolder cache;
  @Mixin private NetworkFlags network;
  @Mixin private OptionFlags options;

  @Override
  public Integer call() throws InterruptedException {
    if (port != null && (port < 0 || port > 65_535)) {
      throw new UsageException("--port must be from 0 to 65535, not %d.".formatted(port));
    }
    Path folder = SiteFlag.check(site);
    if (!SiteFolder.hasPages(folder)) {
      throw new UsageException(
          "--site %s is no site: there is no *.html in it, nor in types/.".formatted(site));
    }
    SiteWatch watching = watch ? watching(folder) : null;
    if (!watch) {
      refuseWithoutWatch();
    }
    PrintWriter out = spec.commandLine().getOut();
    try (SiteServer started = SiteServer.start(folder, host, port, watch)) {
      String address = started.address() + page(folder);
      out.println("Serving %s: %s".formatted(folder, address));
      if (!started.isOnlyHere()) {
        out.println("Other machines can read it, too: --host %s lets them in.".formatted(host));
      }
      out.println(watch ? "Watching pages and dataset; Ctrl+C ends it." : "Ctrl+C ends it.");
      out.flush();
      if (open && !Browser.open(address)) {
        say("No browser could be started; open the address above.");
      }
      if (watch) {
        watching.watch(started::published);
      } else {
        new CountDownLatch(1).await();
      }
    }
    return 0;
  }

  /** The page that readers open: for a server, {@code index.html} is what a folder stands for. */
  private static String page(Path folder) {
    Optional<String> published;
    try {
      published = new LocalPublications(folder).page();
    } catch (RefusedException e) {
      // A site whose record is damaged can still be looked at.
      published = Optional.empty();
    }
    String page =
        published.orElseGet(
            () ->
                Files.exists(folder.resolve("index.html"))
                        || !Files.exists(folder.resolve("types.html"))
                    ? "index.html"
                    : "types.html");
    return page.equals("index.html") ? "" : Href.encode(page);
  }

  /** What is wrong with the flags is said before anything is served. */
  private SiteWatch watching(Path folder) {
    return new SiteWatch(() -> run(folder), quiet, checkEvery, this::tell, Clock.systemUTC());
  }

  private LocalRun run(Path folder) {
    if ((server == null) != (dataset == null)) {
      throw new UsageException("--server and --dataset go together: give both, or neither.");
    }
    if (quiet.compareTo(LONGEST_QUIET) > 0) {
      throw new UsageException("--quiet must be at most 15m.");
    }
    FolderToWrite.check("--site", folder);
    FolderToWrite.checkKind("--cache", cache.path());
    ObjectNode chosen = options.toJson();
    String fromServer = server;
    String name = dataset;
    Path bibliography = references.path();
    if (server == null) {
      LastRun last =
          LastRun.of(folder)
              .orElseThrow(
                  () ->
                      new UsageException(
                          "No run has published an index in %s yet, so --watch needs --server and --dataset."
                              .formatted(site)));
      fromServer = last.server();
      name = last.dataset();
      ObjectNode given = chosen;
      chosen = last.options();
      for (Map.Entry<String, JsonNode> one : given.properties()) {
        chosen.set(one.getKey(), one.getValue());
      }
      if (bibliography == null && last.references() != null) {
        bibliography = ReferencesFlag.ofTheLastRun(last.references());
      }
    }
    try {
      LocalRun.check(chosen);
    } catch (RefusedException e) {
      throw new UsageException(e.getMessage(), e);
    }
    TokenSource token = new EnvironmentToken(System.getenv());
    if (chosen.path("roiAnalysis").asBoolean(true)) {
      RunCommand.checkReadable(token);
    }
    return new LocalRun(
        folder,
        folder,
        cache.path(),
        fromServer,
        name,
        chosen,
        new NeuPrintClients(token, network.network()),
        "",
        bibliography);
  }

  private void refuseWithoutWatch() {
    if (server != null
        || dataset != null
        || !options.toJson().isEmpty()
        || references.isGiven()
        || cache.isGiven()
        || network.isGiven()
        || isGiven("--check-every")
        || isGiven("--quiet")) {
      throw new UsageException(
          "--server, --dataset, --check-every, --quiet, --references, --cache, --ca-file and a"
              + " run's options go with --watch; without it nothing is run.");
    }
  }

  /** Whether somebody gave it, be it with the value of the default. */
  private boolean isGiven(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private void tell(String sentence) {
    say(LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS) + " " + sentence);
  }

  private void say(String sentence) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(sentence);
    err.flush();
  }
}
