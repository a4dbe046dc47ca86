package quickpage.index.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.json.Json;

/** Numbers of the functions that stand in the template more than once, or rest on each other. */
class PublishedNumbersTest {

  /** Of which the workflow's functions have versions; {@code start} has none. */
  private static final List<String> VERSIONED = List.of("plan", "batch", "compose", "finish");

  private static CloudFormationTemplate template;

  @BeforeAll
  static void read() throws IOException {
    template = ScenarioDeployment.template(ScenarioDeployment.BUCKET, "https://neuprint.org");
  }

  private static Object property(String stage, String name) {
    return template.properties(ScenarioDeployment.capital(stage) + "Function").get(name);
  }

  /** Behind {@code !Ref} or {@code !FindInMap} SAM would not see that the number has changed. */
  @ParameterizedTest
  @ValueSource(strings = {"plan", "batch", "compose", "finish", "start"})
  void memoryAndTimeLimitAreWrittenInTheFunctionItself(String stage) {
    assertThat(property(stage, "MemorySize")).isInstanceOf(Integer.class);
    assertThat(property(stage, "Timeout")).isInstanceOf(Integer.class);
  }

  @Test
  void functionsCompileAsTheBenchmarkOfStagesDoes() throws IOException {
    assertThat(Files.readString(ScenarioDeployment.ROOT.resolve("infrastructure/template.yaml")))
        .contains("JAVA_TOOL_OPTIONS: \"" + FunctionProcess.COMPILE_QUICKLY + "\"");
  }

  @Test
  void finishIsToldTheMemoryThatTheFunctionsHave() {
    Map<String, String> told = new LinkedHashMap<>();
    for (String one :
        template.environmentOf("FinishFunction").get("FUNCTION_MEMORY").split(" ", -1)) {
      told.put(one.replaceFirst("=.*", ""), one.replaceFirst(".*=", ""));
    }

    Map<String, String> given = new LinkedHashMap<>();
    VERSIONED.forEach(stage -> given.put(stage, property(stage, "MemorySize").toString()));
    assertThat(told).isEqualTo(given);
  }

  @Test
  void aTaskWaitsTenSecondsLongerThanItsFunctionWorks() throws IOException {
    JsonNode definition =
        Json.MAPPER.readTree(
            ScenarioDeployment.ROOT.resolve("statemachine/index.asl.json").toFile());
    Map<String, Integer> waits = new LinkedHashMap<>();
    for (JsonNode state : tasks(definition)) {
      String function = state.at("/Arguments/FunctionName").asText().replaceAll("[${}]", "");
      waits.put(function, state.path("TimeoutSeconds").asInt());
    }

    assertThat(waits).hasSize(VERSIONED.size());
    for (String stage : VERSIONED) {
      assertThat(waits)
          .containsEntry(
              ScenarioDeployment.capital(stage) + "Function",
              (Integer) property(stage, "Timeout") + 10);
    }
  }

  private static List<JsonNode> tasks(JsonNode machine) {
    List<JsonNode> tasks = new ArrayList<>();
    for (JsonNode state : machine.path("States")) {
      if (state.path("Type").asText().equals("Task")) {
        tasks.add(state);
      }
      tasks.addAll(tasks(state.path("ItemProcessor")));
    }
    return tasks;
  }

  /** "Using Lambda with Amazon SQS": six times the function's timeout, and the batching window. */
  @Test
  void theQueueKeepsAMessageBackSixTimesAsLongAsStartWorks() {
    int hidden = (Integer) template.properties("UploadQueue").get("VisibilityTimeout");
    Map<?, ?> source =
        (Map<?, ?>)
            ((Map<?, ?>) ((Map<?, ?>) property("start", "Events")).get("Messages"))
                .get("Properties");

    assertThat(hidden)
        .isGreaterThanOrEqualTo(
            6 * (Integer) property("start", "Timeout")
                + (Integer) source.get("MaximumBatchingWindowInSeconds"));
  }
}
