package quickpage.index.sandbox.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import quickpage.index.sandbox.connectome.RefusedInputException;
import quickpage.index.sandbox.connectome.SpokenDuration;
import quickpage.index.sandbox.graph.NeuronGraph;
import quickpage.index.sandbox.graph.QueryFailedException;

/**
 * Lets tests in other processes change how the server behaves and see what it was asked. Only with
 * {@code --control}; with the same token as everything else.
 *
 * <p>{@code POST /sandbox/control} with a JSON object of any of these, answered by {@code {}}, or
 * by 400 and {@code {"error": …}} if anything in it is wrong (then nothing is changed):
 *
 * <ul>
 *   <li>{@code latency} ({@code "200ms"}), {@code errorRate} (0 to 1), {@code timeLimit} ({@code
 *       "60s"}, {@code "0"} for none), {@code maxQueries}
 *   <li>{@code down}: true resets every connection but the control's, false ends it
 *   <li>{@code meta}: properties of the Meta node to set, strings: {@code {"lastDatabaseEdit":
 *       "…"}}
 *   <li>{@code cypher}: a statement that may write, run as it is (no label is rewritten)
 *   <li>{@code rules}: a list that replaces the earlier one. Each rule has {@code contains} (part
 *       of a query's text as it is sent, so names are escaped in it) and any of {@code status} and
 *       {@code error} (answer that instead), {@code retryAfter} (seconds), {@code delay}, {@code
 *       edit} (like {@code meta}, done before the query runs), {@code times} (how often it applies;
 *       always)
 * </ul>
 *
 * <p>{@code GET /sandbox/log}: {@code {"queries": [{"time", "dataset", "cypher", "inFlight",
 * "status", "rows", "millis"}], "totalQueries", "inFlight", "maxInFlight", "requests": {path:
 * count}}}; in a query {@code inFlight} is how many there were when it came, itself included, and
 * {@code status} 0 if the connection was reset. {@code DELETE /sandbox/log} empties it.
 */
final class ControlEndpoint {
  static final String PREFIX = "/sandbox/";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AtomicReference<ServerBehavior> behavior;
  private final QueryLog log;
  private final NeuronGraph graph;

  ControlEndpoint(AtomicReference<ServerBehavior> behavior, QueryLog log, NeuronGraph graph) {
    this.behavior = behavior;
    this.log = log;
    this.graph = graph;
  }

  Reply answer(String method, String path, byte[] body) {
    return switch (method + " " + path) {
      case "POST /sandbox/control" -> change(body);
      case "GET /sandbox/log" -> Reply.json(200, log.asMap());
      case "DELETE /sandbox/log" -> {
        log.reset();
        yield Reply.json(200, Map.of());
      }
      default -> Reply.message(404, ServerTexts.NOT_FOUND);
    };
  }

  private Reply change(byte[] body) {
    try {
      JsonNode order = JSON.readTree(new String(body, StandardCharsets.UTF_8));
      ServerBehavior changed = changed(behavior.get(), order);
      Map<String, String> meta = strings(order.path("meta"), "meta");
      if (order.has("cypher")) {
        graph.write(order.get("cypher").asText(), Map.of());
      }
      editMeta(meta);
      behavior.set(changed);
      return Reply.json(200, Map.of());
    } catch (JsonProcessingException malformed) {
      return Reply.error("The body is not JSON.");
    } catch (RefusedInputException wrong) {
      return Reply.error(wrong.getMessage());
    } catch (QueryFailedException failure) {
      return Reply.error(failure.code() + ": " + failure.getMessage());
    }
  }

  /** Sets properties of the Meta node, as an edit of the dataset does. */
  void editMeta(Map<String, String> properties) throws QueryFailedException {
    if (!properties.isEmpty()) {
      graph.write("MATCH (m:Meta) SET m += $edit", Map.of("edit", properties));
    }
  }

  private static ServerBehavior changed(ServerBehavior before, JsonNode order) {
    Duration latency = before.latency();
    double errorRate = before.errorRate();
    Duration timeLimit = before.timeLimit();
    int maxQueries = before.maxQueries();
    boolean down = before.down();
    List<QueryRule> rules = before.rules();
    for (Map.Entry<String, JsonNode> field : order.properties()) {
      JsonNode value = field.getValue();
      switch (field.getKey()) {
        case "latency" -> latency = SpokenDuration.parse(value.asText());
        case "errorRate" -> errorRate = value.asDouble();
        case "timeLimit" -> timeLimit = SpokenDuration.parse(value.asText());
        case "maxQueries" -> maxQueries = value.asInt();
        case "down" -> down = value.asBoolean();
        case "rules" -> rules = rules(value);
        case "meta", "cypher" -> {} // not behavior: done to the graph
        default -> throw new RefusedInputException("There is no control '" + field.getKey() + "'.");
      }
    }
    if (errorRate < 0 || errorRate > 1 || maxQueries < 1) {
      throw new RefusedInputException("errorRate must be from 0 to 1, and maxQueries at least 1.");
    }
    return new ServerBehavior(latency, errorRate, timeLimit, maxQueries, down, rules);
  }

  private static List<QueryRule> rules(JsonNode list) {
    List<QueryRule> rules = new ArrayList<>();
    for (JsonNode rule : list) {
      String contains = rule.path("contains").asText();
      if (contains.isEmpty()) {
        throw new RefusedInputException("Every rule needs a text in 'contains'.");
      }
      rules.add(
          new QueryRule(
              contains,
              rule.path("status").asInt(rule.has("error") ? 400 : 0),
              rule.path("error").asText(),
              rule.path("retryAfter").asInt(),
              SpokenDuration.parse(rule.path("delay").asText("0")),
              strings(rule.path("edit"), "edit"),
              new AtomicInteger(rule.path("times").asInt(Integer.MAX_VALUE))));
    }
    return rules;
  }

  private static Map<String, String> strings(JsonNode object, String name) {
    Map<String, String> strings = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!field.getValue().isTextual()) {
        throw new RefusedInputException("'" + name + "." + field.getKey() + "' must be a string.");
      }
      strings.put(field.getKey(), field.getValue().textValue());
    }
    return strings;
  }
}
