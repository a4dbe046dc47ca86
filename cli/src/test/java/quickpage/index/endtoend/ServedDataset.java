package quickpage.index.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import quickpage.index.local.SandboxProcess;

/** A NeuPrint server in a process of its own, with what it serves as raw neurons. */
final class ServedDataset implements AutoCloseable {
  /** A part of every query for the data of types, and of no other. */
  static final String TYPE_QUERY = "'type' AS part";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String name;
  private final String token = "test-token-" + UUID.randomUUID();
  private final SandboxProcess process;
  private final RawDataset raw;

  private static final Map<String, ServedDataset> SHARED = new HashMap<>();

  /**
   * The one server of a dataset that all tests of this JVM share, since starting one takes longer
   * than most tests; 220 types, 5,500 neurons. It ends with the JVM.
   */
  static synchronized ServedDataset shared(String name) {
    return SHARED.computeIfAbsent(
        name,
        missing -> {
          try {
            Path folder = Files.createTempDirectory("quickpage-index-raw");
            ServedDataset started = generated(name, 220, 5_500, folder);
            for (String file : List.of("neurons.csv", "meta.json", "types.json")) {
              Files.delete(folder.resolve(file));
            }
            Files.delete(folder);
            return started;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Starts a server with generated neurons. */
  static ServedDataset generated(
      String name, int types, int neurons, Path folder, String... flags) {
    List<String> generator =
        List.of(
            "--types",
            Integer.toString(types),
            "--neurons",
            Integer.toString(neurons),
            "--awkward-names",
            "--export",
            folder.toString());
    return new ServedDataset(
        name, folder, Stream.concat(generator.stream(), Stream.of(flags)).toList());
  }

  /** Starts a server with the neurons of {@code neurons.csv} and {@code meta.json} in a folder. */
  static ServedDataset ofFiles(String name, Path folder) {
    return new ServedDataset(
        name,
        folder,
        List.of(
            "--neurons-csv", folder.resolve("neurons.csv").toString(),
            "--meta", folder.resolve("meta.json").toString()));
  }

  private ServedDataset(String name, Path folder, List<String> flags) {
    this.name = name;
    List<String> all = new ArrayList<>(List.of("--dataset", name, "--control"));
    all.addAll(flags);
    process = SandboxProcess.start(token, "512m", all);
    raw = RawDataset.read(name, folder);
    // What an export leaves out, for whoever serves its files has another version.
    ObjectNode meta = (ObjectNode) raw.meta();
    JsonNode version = ask("POST", "/api/custom/custom", version(name)).at("/data/0");
    meta.put("uuid", version.path(0).asText());
    meta.put("lastDatabaseEdit", version.path(1).asText());
  }

  private static JsonNode version(String name) {
    return JSON.createObjectNode()
        .put("dataset", name)
        .put("cypher", "MATCH (m:Meta) RETURN m.uuid, m.lastDatabaseEdit");
  }

  String name() {
    return name;
  }

  String server() {
    return process.server();
  }

  String token() {
    return token;
  }

  RawDataset raw() {
    return raw;
  }

  /** Changes how the server behaves; see the sandbox's {@code /sandbox/control}. */
  void control(Map<String, ?> order) {
    JsonNode answer = ask("POST", "/sandbox/control", JSON.valueToTree(order));
    assertThat(answer).isEmpty();
  }

  /** As it was started: no faults, no rules, the dataset unedited. */
  void calm() {
    control(
        Map.of(
            "latency",
            "0",
            "errorRate",
            0,
            "down",
            false,
            "rules",
            List.of(),
            "meta",
            Map.of(
                "uuid", raw.meta().get("uuid").asText(),
                "lastDatabaseEdit", raw.meta().get("lastDatabaseEdit").asText())));
    forgetQueries();
  }

  void forgetQueries() {
    ask("DELETE", "/sandbox/log", null);
  }

  JsonNode log() {
    return ask("GET", "/sandbox/log", null);
  }

  /** The texts of all queries since {@link #forgetQueries}. */
  List<String> queries() {
    return StreamSupport.stream(log().path("queries").spliterator(), false)
        .map(query -> query.path("cypher").asText())
        .toList();
  }

  /** Those that ask for types' data. */
  List<String> typeQueries() {
    return queries().stream().filter(query -> query.contains(TYPE_QUERY)).toList();
  }

  private JsonNode ask(String method, String path, JsonNode body) {
    BodyPublisher sent =
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server() + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, sent)
            .build();
    try {
      HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
