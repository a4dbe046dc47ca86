package quickpage.index.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** One execution of a state machine, from its input to its output; not reusable. */
final class WorkflowExecution {
  private final StateMachine machine;
  private final ExecutionContext context;
  private final Surroundings surroundings;
  private final boolean outermost;
  private final Map<String, JsonNode> variables = new HashMap<>();

  /**
   * An execution that has not begun.
   *
   * @param outermost false for the children of a map: the listener is not told which states they
   *     enter, only what failed or is repeated there
   */
  WorkflowExecution(
      StateMachine machine,
      ExecutionContext context,
      Surroundings surroundings,
      boolean outermost) {
    this.machine = machine;
    this.context = context;
    this.surroundings = surroundings;
    this.outermost = outermost;
  }

  /** What a state gives: the next state's name, or null at the end, its input, and variables. */
  private record Step(String next, JsonNode output, Map<String, JsonNode> assigned) {}

  /**
   * Runs to the end.
   *
   * @throws StateFailedException a state failed and nothing caught it
   * @throws Surroundings.Deadline.Reached the time limit passed
   */
  JsonNode run() throws StateFailedException, InterruptedException {
    String name = machine.startAt();
    JsonNode input = context.input();
    while (true) {
      surroundings.deadline().check();
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (outermost) {
        surroundings.listener().stateEntered(name);
      }
      Step step = step(name, input);
      Limits.checkState("The output of the state " + name, step.output());
      assign(step.assigned());
      if (step.next() == null) {
        return step.output();
      }
      name = step.next();
      input = step.output();
    }
  }

  private Step step(String name, JsonNode input) throws StateFailedException, InterruptedException {
    State state = machine.states().get(name);
    if (state instanceof State.Fallible fallible) {
      return new Attempts(name, fallible, input).run();
    }
    try {
      return simpleStep(name, state, input);
    } catch (StateFailedException e) {
      // A Fail state does what it is there for; its sentence is the execution's.
      if (!(state instanceof State.Fail)) {
        surroundings.listener().stateFailed(name, e.error(), e.cause());
      }
      throw e;
    }
  }

  private Step simpleStep(String name, State state, JsonNode input) throws StateFailedException {
    Map<String, JsonNode> scope = scope(input, context.context(name, ExecutionContext.now(), 0));
    if (state instanceof State.Pass pass) {
      return new Step(
          pass.next(), evaluateOr(pass.output(), scope, input), evaluateAll(pass.assign(), scope));
    }
    if (state instanceof State.Succeed succeed) {
      return new Step(null, evaluateOr(succeed.output(), scope, input), Map.of());
    }
    if (state instanceof State.Fail fail) {
      throw new StateFailedException(
          text("Error", fail.error().evaluate(scope)), text("Cause", fail.cause().evaluate(scope)));
    }
    State.Choice choice = (State.Choice) state;
    for (State.Choice.Rule rule : choice.rules()) {
      JsonNode holds = rule.condition().evaluate(scope);
      if (!holds.isBoolean()) {
        throw new StateFailedException(
            StateFailedException.QUERY_EVALUATION_ERROR,
            "The condition '" + rule.condition().source() + "' gave " + holds + ", not a boolean.");
      }
      if (holds.booleanValue()) {
        return new Step(rule.next(), input, Map.of());
      }
    }
    if (choice.otherwise() == null) {
      throw new StateFailedException(
          StateFailedException.NO_CHOICE_MATCHED, "No rule of the state " + name + " matched.");
    }
    return new Step(choice.otherwise(), input, Map.of());
  }

  /** The tries of one state that calls out, with its Retry and Catch. */
  private final class Attempts {
    private final String name;
    private final State.Fallible state;
    private final JsonNode input;
    private final Instant entered = ExecutionContext.now();
    private int retries;

    Attempts(String name, State.Fallible state, JsonNode input) {
      this.name = name;
      this.state = state;
      this.input = input;
    }

    Step run() throws StateFailedException, InterruptedException {
      int[] attempts = new int[state.retriers().size()];
      while (true) {
        try {
          return once();
        } catch (StateFailedException failure) {
          int match = firstMatch(failure);
          if (match < 0 || attempts[match] == state.retriers().get(match).maxAttempts()) {
            surroundings.listener().stateFailed(name, failure.error(), failure.cause());
            return caught(failure);
          }
          attempts[match]++;
          retries++;
          Duration delay =
              state
                  .retriers()
                  .get(match)
                  .delay(attempts[match], ThreadLocalRandom.current().nextDouble());
          surroundings
              .listener()
              .taskRetried(name, failure.error(), failure.cause(), attempts[match], delay);
          surroundings.pause(delay);
        }
      }
    }

    private Step once() throws StateFailedException, InterruptedException {
      ObjectNode now = context.context(name, entered, retries);
      Map<String, JsonNode> scope = scope(input, now);
      JsonNode result =
          state instanceof State.Task task
              ? TaskCall.call(task, scope, surroundings)
              : new MapRun(name, (State.DistributedMap) state, context, surroundings)
                  .run(scope, input, now);
      Map<String, JsonNode> after = scope(input, now, "result", result);
      return new Step(
          state.next(),
          evaluateOr(state.output(), after, result),
          evaluateAll(state.assign(), after));
    }

    private int firstMatch(StateFailedException failure) {
      List<Retrier> retriers = state.retriers();
      for (int i = 0; i < retriers.size(); i++) {
        if (failure.matches(retriers.get(i).errorEquals())) {
          return i;
        }
      }
      return -1;
    }

    private Step caught(StateFailedException failure) throws StateFailedException {
      for (Catcher catcher : state.catchers()) {
        if (failure.matches(catcher.errorEquals())) {
          ObjectNode error = JsonNodeFactory.instance.objectNode();
          error.put("Error", failure.error()).put("Cause", failure.cause());
          Map<String, JsonNode> scope =
              scope(input, context.context(name, entered, retries), "errorOutput", error);
          return new Step(
              catcher.next(),
              evaluateOr(catcher.output(), scope, error),
              evaluateAll(catcher.assign(), scope));
        }
      }
      throw failure;
    }
  }

  private void assign(Map<String, JsonNode> assigned) throws StateFailedException {
    variables.putAll(assigned);
    Limits.checkVariables(variables.values());
  }

  private Map<String, JsonNode> scope(JsonNode input, ObjectNode now) {
    return scope(input, now, null, null);
  }

  /** The variables and {@code $states}, with one more part if it has a name. */
  private Map<String, JsonNode> scope(JsonNode input, ObjectNode now, String part, JsonNode value) {
    ObjectNode states = JsonNodeFactory.instance.objectNode();
    states.set("input", input);
    states.set("context", now);
    if (part != null) {
      states.set(part, value);
    }
    Map<String, JsonNode> scope = new HashMap<>(variables);
    scope.put("states", states);
    return scope;
  }

  private static JsonNode evaluateOr(
      Template template, Map<String, JsonNode> scope, JsonNode absent) throws StateFailedException {
    return template == null ? absent : template.evaluate(scope);
  }

  /** All from the variables as they were when the state began, as Step Functions does it. */
  private static Map<String, JsonNode> evaluateAll(
      Map<String, Template> templates, Map<String, JsonNode> scope) throws StateFailedException {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    for (Map.Entry<String, Template> template : templates.entrySet()) {
      values.put(
          template.getKey(),
          Limits.checkState(
              "The variable " + template.getKey(), template.getValue().evaluate(scope)));
    }
    return values;
  }

  private static String text(String field, JsonNode value) throws StateFailedException {
    if (!value.isTextual()) {
      throw new StateFailedException(
          StateFailedException.QUERY_EVALUATION_ERROR,
          field + " gave " + value + ", which is not text.");
    }
    return value.textValue();
  }
}
