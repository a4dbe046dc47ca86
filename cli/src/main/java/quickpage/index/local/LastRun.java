package quickpage.index.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import quickpage.index.json.Json;
import quickpage.index.model.DatasetVersion;

/**
 * The run of a site that published last, as its report tells.
 *
 * @param options the run input's {@code options}, so that another run can have the same; without
 *     {@code refresh}, which was meant for once
 * @param version of the dataset; null where NeuPrint was asked nothing
 * @param begun when it began, or, where the report is damaged, long ago
 * @param pages how many it found
 */
public record LastRun(
    String server,
    String dataset,
    ObjectNode options,
    DatasetVersion version,
    Instant begun,
    long pages) {

  /** Of the site that runs publish in; empty if none has, or its report is gone. */
  public static Optional<LastRun> of(Path site) {
    Path runs = site.resolve(".quickpage-index/runs");
    if (!Files.isDirectory(runs)) {
      return Optional.empty();
    }
    List<Path> newestFirst;
    try (Stream<Path> folders = Files.list(runs)) {
      newestFirst = folders.sorted(Comparator.comparing(Path::toString).reversed()).toList();
    } catch (IOException e) {
      return Optional.empty();
    }
    return newestFirst.stream()
        .map(run -> run.resolve("report.json"))
        .flatMap(report -> read(report).stream())
        .filter(report -> report.at("/summary/status").asText().equals("published"))
        .map(LastRun::of)
        .findFirst();
  }

  private static Optional<JsonNode> read(Path report) {
    try {
      return Optional.of(Json.MAPPER.readTree(report.toFile()));
    } catch (IOException e) {
      // A run that is at work has none yet.
      return Optional.empty();
    }
  }

  private static LastRun of(JsonNode report) {
    JsonNode dataset = report.path("dataset");
    ObjectNode options = JsonNodeFactory.instance.objectNode();
    report
        .path("options")
        .properties()
        .forEach(
            option -> {
              if (!option.getValue().isNull() && !option.getKey().equals("refresh")) {
                options.set(option.getKey(), option.getValue());
              }
            });
    String name = dataset.path("name").asText();
    boolean asked = options.path("roiAnalysis").asBoolean(true);
    return new LastRun(
        dataset.path("server").asText(),
        name,
        options,
        asked
            ? new DatasetVersion(
                name, dataset.path("uuid").asText(""), dataset.path("lastDatabaseEdit").asText(""))
            : null,
        instant(report.at("/summary/startedAt").asText()),
        report.at("/summary/pages/listed").asLong());
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }
}
