package quickpage.index.workflow;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A state machine in the Amazon States Language that {@link WorkflowRunner} can run. What cannot be
 * run here as it would be run on AWS is refused when it is loaded.
 */
public final class Workflow {
  private static final Pattern HOLE = Pattern.compile("\\$\\{([^}]*)}");
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final StateMachine machine;
  private final Duration timeout;

  private Workflow(StateMachine machine, Duration timeout) {
    this.machine = machine;
    this.timeout = timeout;
  }

  /** Reads a definition from a file; see {@link #load(String, Map)}. */
  public static Workflow load(Path definition, Map<String, String> substitutions)
      throws IOException {
    return load(Files.readString(definition), substitutions);
  }

  /**
   * Reads a definition.
   *
   * @param definition JSON with holes like <code>${Name}</code>
   * @param substitutions what goes into the holes, as plain text, as CloudFormation's
   *     DefinitionSubstitutions do it. A value that would become anything but the text it is (with
   *     a quotation mark, say, or an expression) is refused.
   * @throws UnsupportedWorkflowException naming the state and the field that cannot be run here
   */
  public static Workflow load(String definition, Map<String, String> substitutions) {
    JsonNode root;
    try {
      root = JSON.readTree(substitute(definition, substitutions));
    } catch (JsonProcessingException e) {
      throw new UnsupportedWorkflowException("the definition", "is not JSON: " + e.getMessage());
    }
    Fields fields =
        Fields.of(
            "the state machine",
            root,
            Set.of("Comment", "QueryLanguage", "StartAt", "TimeoutSeconds", "States"));
    fields.constant("QueryLanguage", "JSONata");
    return new Workflow(DefinitionReader.read("", fields), fields.timeout());
  }

  StateMachine machine() {
    return machine;
  }

  /** How long an execution may take, its children included. */
  public Duration timeout() {
    return timeout;
  }

  private static String substitute(String definition, Map<String, String> values) {
    Matcher hole = HOLE.matcher(definition);
    StringBuilder filled = new StringBuilder();
    while (hole.find()) {
      String name = hole.group(1);
      String value = values.get(name);
      if (value == null) {
        throw new UnsupportedWorkflowException(
            "the definition", "nothing is given for ${" + name + "}");
      }
      boolean plain = value.chars().noneMatch(c -> c == '"' || c == '\\' || c < ' ');
      if (!plain || value.contains("{%") || value.contains("%}") || value.contains("${")) {
        throw new UnsupportedWorkflowException(
            "the definition",
            "what is given for ${%s} may not have quotation marks, backslashes, control characters, {%%, %%} or ${: %s"
                .formatted(name, value));
      }
      hole.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    return hole.appendTail(filled).toString();
  }
}
