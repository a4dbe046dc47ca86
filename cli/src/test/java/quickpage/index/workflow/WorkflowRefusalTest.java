package quickpage.index.workflow;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkflowRefusalTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'A': {'Type': 'Wait', 'Seconds': 1, 'End': true}|state \"A\": the type \"Wait\"",
        "'A': {'Type': 'Pass', 'ResultPath': '$.x', 'End': true}|state \"A\": the field"
            + " \"ResultPath\"",
        "'A': {'Type': 'Pass'}|state \"A\": needs either \"Next\" or \"End\"",
        "'A': {'Type': 'Pass', 'Next': 'B'}|state \"A\": there is no state \"B\"",
        "'A': {'Type': 'Succeed'}, 'B': {'Type': 'Succeed'}|state \"B\": no state leads to it",
        "'A': {'Type': 'Choice', 'Choices': [{'Condition': true, 'Next': 'A'}]}|\"Condition\" must"
            + " be an expression",
        "'A': {'Type': 'Choice', 'Choices': [{'Variable': 'x', 'Next': 'A'}]}|Choices[0]: the field"
            + " \"Variable\"",
        "'A': {'Type': 'Pass', 'Output': '{% $nobody %}', 'End': true}|state \"A\", Output: $nobody"
            + " is neither",
        "'A': {'Type': 'Pass', 'Output': '{% $eval(\\\"1\\\") %}', 'End': true}|state \"A\","
            + " Output: $eval is neither",
        "'A': {'Type': 'Pass', 'Output': '{% $parse(\\\"1\\\") %}', 'End': true}|$parse is neither",
        "'A': {'Type': 'Pass', 'Output': '{% $states.result %}', 'End': true}|$states.result does"
            + " not exist here",
        "'A': {'Type': 'Pass', 'Output': '{% 1 + %}', 'End': true}|state \"A\", Output: not"
            + " JSONata",
        "'A': {'Type': 'Pass', 'Output': 'x {% 1 %}', 'End': true}|must fill its string",
        "'A': {'Type': 'Pass', 'Assign': {'states': 1}, 'End': true}|\"states\" cannot be the name",
        "'A': {'Type': 'Fail', 'Error': 'x'}|state \"A\": the field \"Cause\" is missing"
      })
  void what_is_not_implemented_is_named(String states, String message) {
    assertThatThrownBy(() -> Asl.machine(states))
        .isInstanceOf(UnsupportedWorkflowException.class)
        .hasMessageContaining(message);
  }

  @Test
  void a_task_needs_a_time_limit_and_a_function() {
    String task = Asl.task("A", "1", "'End': true");
    assertThatThrownBy(() -> Asl.machine(task.replace("'TimeoutSeconds': 5,", "")))
        .hasMessageContaining("state \"A\": the field \"TimeoutSeconds\" is missing");
    assertThatThrownBy(() -> Asl.machine(task.replace("lambda:invoke", "sqs:sendMessage")))
        .hasMessageContaining("the field \"Resource\" must be");
    assertThatThrownBy(() -> Asl.machine(Asl.task("A", "1", "'HeartbeatSeconds': 3, 'End': true")))
        .hasMessageContaining("the field \"HeartbeatSeconds\" is not supported");
  }

  @Test
  void retry_and_catch_have_their_rules() {
    assertRefused("'Retry': [{'ErrorEquals': ['States.Permissions']}]", "States.Permissions");
    assertRefused("'Retry': [{'ErrorEquals': ['States.ALL', 'x']}]", "must stand alone");
    assertRefused(
        "'Retry': [{'ErrorEquals': ['States.ALL']}, {'ErrorEquals': ['x']}]", "in its last entry");
    assertRefused("'Retry': [{'ErrorEquals': ['x'], 'MaxAttempts': -1}]", "Retry[0]: the field");
    assertRefused("'Retry': [{'ErrorEquals': ['x'], 'JitterStrategy': 'SOME'}]", "NONE or FULL");
    assertRefused(
        "'Catch': [{'ErrorEquals': ['x'], 'ResultPath': null, 'Next': 'A'}]",
        "Catch[0]: the field \"ResultPath\"");
  }

  private static void assertRefused(String more, String message) {
    assertThatThrownBy(() -> Asl.machine(Asl.task("A", "1", more + ", 'End': true")))
        .isInstanceOf(UnsupportedWorkflowException.class)
        .hasMessageContaining(message);
  }

  @Test
  void a_map_is_a_distributed_one_over_a_JSON_array_in_S3() {
    String map = Asl.map("1", "'End': true", "'End': true");
    assertThatThrownBy(() -> Asl.machine(map.replace("'DISTRIBUTED'", "'INLINE'")))
        .hasMessageContaining("state \"Map\", ItemProcessor, ProcessorConfig: the field \"Mode\"");
    assertThatThrownBy(() -> Asl.machine(map.replace("'JSON'", "'CSV'")))
        .hasMessageContaining("InputType");
    assertThatThrownBy(() -> Asl.machine(map.replace("'Key': 'k'", "'Key': 'k', 'VersionId': 'v'")))
        .hasMessageContaining("VersionId");
    assertThatThrownBy(
            () -> Asl.machine(Asl.map("1", "'End': true", "'ResultWriter': {}, 'End': true")))
        .hasMessageContaining("state \"Map\": the field \"ResultWriter\"");
    assertThatThrownBy(() -> Asl.machine(map.replace("'TimeoutSeconds': 5,", "")))
        .hasMessageContaining("state \"Map\", ItemProcessor, state \"Child\": the field");
  }

  @Test
  void a_child_does_not_see_the_variables_of_its_parent() {
    String child = Asl.map("1", "'End': true", "'End': true").replace("$states.input", "$mine");

    assertThatThrownBy(
            () ->
                Asl.machine(
                    "'A': {'Type': 'Pass', 'Assign': {'mine': 1}, 'Next': 'Map'}, " + child))
        .hasMessageContaining("state \"Child\", Arguments, Payload: $mine is neither");
  }

  @Test
  void substitutions_are_complete_and_plain_text() {
    String machine =
        """
        {"QueryLanguage": "JSONata", "StartAt": "A", "TimeoutSeconds": 1,
         "States": {"A": {"Type": "Pass", "Output": "${Value}", "End": true}}}
        """;
    assertThatThrownBy(() -> Workflow.load(machine, Map.of()))
        .hasMessageContaining("nothing is given for ${Value}");
    for (String value : new String[] {"\"", "\\", "{% 1 %}", "\n", "${Value}"}) {
      assertThatThrownBy(() -> Workflow.load(machine, Map.of("Value", value)))
          .isInstanceOf(UnsupportedWorkflowException.class)
          .hasMessageContaining("${Value}");
    }
  }

  @Test
  void the_machine_has_a_time_limit_and_speaks_JSONata() {
    assertThatThrownBy(
            () ->
                Workflow.load(
                    "{\"QueryLanguage\": \"JSONPath\", \"StartAt\": \"A\", \"States\": {}}",
                    Map.of()))
        .hasMessageContaining("QueryLanguage");
    assertThatThrownBy(
            () ->
                Workflow.load(
                    """
                    {"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Succeed"}}}
                    """,
                    Map.of()))
        .hasMessageContaining("TimeoutSeconds");
    assertThatThrownBy(() -> Workflow.load("{", Map.of())).hasMessageContaining("is not JSON");
  }
}
