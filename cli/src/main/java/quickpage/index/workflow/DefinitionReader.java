package quickpage.index.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads a definition, field by field from an allow-list, into states that can be run. */
final class DefinitionReader {
  private static final Set<String> FALLIBLE =
      Set.of("Comment", "Type", "Retry", "Catch", "Assign", "Output", "Next", "End");

  private final String scope;
  private final TemplateReader templates;

  private DefinitionReader(String scope, JsonNode states) {
    this.scope = scope;
    this.templates = new TemplateReader(assignedVariables(scope, states));
  }

  /** The states of a machine or of an item processor. */
  static StateMachine read(String scope, Fields machine) {
    JsonNode states = machine.require("States");
    if (!states.isObject() || states.isEmpty()) {
      throw machine.wrong("States", "must be an object with at least one state");
    }
    DefinitionReader reader = new DefinitionReader(scope, states);
    Map<String, State> read = new LinkedHashMap<>();
    states
        .properties()
        .forEach(state -> read.put(state.getKey(), reader.state(state.getKey(), state.getValue())));
    StateMachine result = new StateMachine(machine.text("StartAt"), read);
    reader.checkTransitions(result);
    return result;
  }

  private State state(String name, JsonNode node) {
    String where = scope + "state \"" + name + "\"";
    if (name.length() > 80) {
      throw new UnsupportedWorkflowException(where, "a state's name has at most 80 characters");
    }
    if (!node.isObject() || !node.path("Type").isTextual()) {
      throw new UnsupportedWorkflowException(where, "the field \"Type\" is missing");
    }
    String type = node.path("Type").textValue();
    return switch (type) {
      case "Pass" -> pass(where, node);
      case "Task" -> task(where, node);
      case "Choice" -> choice(where, node);
      case "Map" -> map(where, name, node);
      case "Succeed" -> {
        Fields fields = Fields.of(where, node, Set.of("Comment", "Type", "Output"));
        yield new State.Succeed(templates.readIfPresent(fields, "Output", TemplateReader.BEFORE));
      }
      case "Fail" -> {
        Fields fields = Fields.of(where, node, Set.of("Comment", "Type", "Error", "Cause"));
        yield new State.Fail(
            templates.read(fields, "Error", TemplateReader.BEFORE),
            templates.read(fields, "Cause", TemplateReader.BEFORE));
      }
      default ->
          throw new UnsupportedWorkflowException(
              where, "the type \"" + type + "\" is not supported");
    };
  }

  private State pass(String where, JsonNode node) {
    Fields fields =
        Fields.of(where, node, Set.of("Comment", "Type", "Assign", "Output", "Next", "End"));
    return new State.Pass(
        templates.assignments(fields, TemplateReader.BEFORE),
        templates.readIfPresent(fields, "Output", TemplateReader.BEFORE),
        next(fields));
  }

  private State choice(String where, JsonNode node) {
    Fields fields = Fields.of(where, node, Set.of("Comment", "Type", "Choices", "Default"));
    fields.require("Choices");
    List<State.Choice.Rule> rules = new ArrayList<>();
    for (JsonNode rule : fields.list("Choices")) {
      Fields each =
          Fields.of(
              where + ", Choices[" + rules.size() + "]",
              rule,
              Set.of("Comment", "Condition", "Next"));
      rules.add(
          new State.Choice.Rule(
              templates.expression(each, "Condition", TemplateReader.BEFORE), each.text("Next")));
    }
    return new State.Choice(rules, fields.has("Default") ? fields.text("Default") : null);
  }

  private State task(String where, JsonNode node) {
    Fields fields =
        Fields.of(where, node, with(FALLIBLE, "Resource", "Arguments", "TimeoutSeconds"));
    fields.constant("Resource", "arn:aws:states:::lambda:invoke");
    Fields arguments = fields.object("Arguments", Set.of("FunctionName", "Payload"));
    String functionName = arguments.text("FunctionName");
    if (functionName.contains("{%")) {
      throw arguments.wrong("FunctionName", "must be written out, not an expression");
    }
    return new State.Task(
        functionName,
        templates.read(arguments, "Payload", TemplateReader.BEFORE),
        fields.timeout(),
        retriers(fields),
        catchers(fields),
        templates.assignments(fields, TemplateReader.AFTER),
        templates.readIfPresent(fields, "Output", TemplateReader.AFTER),
        next(fields));
  }

  private State map(String where, String name, JsonNode node) {
    Fields fields =
        Fields.of(
            where,
            node,
            with(
                FALLIBLE,
                "Label",
                "MaxConcurrency",
                "ToleratedFailurePercentage",
                "ItemReader",
                "ItemSelector",
                "ItemProcessor"));
    if (fields.has("Label") && !fields.text("Label").matches("[\\w-]{1,40}")) {
      throw fields.wrong("Label", "must be 1 to 40 letters, digits, \"-\" or \"_\"");
    }
    Fields reader = fields.object("ItemReader", Set.of("Resource", "ReaderConfig", "Arguments"));
    reader.constant("Resource", "arn:aws:states:::s3:getObject");
    reader.object("ReaderConfig", Set.of("InputType")).constant("InputType", "JSON");
    Fields object = reader.object("Arguments", Set.of("Bucket", "Key"));
    Fields processor =
        fields.object("ItemProcessor", Set.of("Comment", "ProcessorConfig", "StartAt", "States"));
    Fields config = processor.object("ProcessorConfig", Set.of("Mode", "ExecutionType"));
    config.constant("Mode", "DISTRIBUTED");
    config.constant("ExecutionType", "STANDARD");
    return new State.DistributedMap(
        templates.read(fields, "MaxConcurrency", TemplateReader.BEFORE),
        templates.readIfPresent(fields, "ToleratedFailurePercentage", TemplateReader.BEFORE),
        templates.read(object, "Bucket", TemplateReader.BEFORE),
        templates.read(object, "Key", TemplateReader.BEFORE),
        templates.read(fields, "ItemSelector", TemplateReader.BEFORE),
        read(scope + "state \"" + name + "\", ItemProcessor, ", processor),
        retriers(fields),
        catchers(fields),
        templates.assignments(fields, TemplateReader.AFTER),
        templates.readIfPresent(fields, "Output", TemplateReader.AFTER),
        next(fields));
  }

  private static List<Retrier> retriers(Fields state) {
    List<Retrier> retriers = new ArrayList<>();
    for (JsonNode node : state.list("Retry")) {
      Fields fields =
          Fields.of(
              state.where() + ", Retry[" + retriers.size() + "]",
              node,
              Set.of(
                  "Comment",
                  "ErrorEquals",
                  "IntervalSeconds",
                  "MaxAttempts",
                  "BackoffRate",
                  "MaxDelaySeconds",
                  "JitterStrategy"));
      String jitter = fields.has("JitterStrategy") ? fields.text("JitterStrategy") : "NONE";
      if (!Set.of("NONE", "FULL").contains(jitter)) {
        throw fields.wrong("JitterStrategy", "must be NONE or FULL");
      }
      // Defaults: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
      retriers.add(
          new Retrier(
              errorEquals(fields),
              Duration.ofSeconds(fields.wholeNumber("IntervalSeconds", 1, 99_999_999, 1)),
              fields.wholeNumber("MaxAttempts", 0, 99_999_999, 3),
              fields.number("BackoffRate", 1.0, 2.0),
              Duration.ofSeconds(fields.wholeNumber("MaxDelaySeconds", 1, 31_622_399, 31_622_399)),
              jitter.equals("FULL")));
    }
    checkWildcardLast(state, "Retry", retriers.stream().map(Retrier::errorEquals).toList());
    return retriers;
  }

  private List<Catcher> catchers(Fields state) {
    List<Catcher> catchers = new ArrayList<>();
    for (JsonNode node : state.list("Catch")) {
      Fields fields =
          Fields.of(
              state.where() + ", Catch[" + catchers.size() + "]",
              node,
              Set.of("Comment", "ErrorEquals", "Assign", "Output", "Next"));
      catchers.add(
          new Catcher(
              errorEquals(fields),
              templates.assignments(fields, TemplateReader.CAUGHT),
              templates.readIfPresent(fields, "Output", TemplateReader.CAUGHT),
              fields.text("Next")));
    }
    checkWildcardLast(state, "Catch", catchers.stream().map(Catcher::errorEquals).toList());
    return catchers;
  }

  private static List<String> errorEquals(Fields fields) {
    fields.require("ErrorEquals");
    List<String> names = new ArrayList<>();
    for (JsonNode name : fields.list("ErrorEquals")) {
      if (!name.isTextual()) {
        throw fields.wrong("ErrorEquals", "must be a list of texts");
      }
      String text = name.textValue();
      if (text.startsWith("States.") && !StateFailedException.MATCHABLE.contains(text)) {
        throw fields.wrong("ErrorEquals", "names \"" + text + "\", which is not supported");
      }
      names.add(text);
    }
    if (names.contains(StateFailedException.ALL) && names.size() > 1) {
      throw fields.wrong("ErrorEquals", "names States.ALL, which must stand alone");
    }
    return List.copyOf(names);
  }

  private static void checkWildcardLast(Fields state, String field, List<List<String>> names) {
    int first = names.indexOf(List.of(StateFailedException.ALL));
    if (first >= 0 && first < names.size() - 1) {
      throw state.wrong(field, "must have States.ALL in its last entry");
    }
  }

  /** Null stands for {@code "End": true}. */
  private static String next(Fields fields) {
    if (fields.has("End") == fields.has("Next")) {
      throw new UnsupportedWorkflowException(
          fields.where(), "needs either \"Next\" or \"End\": true");
    }
    if (fields.has("End") && !fields.require("End").equals(BooleanNode.TRUE)) {
      throw fields.wrong("End", "must be true");
    }
    return fields.has("Next") ? fields.text("Next") : null;
  }

  private void checkTransitions(StateMachine machine) {
    if (!machine.states().containsKey(machine.startAt())) {
      throw new UnsupportedWorkflowException(
          scope + "StartAt", "there is no state \"" + machine.startAt() + "\"");
    }
    Set<String> reached = new HashSet<>(Set.of(machine.startAt()));
    Deque<String> ahead = new ArrayDeque<>(reached);
    while (!ahead.isEmpty()) {
      String name = ahead.remove();
      targets(machine.states().get(name))
          .forEach(
              target -> {
                if (!machine.states().containsKey(target)) {
                  throw new UnsupportedWorkflowException(
                      scope + "state \"" + name + "\"", "there is no state \"" + target + "\"");
                }
                if (reached.add(target)) {
                  ahead.add(target);
                }
              });
    }
    Set<String> unreached = new TreeSet<>(machine.states().keySet());
    unreached.removeAll(reached);
    if (!unreached.isEmpty()) {
      throw new UnsupportedWorkflowException(
          scope + "state \"" + unreached.iterator().next() + "\"", "no state leads to it");
    }
  }

  private static Stream<String> targets(State state) {
    if (state instanceof State.Pass pass) {
      return Stream.ofNullable(pass.next());
    }
    if (state instanceof State.Choice choice) {
      return Stream.concat(
          choice.rules().stream().map(State.Choice.Rule::next),
          Stream.ofNullable(choice.otherwise()));
    }
    if (state instanceof State.Fallible fallible) {
      return Stream.concat(
          Stream.ofNullable(fallible.next()), fallible.catchers().stream().map(Catcher::next));
    }
    return Stream.empty();
  }

  /** The names that any Assign of these states sets, without those of item processors. */
  private static Set<String> assignedVariables(String scope, JsonNode states) {
    Set<String> names = new HashSet<>();
    for (JsonNode state : states) {
      Stream.concat(Stream.of(state), state.path("Catch").valueStream())
          .forEach(node -> node.path("Assign").fieldNames().forEachRemaining(names::add));
    }
    for (String name : names) {
      if (!name.matches("[A-Za-z_]\\w{0,79}") || name.equals("states")) {
        throw new UnsupportedWorkflowException(
            scope + "Assign", "\"" + name + "\" cannot be the name of a variable");
      }
    }
    return names;
  }

  private static Set<String> with(Set<String> fields, String... more) {
    Set<String> all = new HashSet<>(fields);
    all.addAll(List.of(more));
    return all;
  }
}
