package quickpage.index.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

/**
 * A server between a run and NeuPrint that remembers NeuPrint's answers, by query, and spoils those
 * to one kind of query.
 */
final class SpoilingProxy implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Which query a request asks. */
  enum Question {
    DATASETS,
    VERSION,
    TYPES,
    META,
    SIDE_PROPERTIES,
    DESCRIBE,
    DESCRIBE_PLAINLY;

    static Question of(String cypher) {
      if (cypher == null) {
        return DATASETS;
      }
      if (cypher.contains(ServedDataset.TYPE_QUERY)) {
        return cypher.contains("'roiInfo' AS part") ? DESCRIBE_PLAINLY : DESCRIBE;
      }
      if (cypher.contains("collect([type, neurons])")) {
        return TYPES;
      }
      if (cypher.contains("m.primaryRois AS primaryRois")) {
        return META;
      }
      return cypher.contains("OPTIONAL MATCH (n:Neuron)") ? SIDE_PROPERTIES : VERSION;
    }
  }

  /** What the proxy answers instead. */
  interface Spoiler {
    void answer(HttpExchange exchange, byte[] right) throws IOException;
  }

  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpServer server;
  private final String neuPrint;
  private final Map<String, byte[]> answers = new ConcurrentHashMap<>();
  private Question spoiled;
  private Spoiler spoiler;
  private int times;

  SpoilingProxy(String neuPrint) throws IOException {
    this.neuPrint = neuPrint;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::handle);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** From now on, so many answers to a question are spoiled. */
  synchronized void spoil(Question question, int howOften, Spoiler how) {
    spoiled = question;
    times = howOften;
    spoiler = how;
  }

  /** An answer with another body. */
  static Spoiler body(UnaryOperator<String> change) {
    return (exchange, right) ->
        send(
            exchange,
            change
                .apply(new String(right, StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8));
  }

  /** An answer that goes on with the same bytes for so many megabytes, compressed. */
  static Spoiler unfolding(String begin, String again, int megabytes) {
    return (exchange, right) -> {
      ByteArrayOutputStream small = new ByteArrayOutputStream();
      byte[] block = again.repeat((1 << 20) / again.length()).getBytes(StandardCharsets.UTF_8);
      try (OutputStream out = new GZIPOutputStream(small)) {
        out.write(begin.getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < megabytes; i++) {
          out.write(block);
        }
      }
      exchange.getResponseHeaders().add("Content-Encoding", "gzip");
      send(exchange, small.toByteArray());
    };
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] request = exchange.getRequestBody().readAllBytes();
      JsonNode json = request.length == 0 ? null : JSON.readTree(request);
      String cypher = json == null ? null : json.path("cypher").asText();
      if (Question.of(cypher) == Question.DESCRIBE && lacksApoc()) {
        byte[] error =
            "{\"error\": \"Neo.ClientError.Statement.SyntaxError (Unknown function)\"}"
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(400, error.length);
        exchange.getResponseBody().write(error);
        return;
      }
      byte[] right = right(exchange, request, cypher);
      Spoiler how = howToAnswer(Question.of(cypher));
      if (how == null) {
        send(exchange, right);
      } else {
        how.answer(exchange, right);
      }
    }
  }

  /** While the plain form is spoiled, it is the only one that is answered. */
  private synchronized boolean lacksApoc() {
    return spoiled == Question.DESCRIBE_PLAINLY;
  }

  private synchronized Spoiler howToAnswer(Question question) {
    if (question != spoiled || times == 0) {
      return null;
    }
    times--;
    return spoiler;
  }

  /** As NeuPrint answers; the comment before a query names the run and decides nothing. */
  private byte[] right(HttpExchange exchange, byte[] request, String cypher) throws IOException {
    String key = cypher == null ? "" : cypher.replaceFirst("(?s)^/\\*.*?\\*/", "");
    byte[] known = answers.get(key);
    if (known != null) {
      return known;
    }
    HttpRequest.Builder asked =
        HttpRequest.newBuilder(URI.create(neuPrint + exchange.getRequestURI()))
            .header("Authorization", exchange.getRequestHeaders().getFirst("Authorization"))
            .header("Content-Type", "application/json");
    try {
      HttpResponse<byte[]> answer =
          http.send(
              (cypher == null
                      ? asked.GET()
                      : asked.POST(HttpRequest.BodyPublishers.ofByteArray(request)))
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new IOException("NeuPrint answered " + answer.statusCode());
      }
      answers.put(key, answer.body());
      return answer.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static void send(HttpExchange exchange, byte[] body) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
