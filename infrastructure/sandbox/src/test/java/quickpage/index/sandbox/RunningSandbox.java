package quickpage.index.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import quickpage.index.sandbox.connectome.Connectome;
import quickpage.index.sandbox.connectome.DatasetName;
import quickpage.index.sandbox.connectome.GeneratedConnectome;
import quickpage.index.sandbox.http.NeuPrintServer;

/** A sandbox for tests and a client that speaks to it over HTTP. */
public final class RunningSandbox implements AutoCloseable {
  public static final String DATASET = "male-cns:v0.9";
  public static final String TOKEN = "right.token";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Sandbox sandbox;
  private final String url;

  private RunningSandbox(Sandbox sandbox) {
    this.sandbox = sandbox;
    this.url = "http://127.0.0.1:" + sandbox.port();
  }

  /** 120 types, so that every awkward name is among them; no latency, no faults. */
  public static RunningSandbox small() {
    return of(
        new GeneratedConnectome(DatasetName.parse(DATASET), 120, 1_200, 7, true), Optional.empty());
  }

  public static RunningSandbox of(Connectome connectome, Optional<Long> transactionMemory) {
    try {
      return new RunningSandbox(
          Sandbox.start(connectome, Optional.empty(), transactionMemory, settings()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public static NeuPrintServer.Settings settings() {
    return new NeuPrintServer.Settings(
        "127.0.0.1", 0, Optional.of(TOKEN), Duration.ZERO, 0, Duration.ofSeconds(60), 50, 3, true);
  }

  public HttpResponse<String> query(String cypher) {
    return query(cypher, DATASET);
  }

  public HttpResponse<String> query(String cypher, String dataset) {
    return post("/api/custom/custom", json(Map.of("cypher", cypher, "dataset", dataset)));
  }

  /** The rows of a query that must succeed. */
  public JsonNode rows(String cypher) {
    HttpResponse<String> answer = query(cypher);
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.body());
    }
    return tree(answer).get("data");
  }

  /** The one value of a query that must give one row of one column. */
  public JsonNode value(String cypher) {
    JsonNode rows = rows(cypher);
    if (rows.size() != 1 || rows.get(0).size() != 1) {
      throw new AssertionError("not one value: " + rows);
    }
    return rows.get(0).get(0);
  }

  public void control(Map<String, Object> order) {
    HttpResponse<String> answer = post("/sandbox/control", json(order));
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.body());
    }
  }

  public HttpResponse<String> post(String path, String body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  public HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  public HttpRequest.Builder request(String path) {
    return bare(path).header("Authorization", "Bearer " + TOKEN);
  }

  /** A request without a token. */
  public HttpRequest.Builder bare(String path) {
    return HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(90));
  }

  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return trySend(request);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public HttpResponse<String> trySend(HttpRequest.Builder request) throws IOException {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException(stopped);
    }
  }

  public static JsonNode tree(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException notJson) {
      throw new AssertionError(answer.body(), notJson);
    }
  }

  public static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
