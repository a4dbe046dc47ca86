package quickpage.index.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import quickpage.index.json.Json;
import quickpage.index.model.DatasetVersion;

/**
 * The run of a site that published last, as its report tells.
 *
 * @param run its name
 * @param options the run input's {@code options}, so that another run can have the same; without
 *     {@code refresh}, which was meant for once
 * @param version of the dataset; null where NeuPrint was asked nothing
 * @param begun when it began, or, where the report is damaged, long ago
 * @param pages how many it found
 * @param references the bibliography that it was given, absolute; null if it was given none
 */
public record LastRun(
    String run,
    String server,
    String dataset,
    ObjectNode options,
    DatasetVersion version,
    Instant begun,
    long pages,
    Path references) {

  /** Of the site that runs publish in; empty if none has, or its report is gone. */
  public static Optional<LastRun> of(Path site) {
    RunFolders runs = new RunFolders(site);
    return runs.newestFirst().stream()
        .flatMap(
            run ->
                read(runs.report(run))
                    .filter(report -> report.at("/summary/status").asText().equals("published"))
                    .map(report -> of(run, report, runs.references(run).orElse(null)))
                    .stream())
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

  private static LastRun of(String run, JsonNode report, Path references) {
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
        run,
        dataset.path("server").asText(),
        name,
        options,
        asked
            ? new DatasetVersion(
                name, dataset.path("uuid").asText(""), dataset.path("lastDatabaseEdit").asText(""))
            : null,
        instant(report.at("/summary/startedAt").asText()),
        report.at("/summary/pages/listed").asLong(),
        references);
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }
}
