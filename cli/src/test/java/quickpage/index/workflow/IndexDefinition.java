package quickpage.index.workflow;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The workflow that is deployed, and the paths through it that LocalStack was seen to take. */
final class IndexDefinition {
  static final ObjectMapper JSON = new ObjectMapper();
  static final Path FILE = Path.of("../statemachine/index.asl.json");

  private IndexDefinition() {}

  static JsonNode paths() throws IOException {
    try (InputStream in = IndexDefinition.class.getResourceAsStream("paths.json")) {
      return JSON.readTree(in);
    }
  }

  static Workflow workflow() throws IOException {
    Map<String, String> values =
        new LinkedHashMap<>(
            JSON.convertValue(paths().get("substitutions"), new TypeReference<>() {}));
    for (String stage : new String[] {"plan", "batch", "compose", "finish"}) {
      values.put(Character.toUpperCase(stage.charAt(0)) + stage.substring(1) + "Function", stage);
    }
    return Workflow.load(FILE, values);
  }

  /** The stubs as functions; the function's name is the stage's. */
  static byte[] invokeStub(String function, byte[] payload) throws FunctionErrorException {
    try {
      Map<String, Object> arguments = JSON.readValue(payload, new TypeReference<>() {});
      return JSON.writeValueAsBytes(StubStages.answer(function, arguments));
    } catch (StubStages.ScriptedException e) {
      throw new FunctionErrorException(e.type(), e.getMessage());
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** What paths.json says the output is, completed with what the plan stub adds. */
  static JsonNode expectedOutput(JsonNode path, JsonNode defaults) {
    ObjectNode expected = path.get("output").deepCopy();
    ObjectNode plan = expected.putObject("plan");
    plan.setAll((ObjectNode) path.at("/input/plan"));
    plan.set("defaults", defaults);
    plan.putArray("sawExecution").add("id").add("name").add("startTime");
    return expected;
  }
}
