package quickpage.index.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quickpage.index.json.Json;
import quickpage.index.local.LocalRun;
import quickpage.index.neuprint.client.NeuPrintClients;
import quickpage.index.neuprint.token.TokenSource;
import quickpage.index.workflow.ExecutionResult;
import quickpage.index.workflow.WorkflowListener;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Pages are uploaded; the index follows. */
@NeedsLocalStack
class UploadsIT {

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

    assertThat(runs).singleElement().satisfies(UploadsIT::startedByUploads);
    Map<String, byte[]> published = site.published();
    // Other tests may have left more pages there.
    for (String key : published.keySet()) {
      if (key.startsWith("types/")) {
        Path page = folder.resolve("site").resolve(key);
        Files.createDirectories(page.getParent());
        Files.write(page, published.get(key));
      }
    }
    // What the stack's parameters say.
    Files.writeString(
        folder.resolve("site/quickpage-index.json"),
        """
        {"title": "From the stack",
         "links": [{"text": "Lab", "address": "https://lab.example/?a=b"},
                   {"text": "Methods", "address": "methods.html"}]}
        """);
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

    Files.delete(folder.resolve("site/quickpage-index.json"));

    Map<String, String> expected = masked(bytes(folder.resolve("site")));
    Map<String, String> there = new HashMap<>(masked(published));
    Set<String> more = new HashSet<>(there.keySet());
    more.removeAll(expected.keySet());
    // Files with hashed names stay for two more publications, and other tests have published.
    assertThat(more).allMatch(key -> key.startsWith("static/index/"));
    there.keySet().retainAll(expected.keySet());
    assertThat(there).isEqualTo(expected);
    assertThat(expected).containsKeys("types.html", "index.html", "data/index.json");
    assertThat(Json.MAPPER.readTree(published.get("data/index.json")).path("types"))
        .hasSizeGreaterThanOrEqualTo(types.size());
  }

  @Test
  void startsExactlyOneMoreRunForPagesThatCameWhileOneWasAtWork() {
    uploadPages(3);
    String added = site.neuPrint().types().get(3);
    site.remove("types/" + added + ".html");
    site.settle();
    site.neuPrint().control(Map.of("latency", "3s"));
    Instant before = Instant.now();
    String byHand = site.start("{\"options\":{\"refresh\":true}}");
    DeployedSite.await("its lease", site::isLeased);
    // The plan asks NeuPrint before it lists the pages, so the first of these it may see itself.
    DeployedSite.await("its batches", () -> site.wasWritten(byHand, "batches-"));
    site.upload("types/" + added + ".html");
    site.neuPrint().calm();

    assertThat(site.end(byHand).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(site.hasPageOf(added)).isFalse();
    assertThat(site.ended(2, before).get(1)).satisfies(UploadsIT::startedByUploads);
    assertThat(site.hasPageOf(added)).isTrue();
    staysAt(2, before);
  }

  @Test
  void startsOneRunForTwoThousandUploads() throws InterruptedException {
    List<String> types = site.neuPrint().types();
    Instant before = Instant.now();
    ExecutorService uploaders = Executors.newFixedThreadPool(8);
    Set<String> pages = new HashSet<>();
    for (int i = 0; i < 2_000; i++) {
      String key = "types/%s_%s.html".formatted(types.get(i % types.size()), "LRM".charAt(i % 3));
      pages.add(key);
      uploaders.execute(() -> site.upload(key));
    }
    uploaders.shutdown();
    assertThat(uploaders.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
    Instant last = Instant.now();

    assertThat(site.ended(1, before))
        .singleElement()
        .satisfies(
            run -> {
              startedByUploads(run);
              assertThat(run.startDate())
                  .isAfterOrEqualTo(last.plus(DeployedSite.QUIET).minusSeconds(2));
            });
    String index = site.index().toString();
    assertThat(pages).allSatisfy(page -> assertThat(index).contains("\"" + page + "\""));
    staysAt(1, before);
  }

  @Test
  void setsAMessageThatIsNoneAsideAndGoesOn() {
    String broken = "{\"this\": \"is no message\"}";
    site.triesAgainAfter(Duration.ofSeconds(2));
    try {
      Instant before = Instant.now();
      site.send(broken);
      uploadPages(3);

      assertThat(site.ended(1, before)).singleElement().satisfies(UploadsIT::startedByUploads);
      DeployedSite.await("the dead letter", () -> site.deadLetters().contains(broken));
    } finally {
      site.triesAgainAfter(Duration.ofSeconds(190));
    }
  }

  private static void uploadPages(int pages) {
    site.neuPrint()
        .types()
        .subList(0, pages)
        .forEach(type -> site.upload("types/" + type + ".html"));
  }

  /** Nothing more starts in the time that it would take. */
  private static void staysAt(int runs, Instant since) {
    site.settle();
    DeployedSite.pause(DeployedSite.QUIET.plusSeconds(10));
    assertThat(site.runsSince(since)).hasSize(runs);
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
