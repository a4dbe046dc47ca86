package quickpage.index.sandbox.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import quickpage.index.sandbox.connectome.DatasetName;
import quickpage.index.sandbox.graph.NeuronGraph;
import quickpage.index.sandbox.graph.QueryFailedException;
import quickpage.index.sandbox.graph.RowVisitor;

/** {@code POST /api/custom/custom}: runs whatever read-only Cypher it is sent. */
final class QueryEndpoint {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] COMMA = {','};

  private final NeuronGraph graph;
  private final DatasetName dataset;
  private final long seed;
  private final AtomicLong answers = new AtomicLong();

  QueryEndpoint(NeuronGraph graph, DatasetName dataset, long seed) {
    this.graph = graph;
    this.dataset = dataset;
    this.seed = seed;
  }

  /**
   * What was asked.
   *
   * @param dataset empty if the request names none: then no label is rewritten
   */
  record Question(String cypher, String dataset) {}

  /**
   * Reads a request's body.
   *
   * @return empty if the body is not an object with the strings {@code cypher} and {@code dataset},
   *     or is not declared as JSON
   */
  static Optional<Question> parse(String contentType, byte[] body) {
    if (body.length == 0) {
      return Optional.of(new Question("", ""));
    }
    if (contentType == null || !contentType.startsWith("application/json")) {
      return Optional.empty();
    }
    try {
      JsonNode request = JSON.readTree(new String(body, StandardCharsets.UTF_8));
      if (request == null || !request.isObject()) {
        return Optional.empty();
      }
      Optional<String> cypher = text(request, "cypher");
      Optional<String> dataset = text(request, "dataset");
      return cypher.isPresent() && dataset.isPresent()
          ? Optional.of(new Question(cypher.get(), dataset.get()))
          : Optional.empty();
    } catch (JsonProcessingException malformed) {
      return Optional.empty();
    }
  }

  /** Empty text for a missing or null field, nothing for one of another type. */
  private static Optional<String> text(JsonNode request, String name) {
    for (Map.Entry<String, JsonNode> field : request.properties()) {
      if (field.getKey().toLowerCase(Locale.ROOT).equals(name) && !field.getValue().isNull()) {
        return field.getValue().isTextual()
            ? Optional.of(GoJson.wellFormed(field.getValue().textValue()))
            : Optional.empty();
      }
    }
    return Optional.of("");
  }

  /** An answer and how many rows it has. */
  record Answer(Reply reply, int rows) {}

  Answer answer(Question question, ServerBehavior behavior) {
    boolean known =
        question.dataset().isEmpty() || question.dataset().equalsIgnoreCase(dataset.toString());
    if (!known) {
      return new Answer(Reply.message(403, ServerTexts.UNKNOWN_DATASET), 0);
    }
    String cypher = asRun(question);
    try {
      Rows rows = new Rows();
      graph.read(cypher, behavior.timeLimit(), rows);
      return new Answer(rows.reply(cypher), rows.encoded.size());
    } catch (QueryFailedException failure) {
      return new Answer(
          Reply.error(ServerTexts.queryFailed(failure.code(), failure.getMessage())), 0);
    } catch (GoJson.UnwritableException nan) {
      return new Answer(Reply.message(500, ServerTexts.INTERNAL_ERROR), 0);
    }
  }

  /**
   * The query with the labels of the dataset that it names. A name in the wrong case gives labels
   * that no node has, so there are no rows; nothing else in the server looks at it.
   */
  private String asRun(Question question) {
    String name = question.dataset();
    if (name.isEmpty()) {
      return question.cypher();
    }
    int colon = name.indexOf(':');
    String root = colon < 0 ? name : name.substring(0, colon);
    boolean onlyTheTagIsMisspelt = root.equals(dataset.root()) && !name.equals(dataset.toString());
    return LabelRewriting.rewrite(question.cypher(), onlyTheTagIsMisspelt ? name : root);
  }

  /** Encodes each row as it comes, since its values end with the transaction. */
  private final class Rows implements RowVisitor {
    private final List<byte[]> encoded = new ArrayList<>();
    private List<String> columns = List.of();

    @Override
    public void columns(List<String> names) {
      columns = names;
    }

    @Override
    public void row(Object[] values) {
      encoded.add(GoJson.bytes(Arrays.asList(values)));
    }

    Reply reply(String cypher) {
      if (!RowOrder.isFixed(cypher)) {
        // Neo4j mostly returns rows in the order of loading; nobody may come to rely on it.
        Collections.shuffle(encoded, new Random(seed + answers.getAndIncrement()));
      }
      List<byte[]> pieces = new ArrayList<>(2 * encoded.size() + 2);
      pieces.add(
          ("{\"columns\":" + text(columns) + ",\"data\":[").getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < encoded.size(); i++) {
        if (i > 0) {
          pieces.add(COMMA);
        }
        pieces.add(encoded.get(i));
      }
      pieces.add(("],\"debug\":" + text(cypher) + "}\n").getBytes(StandardCharsets.UTF_8));
      return Reply.json(pieces);
    }

    private String text(Object value) {
      return new String(GoJson.bytes(value), StandardCharsets.UTF_8);
    }
  }
}
