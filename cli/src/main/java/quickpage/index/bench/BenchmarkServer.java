package quickpage.index.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import quickpage.index.error.RefusedException;
import quickpage.index.json.Json;
import quickpage.index.local.SandboxProcess;

/** The NeuPrint server that all are measured against, in a process of its own on this machine. */
final class BenchmarkServer implements AutoCloseable {
  static final String DATASET = "male-cns:v0.9";

  /** A part of every query for the data of types, and of no other that we send. */
  private static final String TYPE_QUERY = "'type' AS part";

  /** Several datasets' worth of roiInfo fit, as in the memory of a real server. */
  private static final String HEAP = "2g";

  /** The one query for everything may take longer than the minute that a real server allows. */
  private static final String TIME_LIMIT = "600s";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String token = UUID.randomUUID().toString();
  private final SandboxProcess process;
  private int edits;

  BenchmarkServer(DatasetSize size) {
    process =
        SandboxProcess.startForLong(
            token,
            HEAP,
            List.of(
                "--types",
                Integer.toString(size.types()),
                "--neurons",
                Integer.toString(size.neurons()),
                "--dataset",
                DATASET,
                "--awkward-names",
                "--time-limit",
                TIME_LIMIT,
                "--control"));
  }

  String address() {
    return process.server();
  }

  String token() {
    return token;
  }

  /** What a process that asks this server needs in its environment. */
  Map<String, String> environment() {
    return Map.of("NEUPRINT_APPLICATION_CREDENTIALS", token);
  }

  /** From now on every answer comes so much later. */
  void setLatency(int milliseconds) {
    control(Map.of("latency", milliseconds + "ms"));
  }

  /** Gives the dataset a version that it never had. */
  void edit() {
    edits++;
    control(Map.of("meta", Map.of("lastDatabaseEdit", "edit " + edits)));
  }

  private void control(Map<String, ?> order) {
    ask("POST", "/sandbox/control", Json.MAPPER.valueToTree(order));
  }

  void forgetQueries() {
    ask("DELETE", "/sandbox/log", null);
  }

  /** The texts of the queries for types since {@link #forgetQueries}, in the order they came. */
  List<String> typeQueries() {
    List<String> texts = new ArrayList<>();
    for (JsonNode query : ask("GET", "/sandbox/log", null).path("queries")) {
      if (query.path("cypher").asText().contains(TYPE_QUERY)) {
        texts.add(query.path("cypher").asText());
      }
    }
    return texts;
  }

  /** The rows of an answer. */
  JsonNode query(String cypher) {
    return ask(
            "POST",
            "/api/custom/custom",
            Json.MAPPER.createObjectNode().put("cypher", cypher).put("dataset", DATASET))
        .path("data");
  }

  private JsonNode ask(String method, String path, JsonNode body) {
    BodyPublisher sent =
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address() + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .timeout(Duration.ofMinutes(5))
            .method(method, sent)
            .build();
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new RefusedException(
            "The sandbox answered %d to %s: %s"
                .formatted(answer.statusCode(), path, answer.body()));
      }
      return Json.MAPPER.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException("the sandbox does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
