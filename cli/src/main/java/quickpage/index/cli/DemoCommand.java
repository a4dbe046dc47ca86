package quickpage.index.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import quickpage.index.local.LocalRun;
import quickpage.index.local.RunStop;
import quickpage.index.local.SandboxProcess;
import quickpage.index.local.UnusableFolder;
import quickpage.index.model.Refusal;
import quickpage.index.neuprint.NeuPrintAddress;
import quickpage.index.neuprint.NeuPrintClients;
import quickpage.index.site.PageLayout;

/** {@code quickpage-index demo}. */
@Command(
    name = "demo",
    description =
        "Shows it all on this machine: a NeuPrint server with some 1,000 generated types, a folder"
            + " with their pages, and the whole workflow.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DemoCommand implements Callable<Integer> {

  private static final String DATASET = "male-cns:v0.9";

  /** Marks a folder that an earlier demo made, and this one may write again. */
  private static final String MARK = ".quickpage-index/demo";

  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "quickpage-demo",
      description = "Where the site is made. Default: ${DEFAULT-VALUE}.")
  private Path out;

  @Mixin private CacheFolder cache;
  @Mixin private OptionFlags options;

  @Option(names = "--json", description = "Print one JSON object on stdout, progress on stderr.")
  private boolean json;

  @Override
  public Integer call() {
    Path site = out.toAbsolutePath().normalize();
    FolderToWrite.check("--out", site);
    cache.checkKind();
    refuseForeignFolder(site);
    checkOptions();
    RunStop stop = new RunStop();
    StopSignals.stopBy(stop::stop);
    PrintWriter err = spec.commandLine().getErr();
    say(err, "Starting a NeuPrint server with 1,000 generated types …");
    String token = UUID.randomUUID().toString();
    try (SandboxProcess sandbox = stop.interruptibly(site, () -> sandbox(token))) {
      NeuPrintClients neuPrints = new NeuPrintClients(new FixedToken(token));
      int pages = stop.interruptibly(site, () -> makePages(neuPrints, sandbox, site));
      say(err, "Made %,d sample pages in %s; indexing them …".formatted(pages, site));
      LocalRun run =
          new LocalRun(
              site, site, cache.path(), sandbox.server(), DATASET, options.toJson(), neuPrints);
      return RunCommand.execute(run, spec.commandLine(), json, stop);
    }
  }

  private static SandboxProcess sandbox(String token) {
    return SandboxProcess.start(token, "1g", List.of("--types", "1000", "--dataset", DATASET));
  }

  /** The mark comes first, so that a demo that is stopped leaves a folder that the next takes. */
  private static int makePages(NeuPrintClients neuPrints, SandboxProcess sandbox, Path site) {
    mark(site);
    return SamplePages.write(
        neuPrints.apply(new NeuPrintAddress(sandbox.server(), "demo-pages", "", "")),
        DATASET,
        site,
        PageLayout.NEUVIEW);
  }

  /** Before a server is started and pages are made for a run that would only be refused. */
  private void checkOptions() {
    try {
      LocalRun.check(options.toJson());
    } catch (Refusal e) {
      throw new WrongUsage(e.getMessage(), e);
    }
  }

  private static void say(PrintWriter err, String text) {
    err.println(text);
    err.flush();
  }

  private static void refuseForeignFolder(Path site) {
    if (!Files.exists(site) || Files.exists(site.resolve(MARK))) {
      return;
    }
    try (Stream<Path> files = Files.list(site)) {
      if (files.findAny().isPresent()) {
        throw new WrongUsage(
            "--out %s has files that no demo made; name an empty folder or a new one."
                .formatted(site));
      }
    } catch (IOException e) {
      throw new WrongUsage("--out %s is not a folder that can be read.".formatted(site), e);
    }
  }

  private static void mark(Path site) {
    try {
      Files.createDirectories(site.resolve(MARK).getParent());
      FolderToWrite.write(site.resolve(MARK), "Made by quickpage-index demo; may be removed.\n");
    } catch (IOException e) {
      throw new Refusal(UnusableFolder.sentence(site, e), e);
    }
  }
}
