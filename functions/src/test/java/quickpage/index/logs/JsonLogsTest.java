package quickpage.index.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import quickpage.index.json.Json;
import quickpage.index.lambda.FunctionOutput;

class JsonLogsTest {

  private final JsonLogs logs = new JsonLogs();

  private Logger logger(String name) {
    return logs.getLoggerFactory().getLogger(name);
  }

  @Test
  void aLineIsOneJsonObjectThatNamesRunAndStage() throws JsonProcessingException {
    logs.getMDCAdapter().put("stage", "batch");
    logs.getMDCAdapter().put("run", "run-1");
    logs.getMDCAdapter().put("batch", "3");

    String text =
        FunctionOutput.of(
            () ->
                logger("quickpage.index.x.Y")
                    .warn("{} of \"{}\"\nare away", 2, "ü", new IllegalStateException("why")));

    assertThat(text).endsWith("\n").hasLineCount(1);
    JsonNode line = Json.MAPPER.readTree(text);
    assertThat(Instant.parse(line.path("timestamp").asText()))
        .isBefore(Instant.now().plusMillis(1));
    assertThat(line.path("level").asText()).isEqualTo("WARN");
    assertThat(line.path("logger").asText()).isEqualTo("quickpage.index.x.Y");
    assertThat(line.path("message").asText()).isEqualTo("2 of \"ü\"\nare away");
    assertThat(line.path("stage").asText()).isEqualTo("batch");
    assertThat(line.path("run").asText()).isEqualTo("run-1");
    assertThat(line.path("batch").asText()).isEqualTo("3");
    assertThat(line.path("exception").asText())
        .startsWith("java.lang.IllegalStateException: why")
        .contains("JsonLogsTest");
  }

  @Test
  void whatIsSaidOfAnInvocationHoldsForEveryThreadAndEndsWithIt() throws InterruptedException {
    logs.getMDCAdapter().put("run", "run-1");
    StringBuilder text = new StringBuilder();
    Thread other =
        new Thread(
            () -> text.append(FunctionOutput.of(() -> logger("quickpage.index.x").info("now"))));
    other.start();
    other.join();
    assertThat(text).contains("\"run\":\"run-1\"");

    logs.getMDCAdapter().clear();

    assertThat(FunctionOutput.of(() -> logger("quickpage.index.x").info("later")))
        .contains("later")
        .doesNotContain("run-1");
  }

  @Test
  void librariesAreHeardFromWarningsOn() {
    assertThat(FunctionOutput.of(() -> logger("software.amazon.x").info("chat"))).isEmpty();
    assertThat(FunctionOutput.of(() -> logger("software.amazon.x").warn("mind"))).isNotEmpty();
    assertThat(FunctionOutput.of(() -> logger("quickpage.index.x").debug("detail"))).isEmpty();
  }
}
