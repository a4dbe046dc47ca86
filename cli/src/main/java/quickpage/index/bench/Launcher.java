package quickpage.index.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import quickpage.index.error.RefusedException;
import quickpage.index.json.Json;

/**
 * {@code ./quickpage-index}, as a user starts it.
 *
 * @param file the script
 * @param folder for what it says
 */
record Launcher(Path file, Path folder) {

  /**
   * A run that published.
   *
   * @param summary of its report
   */
  record Run(MeasuredProcess process, JsonNode summary) {}

  /** The launcher of the checkout or the unpacked release that this class is from. */
  static Path ofThisBuild() {
    try {
      Path program =
          Path.of(Launcher.class.getProtectionDomain().getCodeSource().getLocation().toURI())
              .getParent();
      Path home = program.endsWith("target") ? program.resolve("../..") : program.resolve("..");
      Path file = home.resolve("quickpage-index").normalize();
      if (!Files.isExecutable(file)) {
        throw new RefusedException(
            "There is no launcher %s that could be measured.".formatted(file));
      }
      return file;
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class without a place", e);
    }
  }

  /** Indexes the site in place. */
  Run run(BenchmarkServer server, BenchmarkSite site, CacheFile cache) {
    MeasuredProcess process =
        MeasuredProcess.run(
            server.environment(),
            folder,
            List.of(
                file.toString(),
                "run",
                "--site",
                site.root().toString(),
                "--cache",
                cache.folder().toString(),
                "--server",
                server.address(),
                "--dataset",
                BenchmarkServer.DATASET,
                "--json"));
    try {
      return new Run(process, Json.MAPPER.readTree(process.out()).path("summary"));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the run gave no JSON", e);
    }
  }
}
