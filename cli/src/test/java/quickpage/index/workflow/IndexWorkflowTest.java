package quickpage.index.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexWorkflowTest {

  @TestFactory
  Stream<DynamicTest> ends_on_every_path_as_it_does_on_LocalStack() throws IOException {
    JsonNode expected = IndexDefinition.paths();
    Workflow workflow = IndexDefinition.workflow();
    return expected
        .get("paths")
        .valueStream()
        .map(
            path ->
                DynamicTest.dynamicTest(
                    path.get("name").textValue(),
                    () -> runAndCompare(workflow, path, expected.get("defaults"))));
  }

  private static void runAndCompare(Workflow workflow, JsonNode path, JsonNode defaults) {
    AtomicInteger maps = new AtomicInteger();
    AtomicInteger itemsDone = new AtomicInteger();
    WorkflowListener counting =
        new WorkflowListener() {
          @Override
          public void mapStarted(String state, int items) {
            maps.incrementAndGet();
          }

          @Override
          public void itemFinished(String state, int done, int items) {
            itemsDone.set(done);
          }
        };
    WorkflowRunner runner =
        new WorkflowRunner(
            (function, payload, limit) -> IndexDefinition.invokeStub(function, payload),
            (bucket, key) -> Limits.bytes(path.get("items")),
            0.001);

    ExecutionResult result = runner.execute(workflow, "a-run", path.get("input"), counting);

    assertThat(result.status()).hasToString(path.get("status").textValue());
    assertThat(result.error()).isEqualTo(path.path("error").textValue());
    assertThat(result.cause()).isEqualTo(path.path("cause").textValue());
    assertThat(maps).hasValue(path.has("items") ? 1 : 0);
    assertThat(itemsDone).hasValue(path.path("items").size());
    if (path.has("output")) {
      ObjectNode output = (ObjectNode) result.output();
      assertThat(output.at("/plan/sawExecution").valueStream().map(JsonNode::textValue))
          .containsExactlyInAnyOrder("id", "name", "startTime");
      ((ObjectNode) output.get("plan"))
          .putArray("sawExecution")
          .add("id")
          .add("name")
          .add("startTime");
      assertThat(output).isEqualTo(IndexDefinition.expectedOutput(path, defaults));
    }
  }

  @Test
  void an_items_file_that_cannot_be_read_is_tried_again_and_then_reported() throws IOException {
    List<Duration> delays = new CopyOnWriteArrayList<>();
    WorkflowListener listener =
        new WorkflowListener() {
          @Override
          public void taskRetried(
              String state, String error, String cause, int attempt, Duration delay) {
            assertThat(error).isEqualTo("States.ItemReaderFailed");
            delays.add(delay);
          }
        };
    WorkflowRunner runner =
        new WorkflowRunner(
            (function, payload, limit) -> IndexDefinition.invokeStub(function, payload),
            (bucket, key) -> {
              throw new IllegalStateException("no such key");
            },
            0.001);
    JsonNode input = IndexDefinition.paths().at("/paths/0/input");

    ExecutionResult result = runner.execute(IndexDefinition.workflow(), "r", input, listener);

    assertThat(result.cause()).isEqualTo("A stage failed with States.ItemReaderFailed.");
    assertThat(delays).hasSize(3);
  }

  @Test
  void a_busy_function_is_asked_six_times_in_all() throws IOException {
    AtomicInteger calls = new AtomicInteger();
    WorkflowRunner runner =
        new WorkflowRunner(
            (function, payload, limit) -> {
              if (function.equals("plan")) {
                calls.incrementAndGet();
                throw new FunctionErrorException(
                    "Lambda.TooManyRequestsException", "Rate exceeded");
              }
              return IndexDefinition.invokeStub(function, payload);
            },
            (bucket, key) -> new byte[0],
            0.001);

    ExecutionResult result =
        runner.execute(
            IndexDefinition.workflow(),
            "r",
            IndexDefinition.JSON.createObjectNode(),
            WorkflowListener.NONE);

    assertThat(calls).hasValue(6);
    assertThat(result.cause()).isEqualTo("A stage failed with Lambda.TooManyRequestsException.");
  }

  /** Also after weeks in which nobody started a run, when Lambda has dropped the snapshot. */
  @ParameterizedTest
  @ValueSource(strings = {"plan", "batch", "compose", "finish"})
  void a_stage_whose_snapshot_is_taken_anew_is_waited_for_for_five_minutes(String stage)
      throws IOException {
    List<Duration> delays = new CopyOnWriteArrayList<>();
    WorkflowListener listener =
        new WorkflowListener() {
          @Override
          public void taskRetried(
              String state, String error, String cause, int attempt, Duration delay) {
            delays.add(delay);
          }
        };
    AtomicInteger calls = new AtomicInteger();
    WorkflowRunner runner =
        new WorkflowRunner(
            (function, payload, limit) -> {
              if (function.equals(stage) && calls.incrementAndGet() <= 20) {
                throw new FunctionErrorException("Lambda.SnapStartNotReadyException", "Wait.");
              }
              return IndexDefinition.invokeStub(function, payload);
            },
            (bucket, key) -> "[{\"n\": 0}]".getBytes(StandardCharsets.UTF_8),
            0.001);
    JsonNode input = IndexDefinition.paths().at("/paths/0/input");

    ExecutionResult result = runner.execute(IndexDefinition.workflow(), "r", input, listener);

    assertThat(result.status()).hasToString("SUCCEEDED");
    assertThat(delays.stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void every_stage_is_repeated_alike() throws IOException {
    JsonNode definition = IndexDefinition.JSON.readTree(IndexDefinition.FILE.toFile());
    List<JsonNode> retries =
        Stream.concat(
                definition.get("States").valueStream(),
                definition.at("/States/IndexBatches/ItemProcessor/States").valueStream())
            .filter(state -> state.path("Type").asText().equals("Task"))
            .map(state -> state.get("Retry"))
            .toList();

    assertThat(retries).hasSize(4).containsOnly(retries.get(0));
    assertThat(retries.get(0).toString()).contains("Lambda.ClientExecutionTimeoutException");
  }

  @Test
  void every_state_says_what_it_is_for() throws IOException {
    JsonNode definition = IndexDefinition.JSON.readTree(IndexDefinition.FILE.toFile());

    assertThat(
            Stream.concat(
                definition.get("States").valueStream(),
                definition.at("/States/IndexBatches/ItemProcessor/States").valueStream()))
        .hasSizeGreaterThan(10)
        .allSatisfy(state -> assertThat(state.path("Comment").asText()).isNotBlank());
  }
}
