package quickpage.index.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import quickpage.index.json.Json;
import quickpage.index.local.SandboxProcess;

/** The NeuPrint server that the deployed functions ask. */
final class SandboxForLambdas implements AutoCloseable {
  /** A part of every query for the data of types, and of no other. */
  static final String TYPE_QUERY = "'type' AS part";

  private static final int TYPES = 40;
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z]+[0-9]+[a-z]?");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String token = "sandbox-" + UUID.randomUUID();
  private final String dataset;
  private final String forFunctions;
  private final SandboxProcess process;
  private final List<String> types;

  SandboxForLambdas(String dataset, LocalStack localStack) {
    this.dataset = dataset;
    try {
      Path export = Files.createTempDirectory("quickpage-index-localstack");
      List<String> flags =
          new ArrayList<>(List.of("--dataset", dataset, "--types", Integer.toString(TYPES)));
      flags.addAll(
          List.of(
              "--neurons", "400", "--awkward-names", "--control", "--export", export.toString()));
      if (localStack.inContainer()) {
        flags.addAll(List.of("--bind", "0.0.0.0"));
      }
      process = SandboxProcess.start(token, "512m", flags);
      types =
          StreamSupport.stream(
                  Json.MAPPER.readTree(export.resolve("types.json").toFile()).spliterator(), false)
              .map(type -> type.isTextual() ? type.asText() : type.path("type").asText())
              .filter(type -> PLAIN.matcher(type).matches())
              .sorted()
              .toList();
      try (Stream<Path> files = Files.list(export)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(export);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    forFunctions =
        "http://%s:%d".formatted(localStack.hostOfTests(), URI.create(process.server()).getPort());
  }

  String dataset() {
    return dataset;
  }

  String token() {
    return token;
  }

  /** Its address from a function. */
  String server() {
    return forFunctions;
  }

  /** Its address from this JVM. */
  String serverHere() {
    return "http://127.0.0.1:" + URI.create(process.server()).getPort();
  }

  /** Those with a name that is a file's name as well, in order. */
  List<String> types() {
    return types;
  }

  /** Changes how it behaves; see the sandbox's {@code /sandbox/control}. */
  void control(Map<String, ?> order) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(serverHere() + "/sandbox/control"))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(Json.MAPPER.valueToTree(order).toString()))
            .build();
    try {
      HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      JsonNode nothing = Json.MAPPER.readTree(answer.body());
      assertThat(nothing).isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** As it was started. */
  void calm() {
    control(Map.of("latency", "0", "down", false, "rules", List.of()));
  }

  @Override
  public void close() {
    process.close();
  }
}
