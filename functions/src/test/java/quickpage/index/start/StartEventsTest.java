package quickpage.index.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.json.Json;
import quickpage.index.lambda.Invocations;
import quickpage.index.lease.EndedRun;
import quickpage.index.lease.Lease;
import quickpage.index.lease.PendingUploads;
import quickpage.index.lease.RunOutcome;
import quickpage.index.model.DatasetVersion;

/** The S3 and SQS events in {@code events/} are what the start stage takes. */
class StartEventsTest {

  private static final Path EVENTS = Path.of("../events");
  private static final Instant UPLOADED = Instant.parse("2026-11-22T10:00:00Z");

  private final SimulatedSite site = new SimulatedSite();

  StartEventsTest() {
    site.now = UPLOADED.plusSeconds(5);
  }

  private static List<Path> files(String folder, String begin) throws IOException {
    try (Stream<Path> files = Files.list(EVENTS.resolve(folder))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(begin))
          .sorted()
          .toList();
    }
  }

  static List<Path> handlerInputs() throws IOException {
    return files("handlers", "start-");
  }

  static List<Path> messages() throws IOException {
    return Stream.concat(files("s3", "").stream(), files("sqs", "").stream()).toList();
  }

  private JsonNode call(Path event) throws IOException {
    return call(Files.readAllBytes(event));
  }

  private JsonNode call(byte[] event) throws IOException {
    var answer = new ByteArrayOutputStream();
    new StartRunHandler(site.stage)
        .handleRequest(new ByteArrayInputStream(event), answer, Invocations.with(30_000));
    return Json.MAPPER.readTree(answer.toByteArray());
  }

  @ParameterizedTest
  @MethodSource("messages")
  void everyMessageIsUnderstood(Path message) throws IOException, MalformedMessageException {
    assertThat(UploadEvent.read(Files.readString(message))).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("handlerInputs")
  void everyHandlerInputIsDoneWith(Path event) throws IOException {
    assertThat(call(event)).isEqualTo(Json.MAPPER.readTree("{\"batchItemFailures\": []}"));
  }

  @Test
  void theHandlerInputsHoldTheVeryMessages() throws IOException {
    Set<JsonNode> known = new HashSet<>();
    for (Path message : messages()) {
      known.add(Json.MAPPER.readTree(message.toFile()));
    }
    List<JsonNode> held = new ArrayList<>();
    for (Path input : handlerInputs()) {
      for (JsonNode message : Json.MAPPER.readTree(input.toFile()).path("Records")) {
        held.add(Json.MAPPER.readTree(message.path("body").asText()));
      }
    }
    assertThat(new HashSet<>(held)).isEqualTo(known);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "start-upload.json",
        "start-deleted.json",
        "start-deleted-permanently.json",
        "start-expired.json",
        "start-settings-replaced.json",
        "start-several.json"
      })
  void aChangedPageIsMarked(String event) throws IOException {
    call(EVENTS.resolve("handlers").resolve(event));

    assertThat(site.uploads().changes().first()).isEqualTo(UPLOADED);
    assertThat(site.queue)
        .extracting(SimulatedSite.Sent::due)
        .containsExactly(site.now.plus(SimulatedSite.QUIET));
  }

  @ParameterizedTest
  @ValueSource(strings = {"start-version-deleted.json", "start-version-expired.json"})
  void aRemovedVersionIsMarkedOnlyIfThePagesAreOthers(String event) throws IOException {
    site.now = UPLOADED.minusSeconds(60);
    site.begin("by-a-person");
    site.untilQuiet();
    site.now = UPLOADED.plusSeconds(5);
    call(EVENTS.resolve("handlers").resolve(event));
    assertThat(site.uploads().waiting()).isFalse();

    site.pages = "another";
    call(EVENTS.resolve("handlers").resolve(event));
    assertThat(site.uploads().pending()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "start-index-page-replaced.json, types.html",
    "start-index-data-deleted.json, data/index.json",
    "start-index-asset-deleted.json, static/index/page-3f2a19c0.js"
  })
  void aFileOfTheIndexIsMarkedOnlyIfReadersLackIt(String event, String path) throws IOException {
    call(EVENTS.resolve("handlers").resolve(event));
    assertThat(site.uploads().waiting()).isFalse();

    site.damaged = Set.of("another.html", path);
    call(EVENTS.resolve("handlers").resolve(event));
    assertThat(site.uploads().changes().first()).isEqualTo(UPLOADED);
  }

  @Test
  void aStoppedExecutionsLeaseIsReleased() throws IOException {
    site.lease =
        new Lease(
            SimulatedSite.arn("example-run"), "example-run", site.now, site.now.plusSeconds(9));
    call(EVENTS.resolve("handlers/start-stopped.json"));

    assertThat(site.held()).isEmpty();
  }

  @Test
  void anEditedDatasetIsMarked() throws IOException {
    site.item.set(
        PendingUploads.NONE.ended(
            new EndedRun("by-a-person", true),
            new RunOutcome.Published(new DatasetVersion("cns:v1", "5a3f", "2025-12-31")),
            site.now));
    call(EVENTS.resolve("handlers/start-dataset.json"));

    assertThat(site.uploads().changes().first()).isEqualTo(site.now);
  }

  @Test
  void theTokensLifeIsToldWhenTheScheduleAsksAndNothingIsStarted() throws IOException {
    AtomicInteger told = new AtomicInteger();
    StartRunHandler handler = new StartRunHandler(site.stage, told::incrementAndGet);
    for (String event : List.of("start-token.json", "start-tick.json")) {
      handler.handleRequest(
          Files.newInputStream(EVENTS.resolve("handlers").resolve(event)),
          new ByteArrayOutputStream(),
          Invocations.with(30_000));
    }

    assertThat(told).hasValue(1);
    assertThat(site.uploads().waiting()).isFalse();
  }

  @Test
  void neuPrintIsNotWaitedForUntilTheFunctionIsEnded() throws IOException {
    Instant before = Instant.now();
    call(EVENTS.resolve("handlers/start-dataset.json"));

    assertThat(site.askedUntil).isBetween(before, Instant.now().plusSeconds(20));
  }

  @Test
  void aLeaseThatWasTakenAfterTheStopIsReleasedByTheLaterMessage() throws IOException {
    site.lease =
        new Lease(
            SimulatedSite.arn("example-run"), "example-run", site.now, site.now.plusSeconds(9));
    call(EVENTS.resolve("handlers/start-ended.json"));

    assertThat(site.held()).isEmpty();
    assertThat(site.queue).isEmpty();
  }

  @Test
  void aMessageThatCannotBeActedOnIsNamedAlone() throws IOException {
    String event =
        Files.readString(EVENTS.resolve("handlers/start-several.json"))
            .replace("Object Deleted", "Object Eaten");

    assertThat(call(event.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(
            Json.MAPPER.readTree(
                "{\"batchItemFailures\": [{\"itemIdentifier\":"
                    + " \"059f36b4-87a3-44ab-83d2-661970000002\"}]}"));
    assertThat(site.uploads().pending()).isTrue();
  }

  @Test
  void whatIsNoEventOfSqsIsAnError() {
    assertThatThrownBy(() -> call("{}".getBytes(StandardCharsets.UTF_8)))
        .hasMessage("This is no event of SQS: it has no list Records.");
  }
}
