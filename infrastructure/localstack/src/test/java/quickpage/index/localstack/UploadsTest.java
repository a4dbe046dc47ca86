package quickpage.index.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quickpage.index.embedded.local.LocalRun;
import quickpage.index.embedded.workflow.ExecutionResult;
import quickpage.index.embedded.workflow.WorkflowListener;
import quickpage.index.model.Json;
import quickpage.index.neuprint.NeuPrintClients;
import quickpage.index.neuprint.TokenSource;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Pages are uploaded; the index follows. */
class UploadsTest {

  private static DeployedSite site;

  @TempDir Path folder;

  @BeforeAll
  static void deploy() {
    site = DeployedSite.shared();
  }

  @BeforeEach
  void settle() {
    site.neuPrint().calm();
    site.settle();
  }

  @Test
  void publishesWhatOneMachinePublishesOfTheSamePages() throws IOException {
    List<String> types = site.neuPrint().types();
    Instant before = Instant.now();
    types.forEach(type -> site.upload("types/" + type + ".html"));

    List<ExecutionListItem> runs = site.ended(1, before);

    assertThat(runs).singleElement().satisfies(UploadsTest::startedByUploads);
    Map<String, byte[]> published = site.published();
    // The folder gets the pages as they are in the bucket, and the names that are no page.
    for (String type : types) {
      Path page = folder.resolve("site/types/" + type + ".html");
      Files.createDirectories(page.getParent());
      Files.write(page, published.get("types/" + type + ".html"));
    }
    ExecutionResult here =
        new LocalRun(
                folder.resolve("site"),
                folder.resolve("site"),
                folder.resolve("cache"),
                site.neuPrint().serverHere(),
                site.neuPrint().dataset(),
                Json.MAPPER.createObjectNode(),
                new NeuPrintClients(new GivenToken(site.neuPrint().token())))
            .execute(WorkflowListener.NONE)
            .result();
    assertThat(here.status()).as(here.cause()).isEqualTo(ExecutionResult.Status.SUCCEEDED);

    Map<String, String> expected = masked(bytes(folder.resolve("site")));
    assertThat(masked(published)).isEqualTo(expected);
    assertThat(expected).containsKeys("types.html", "index.html", "data/index.json");
    assertThat(Json.MAPPER.readTree(published.get("data/index.json")).path("types"))
        .hasSizeGreaterThanOrEqualTo(types.size());
  }

  private static void startedByUploads(ExecutionListItem run) {
    assertThat(run.name()).startsWith("upload-");
    assertThat(run.status())
        .as(() -> site.describe(run.executionArn()).cause())
        .isEqualTo(ExecutionStatus.SUCCEEDED);
  }

  /** The text of each file without the time of its run and the server's address. */
  private static Map<String, String> masked(Map<String, byte[]> files) throws IOException {
    String generatedAt =
        Json.MAPPER.readTree(files.get("data/index.json")).path("generatedAt").asText();
    String spaced = generatedAt.substring(0, 10) + " " + generatedAt.substring(11, 19);
    Map<String, String> masked = new TreeMap<>();
    files.forEach(
        (path, bytes) ->
            masked.put(
                path,
                new String(bytes, StandardCharsets.ISO_8859_1)
                    .replace(generatedAt, "TIME")
                    .replace(spaced, "TIME")
                    .replace(site.neuPrint().server(), "SERVER")
                    .replace(site.neuPrint().serverHere(), "SERVER")));
    return masked;
  }

  private static Map<String, byte[]> bytes(Path root) throws IOException {
    Map<String, byte[]> bytes = new TreeMap<>();
    try (var files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String path = root.relativize(file).toString();
        if (!path.startsWith(".quickpage-index")) {
          bytes.put(path, Files.readAllBytes(file));
        }
      }
    }
    return bytes;
  }

  private record GivenToken(String token) implements TokenSource {
    @Override
    public String reread() {
      return token;
    }

    @Override
    public String origin() {
      return "the test";
    }
  }
}
