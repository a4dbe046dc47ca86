package quickpage.index.workflow;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSONata expression, compiled once. It sees no document, only variables, as in Step Functions.
 */
final class Expression {
  private final String source;
  private final Jsonata compiled;
  private final Jsonata exists;

  /**
   * Compiles an expression.
   *
   * @throws IllegalArgumentException it is not JSONata
   */
  Expression(String source) {
    this.source = source;
    try {
      this.compiled = Jsonata.jsonata(source);
      this.exists = Jsonata.jsonata("$exists((" + source + "\n))");
    } catch (JException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  String source() {
    return source;
  }

  /**
   * Evaluates the expression.
   *
   * @param variables {@code states} and the workflow's own, by name without the dollar sign
   * @throws StateFailedException {@code States.QueryEvaluationError} if it fails, has no value, or
   *     a value that is not JSON
   */
  JsonNode evaluate(Map<String, JsonNode> variables) throws StateFailedException {
    try {
      Object result = run(compiled, variables);
      // The library gives a Java null both for JSON's null and for no value at all.
      if (result == null && !Boolean.TRUE.equals(run(exists, variables))) {
        throw failure("it has no value");
      }
      return toJson(result);
    } catch (JException e) {
      throw failure(e.getMessage());
    }
  }

  // One thread at a time: the library does not promise that a compiled expression may be shared.
  private static Object run(Jsonata expression, Map<String, JsonNode> variables) {
    synchronized (expression) {
      Jsonata.Frame frame = expression.createFrame();
      // Fresh values each time: the library may change what it is given.
      variables.forEach((name, value) -> frame.bind(name, toJava(value)));
      return expression.evaluate(null, frame);
    }
  }

  private StateFailedException failure(String why) {
    return new StateFailedException(
        StateFailedException.QUERY_EVALUATION_ERROR,
        "The expression '" + source + "' failed: " + why);
  }

  private static Object toJava(JsonNode value) {
    if (value.isObject()) {
      Map<String, Object> members = new LinkedHashMap<>();
      value.properties().forEach(member -> members.put(member.getKey(), toJava(member.getValue())));
      return members;
    }
    if (value.isArray()) {
      List<Object> elements = new ArrayList<>();
      value.forEach(element -> elements.add(toJava(element)));
      return elements;
    }
    if (value.isTextual()) {
      return value.textValue();
    }
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    if (value.isIntegralNumber() && value.canConvertToInt()) {
      return value.intValue();
    }
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return value.longValue();
    }
    return value.isNumber() ? value.doubleValue() : Jsonata.NULL_VALUE;
  }

  private JsonNode toJson(Object value) throws StateFailedException {
    JsonNodeFactory json = JsonNodeFactory.instance;
    if (value == null) {
      return json.nullNode();
    }
    if (value instanceof Map<?, ?> members) {
      ObjectNode object = json.objectNode();
      for (Map.Entry<?, ?> member : members.entrySet()) {
        object.set(String.valueOf(member.getKey()), toJson(member.getValue()));
      }
      return object;
    }
    if (value instanceof List<?> elements) {
      ArrayNode array = json.arrayNode();
      for (Object element : elements) {
        array.add(toJson(element));
      }
      return array;
    }
    if (value instanceof String text) {
      return json.textNode(text);
    }
    if (value instanceof Boolean truth) {
      return json.booleanNode(truth);
    }
    if (value instanceof Integer number) {
      return json.numberNode(number);
    }
    if (value instanceof Number number) {
      double decimal = number.doubleValue();
      return decimal == Math.rint(decimal) && Math.abs(decimal) < 1e15
          ? json.numberNode(number.longValue())
          : value instanceof Long whole ? json.numberNode(whole) : json.numberNode(decimal);
    }
    throw failure("its value is not JSON");
  }
}
