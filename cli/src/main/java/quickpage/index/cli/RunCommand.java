package quickpage.index.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import quickpage.index.local.LocalRun;
import quickpage.index.local.RunStop;
import quickpage.index.model.Refusal;
import quickpage.index.neuprint.EnvironmentToken;
import quickpage.index.neuprint.NeuPrintClients;
import quickpage.index.neuprint.TokenSource;

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

  @Mixin private CacheFolder cache;
  @Mixin private OptionFlags options;

  @Option(names = "--json", description = "Print one JSON object on stdout, progress on stderr.")
  private boolean json;

  @Override
  public Integer call() {
    RunStop stop = new RunStop();
    StopSignals.stopBy(stop::stop);
    if (!Files.isDirectory(site)) {
      throw new WrongUsage(
          "--site %s is not a folder%s."
              .formatted(site, Files.exists(site) ? "" : "; there is nothing of that name"));
    }
    if (!Files.isReadable(site)) {
      throw new WrongUsage("--site %s cannot be read.".formatted(site));
    }
    if (out != null) {
      FolderToWrite.check("--out", out);
    }
    cache.checkKind();
    TokenSource token = new EnvironmentToken(System.getenv());
    if (options.asksNeuPrint()) {
      try {
        token.token();
      } catch (Refusal e) {
        throw new WrongUsage(e.getMessage(), e);
      }
    }
    Path pages = site.toAbsolutePath().normalize();
    LocalRun run =
        new LocalRun(
            pages,
            out == null ? pages : out.toAbsolutePath().normalize(),
            cache.path(),
            server,
            dataset,
            options.toJson(),
            new NeuPrintClients(token));
    return execute(run, spec.commandLine(), json, stop);
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
