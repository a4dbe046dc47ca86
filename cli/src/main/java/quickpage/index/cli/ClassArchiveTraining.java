package quickpage.index.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import quickpage.index.local.SandboxProcess;
import quickpage.index.neuprint.NeuPrintAddress;
import quickpage.index.neuprint.client.NeuPrintClients;
import quickpage.index.neuprint.token.EnvironmentToken;
import quickpage.index.site.pages.PageLayout;

/**
 * What the launcher has done once after a build so that the JVM can keep the classes of it: the
 * help, and a cold and a warm run against a small NeuPrint server of its own on this machine. The
 * token that it makes the server want is in the environment, where a run looks for it.
 */
public final class ClassArchiveTraining {

  private static final String DATASET = "male-cns:v0.9";

  /** Then there will be no archive; everything works without it. */
  private static final Duration TIME_LIMIT = Duration.ofMinutes(2);

  private ClassArchiveTraining() {}

  public static void main(String[] arguments) throws IOException {
    endAfter(TIME_LIMIT);
    PreparedAnswer.print("--version");
    PreparedAnswer.print("--help");
    Path folder = Files.createTempDirectory("quickpage-index-training");
    int exitCode;
    try {
      exitCode = runTwice(folder);
    } finally {
      remove(folder);
    }
    System.exit(exitCode);
  }

  private static int runTwice(Path folder) {
    EnvironmentToken token = new EnvironmentToken(System.getenv());
    try (SandboxProcess sandbox =
        SandboxProcess.start(
            token.token(), "512m", List.of("--types", "60", "--dataset", DATASET))) {
      Path site = folder.resolve("site");
      SamplePages.write(
          new NeuPrintClients(token)
              .apply(new NeuPrintAddress(sandbox.server(), "training-pages", "", "")),
          DATASET,
          site,
          PageLayout.NEUVIEW,
          "");
      int exitCode = 0;
      for (int round = 0; round < 2 && exitCode == 0; round++) {
        exitCode =
            QuickpageIndex.execute(
                "run",
                "--site",
                site.toString(),
                "--cache",
                folder.resolve("cache").toString(),
                "--server",
                sandbox.server(),
                "--dataset",
                DATASET);
      }
      return exitCode;
    }
  }

  private static void endAfter(Duration limit) {
    Thread watch =
        new Thread(
            () -> {
              try {
                Thread.sleep(limit.toMillis());
                Runtime.getRuntime().halt(1);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "time-limit");
    watch.setDaemon(true);
    watch.start();
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
