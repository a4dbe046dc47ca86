package quickpage.index.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import quickpage.index.error.RefusedException;
import quickpage.index.json.Json;

/** The script beside this class: what somebody who knows NeuPrint would write. */
final class OneQueryScript {
  static final String PYTHON = "python3";

  private final String python;
  private final Path script;
  private final Path folder;

  private OneQueryScript(String python, Path script, Path folder) {
    this.python = python;
    this.script = script;
    this.folder = folder;
  }

  /**
   * What the script did.
   *
   * @param querySeconds of the process's time until it had its answers
   */
  record Result(MeasuredProcess process, double querySeconds, JsonNode index) {}

  /**
   * The script, where there is a Python.
   *
   * @param folder for what it writes
   * @param python the interpreter's name
   */
  static Optional<OneQueryScript> in(Path folder, String python) {
    try (InputStream in = OneQueryScript.class.getResourceAsStream("one_query.py")) {
      MeasuredProcess.run(Map.of(), folder, List.of(python, "--version"));
      Path script = folder.resolve("one_query.py");
      Files.copy(in, script);
      return Optional.of(new OneQueryScript(python, script, folder));
    } catch (RefusedException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("the script cannot be written", e);
    }
  }

  Result run(BenchmarkServer server, BenchmarkSite site) {
    Path out = folder.resolve("one_query.json");
    MeasuredProcess process =
        MeasuredProcess.run(
            server.environment(),
            folder,
            List.of(
                python,
                script.toString(),
                server.address(),
                BenchmarkServer.DATASET,
                site.root().toString(),
                out.toString()));
    try {
      return new Result(
          process,
          Json.MAPPER.readTree(process.out()).path("querySeconds").asDouble(),
          Json.MAPPER.readTree(out.toFile()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the script gave no JSON", e);
    } catch (IOException e) {
      throw new UncheckedIOException("the script's index cannot be read", e);
    }
  }
}
