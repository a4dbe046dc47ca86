package quickpage.index.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import quickpage.index.error.RefusedException;
import quickpage.index.local.LocalRun;
import quickpage.index.local.RunStop;
import quickpage.index.neuprint.client.NeuPrintClients;
import quickpage.index.neuprint.token.EnvironmentToken;
import quickpage.index.neuprint.token.TokenSource;

/** {@code quickpage-index run}. */
@Command(
    name = "run",
    description = "Indexes a folder of pages through the whole workflow on this machine.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class RunCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--site",
      required = true,
      paramLabel = "DIR",
      description = "The folder of the site: pages in types/ or directly in it.")
  private Path site;

  @Option(
      names = "--server",
      required = true,
      paramLabel = "URL",
      description = "NeuPrint's address, such as https://neuprint.janelia.org.")
  private String server;

  @Option(
      names = "--dataset",
      required = true,
      paramLabel = "NAME",
      description = "The dataset, spelled as the server spells it, such as male-cns:v0.9.")
  private String dataset;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Only read the site, and publish into this folder. Default: publish in the site.")
  private Path out;

  @Option(
      names = "--base",
      paramLabel = "URL",
      description =
          "With --out: the address of the site, where links to its pages shall begin. Default:"
              + " links lead to pages beside the index.")
  private String base;

  @Mixin private ReferencesFlag references;
  @Mixin private CacheFolder cache;
  @Mixin private NetworkFlags network;
  @Mixin private OptionFlags options;

  @Option(names = "--json", description = "Print one JSON object on stdout, progress on stderr.")
  private boolean json;

  @Override
  public Integer call() {
    RunStop stop = new RunStop();
    StopSignals.stopBy(stop::stop);
    Path pages = SiteFlag.check(site);
    Path published = out == null ? pages : SiteFlag.refusePagesAlone("--out", out);
    String linksBegin = linksBegin(published.equals(pages));
    if (out != null) {
      FolderToWrite.check("--out", out);
    }
    Path bibliography = references.path();
    cache.checkKind();
    TokenSource token = new EnvironmentToken(System.getenv());
    if (options.asksNeuPrint()) {
      checkReadable(token);
    }
    LocalRun run =
        new LocalRun(
            pages,
            published,
            cache.path(),
            server,
            dataset,
            options.toJson(),
            new NeuPrintClients(token, network.network()),
            linksBegin,
            bibliography);
    int exitCode = execute(run, spec.commandLine(), json, stop);
    if (exitCode == CommandLine.ExitCode.OK && leadsNowhere(run)) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(
          "Links of the index lead to pages beside it: copy %s over the site, or name the site's address with --base."
              .formatted(out));
      err.flush();
    }
    return exitCode;
  }

  /** One that is set and cannot be one; where none is set, the server may let anybody read. */
  static void checkReadable(TokenSource token) {
    try {
      token.token();
    } catch (RefusedException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private static boolean leadsNowhere(LocalRun run) {
    return !run.out().equals(run.site()) && run.base().isEmpty();
  }

  /** "" where links begin at the index itself. */
  private String linksBegin(boolean inPlace) {
    if (base == null) {
      return "";
    }
    if (inPlace) {
      throw new UsageException(
          "--base goes with an --out elsewhere: an index that is published in the site links to the"
              + " pages beside it.");
    }
    try {
      URI address = new URI(base);
      boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
      if (web
          && address.getHost() != null
          && address.getRawUserInfo() == null
          && address.getRawQuery() == null
          && address.getRawFragment() == null) {
        return base.endsWith("/") ? base : base + "/";
      }
    } catch (URISyntaxException e) {
      // As below.
    }
    throw new UsageException(
        "--base %s is no address of a site, such as https://my.site/male-cns/.".formatted(base));
  }

  /** Runs, shows progress, prints warnings and the summary; gives the exit code. */
  static int execute(LocalRun run, CommandLine command, boolean json, RunStop stop) {
    LocalRun.Outcome outcome;
    try (Progress progress = new Progress(command.getErr(), Terminal.isInteractive())) {
      outcome = run.execute(progress, stop, progress::warn);
    }
    return RunSummary.of(outcome).print(command, json);
  }
}
