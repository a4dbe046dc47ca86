package quickpage.index.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import quickpage.index.batch.BatchRequest;
import quickpage.index.compose.ComposeRequest;
import quickpage.index.finish.FinishRequest;
import quickpage.index.model.Options;
import quickpage.index.model.run.Settings;

/** The inputs in {@code events/} are what the code takes and what the workflow sends. */
class EventsTest {

  private static final Path EVENTS = Path.of("../events");
  private static final ObjectMapper STRICT =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private static final Defaults DEPLOYMENT =
      new Defaults(
          "https://neuprint.janelia.org",
          "male-cns:v0.9",
          "my-site",
          "male-cns/",
          "",
          "",
          "",
          "",
          "neuprint-token",
          "",
          "quickpage-index-dev",
          "60",
          "true",
          "google*.html",
          "",
          null);

  private static JsonNode event(String path) throws IOException {
    return STRICT.readTree(EVENTS.resolve(path).toFile());
  }

  private static Settings settings(String path) throws IOException {
    return new SettingsResolver(DEPLOYMENT).resolve(RunInput.parse(event(path)));
  }

  static List<String> consoleRuns() throws IOException {
    try (Stream<Path> files = Files.list(EVENTS.resolve("console"))) {
      return files.map(file -> "console/" + file.getFileName()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("consoleRuns")
  void everyConsoleRunIsAcceptedAndSaysWhatItDoes(String path) throws IOException {
    assertThat(settings(path).bucket()).isEqualTo("my-site");
    assertThat(event(path).path("Comment").asText()).endsWith(".");
  }

  @Test
  void theConsoleRunsDoWhatTheyAreCalled() throws IOException {
    Settings full = settings("console/full-run.json");

    assertThat(full).isEqualTo(new SettingsResolver(DEPLOYMENT).resolve(parsed("{}")));
    assertThat(settings("console/every-option.json")).isEqualTo(full);
    assertThat(settings("console/pages-only.json").options())
        .extracting(Options::roiAnalysis)
        .isEqualTo(false);
    assertThat(settings("console/refresh.json").options())
        .extracting(Options::refresh)
        .isEqualTo(true);
    assertThat(settings("console/other-dataset.json"))
        .extracting(Settings::dataset, Settings::prefix, Settings::server)
        .containsExactly("hemibrain:v1.2.1", full.prefix(), full.server());
  }

  private static RunInput parsed(String json) throws IOException {
    return RunInput.parse(STRICT.readTree(json));
  }

  @Test
  void everyHandlersInputIsItsRequestWithoutAFieldTooMany() throws IOException {
    PlanRequest plan = STRICT.treeToValue(event("handlers/plan.json"), PlanRequest.class);
    assertThat(new SettingsResolver(plan.defaults()).resolve(RunInput.parse(plan.input())))
        .extracting(settings -> settings.options().maxConcurrency())
        .isEqualTo(10);
    assertThat(STRICT.treeToValue(event("handlers/batch.json"), BatchRequest.class).batch().types())
        .hasSize(1);
    assertThat(STRICT.treeToValue(event("handlers/compose.json"), ComposeRequest.class).run())
        .isEqualTo("example-run");
    assertThat(STRICT.treeToValue(event("handlers/finish.json"), FinishRequest.class).plan())
        .isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "handlers/plan.json, /States/PlanRun/Arguments/Payload",
    "handlers/batch.json, /States/IndexBatches/ItemSelector",
    "handlers/compose.json, /States/ComposeIndex/Arguments/Payload",
    "handlers/finish.json, /States/FinishRun/Arguments/Payload",
    "handlers/plan.json#/defaults, /States/PlanRun/Arguments/Payload/defaults",
    "handlers/plan.json#/execution, /States/Begin/Assign/execution",
    "handlers/compose.json#/execution, /States/Begin/Assign/execution",
    "handlers/finish.json#/execution, /States/Begin/Assign/execution",
    "handlers/finish.json#/defaults, /States/FinishRun/Arguments/Payload/defaults"
  })
  void everyHandlersInputHasTheFieldsThatTheWorkflowSends(String event, String pointer)
      throws IOException {
    String[] place = event.split("#", 2);
    JsonNode sent = STRICT.readTree(Path.of("../statemachine/index.asl.json").toFile()).at(pointer);

    assertThat(names(event(place[0]).at(place.length == 1 ? "" : place[1])))
        .isNotEmpty()
        .isEqualTo(names(sent));
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    for (Iterator<String> fields = object.fieldNames(); fields.hasNext(); ) {
      names.add(fields.next());
    }
    return names;
  }
}
