package quickpage.index.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** A JSON value in which strings like <code>{% … %}</code> stand for what they evaluate to. */
sealed interface Template {
  JsonNode evaluate(Map<String, JsonNode> variables) throws StateFailedException;

  record Literal(JsonNode value) implements Template {
    @Override
    public JsonNode evaluate(Map<String, JsonNode> variables) {
      return value;
    }
  }

  record Query(Expression expression) implements Template {
    @Override
    public JsonNode evaluate(Map<String, JsonNode> variables) throws StateFailedException {
      return expression.evaluate(variables);
    }
  }

  record Members(Map<String, Template> members) implements Template {
    @Override
    public JsonNode evaluate(Map<String, JsonNode> variables) throws StateFailedException {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, Template> member : members.entrySet()) {
        object.set(member.getKey(), member.getValue().evaluate(variables));
      }
      return object;
    }
  }

  record Elements(List<Template> elements) implements Template {
    @Override
    public JsonNode evaluate(Map<String, JsonNode> variables) throws StateFailedException {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      for (Template element : elements) {
        array.add(element.evaluate(variables));
      }
      return array;
    }
  }
}
