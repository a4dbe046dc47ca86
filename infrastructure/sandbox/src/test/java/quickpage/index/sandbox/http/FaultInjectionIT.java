package quickpage.index.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quickpage.index.sandbox.RunningSandbox;
import quickpage.index.sandbox.connectome.DatasetName;
import quickpage.index.sandbox.connectome.GeneratedConnectome;

class FaultInjectionIT {
  private static final String ENDLESS =
      "UNWIND range(1, 1000000000) AS i WITH i WHERE i % 7 = 8 RETURN count(i)";
  private static RunningSandbox neuprint;

  @BeforeAll
  static void start() {
    neuprint =
        RunningSandbox.of(
            new GeneratedConnectome(DatasetName.parse(RunningSandbox.DATASET), 10, 50, 1, true),
            Optional.of(8L << 20));
  }

  @AfterAll
  static void stop() {
    neuprint.close();
  }

  @BeforeEach
  void calm() {
    neuprint.control(
        Map.of(
            "latency",
            "0",
            "errorRate",
            0,
            "timeLimit",
            "60s",
            "maxQueries",
            50,
            "down",
            false,
            "rules",
            List.of()));
    neuprint.send(neuprint.request("/sandbox/log").DELETE());
  }

  @Test
  void everyAnswerWaitsForTheLatency() {
    neuprint.control(Map.of("latency", "200ms"));

    assertThat(timed(() -> neuprint.get("/api/version"))).isGreaterThanOrEqualTo(200);
    assertThat(timed(() -> neuprint.query("RETURN 1 AS x"))).isGreaterThanOrEqualTo(200);
  }

  @Test
  void aKeptConnectionAnswersWithoutDelay() {
    neuprint.query("RETURN 1 AS x");

    // Nagle's algorithm and delayed acknowledgements would cost 40 ms a request.
    Runnable fiftyRequests =
        () -> {
          for (int i = 0; i < 50; i++) {
            neuprint.get("/api/version");
          }
        };
    assertThat(timed(fiftyRequests)).isLessThan(50 * 40);
  }

  @Test
  void aQueryBeyondTheTimeLimitFailsWithNeo4jsCode() {
    neuprint.control(Map.of("timeLimit", "300ms"));

    HttpResponse<String> answer = neuprint.query(ENDLESS);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("Neo4jError: Neo.ClientError.Transaction.TransactionTimedOut (");
  }

  @Test
  void aQueryThatNeedsTooMuchMemoryFailsAsAfterTheServersRetries() {
    HttpResponse<String> answer =
        neuprint.query("UNWIND range(1, 5000000) AS i RETURN size(collect(toString(i))) AS x");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("TransactionExecutionLimit")
        .contains("Neo.TransientError.General.MemoryPoolOutOfMemoryError");
  }

  @Test
  void moreQueriesThanTheLimitWaitAndSlowEachOtherDown() throws Exception {
    neuprint.control(Map.of("maxQueries", 1, "latency", "50ms"));

    List<HttpResponse<String>> answers = atOnce(4, () -> neuprint.query(spin(20_000)));

    assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(200));
    JsonNode log = log();
    assertThat(log.get("maxInFlight").asInt()).isBetween(2, 4);
    assertThat(log.get("totalQueries").asInt()).isEqualTo(4);
  }

  @Test
  void aCrowdIsTurnedAwayWithRetryAfter() throws Exception {
    neuprint.control(Map.of("maxQueries", 1, "timeLimit", "1s"));

    List<HttpResponse<String>> answers = atOnce(12, () -> neuprint.query(ENDLESS));

    assertThat(answers)
        .filteredOn(answer -> answer.statusCode() == 503)
        .isNotEmpty()
        .allSatisfy(answer -> assertThat(answer.headers().firstValue("Retry-After")).hasValue("1"));
  }

  @Test
  void faultsAreOfEveryKindAndAllOfThemPass() {
    neuprint.control(Map.of("errorRate", 0.9));

    TreeSet<String> seen = new TreeSet<>();
    for (int i = 0; i < 150; i++) {
      seen.add(kind());
    }
    neuprint.control(Map.of("errorRate", 0));

    assertThat(seen)
        .containsExactly(
            "200",
            "400 ConnectivityError",
            "400 Timeout",
            "400 TransientError",
            "429",
            "502",
            "503",
            "504",
            "no answer");
    assertThat(kind()).isEqualTo("200");
  }

  private static String kind() {
    try {
      HttpResponse<String> answer =
          neuprint.trySend(
              neuprint
                  .request("/api/custom/custom")
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString("{\"cypher\": \"RETURN 1 AS x\"}")));
      String kind =
          Stream.of("ConnectivityError", "TransientError", "Timeout")
              .filter(answer.body()::contains)
              .findFirst()
              .map(name -> " " + name)
              .orElse("");
      return answer.statusCode() + (answer.statusCode() == 400 ? kind : "");
    } catch (IOException resetOrTruncated) {
      return "no answer";
    }
  }

  @Test
  void aServerThatIsDownResetsEveryConnection() {
    neuprint.control(Map.of("down", true));

    assertThatThrownBy(() -> neuprint.trySend(neuprint.request("/api/version").GET()))
        .isInstanceOf(IOException.class);

    neuprint.control(Map.of("down", false));
    assertThat(neuprint.get("/api/version").statusCode()).isEqualTo(200);
  }

  @Test
  void aRuleFailsTheQueriesThatMentionAText() {
    neuprint.control(
        Map.of(
            "rules",
            List.of(
                Map.of("contains", "culprit", "error", "too slow", "times", 1),
                Map.of("contains", "LC4", "status", 503, "error", "away", "retryAfter", 7))));

    HttpResponse<String> first = neuprint.query("RETURN 'culprit' AS x");
    HttpResponse<String> second = neuprint.query("RETURN 'culprit' AS x");
    HttpResponse<String> other = neuprint.query("RETURN 'LC4' AS x");

    assertThat(first.statusCode()).isEqualTo(400);
    assertThat(first.body()).isEqualTo("{\"error\":\"too slow\"}");
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(other.statusCode()).isEqualTo(503);
    assertThat(other.headers().firstValue("Retry-After")).hasValue("7");
  }

  @Test
  void theDatasetCanBeEditedAtOnceOrWhenAQueryComes() {
    neuprint.control(
        Map.of(
            "meta", Map.of("lastDatabaseEdit", "first"),
            "rules",
                List.of(
                    Map.of("contains", "trigger", "edit", Map.of("lastDatabaseEdit", "second")))));
    String asked = "MATCH (m:Meta) RETURN m.lastDatabaseEdit";

    assertThat(neuprint.value(asked).asText()).isEqualTo("first");
    assertThat(neuprint.value(asked + " AS trigger").asText()).isEqualTo("second");
    assertThat(neuprint.get("/api/dbmeta/datasets").body()).contains("\"last-mod\":\"second\"");
  }

  @Test
  void testsMayWriteThroughTheControl() {
    neuprint.control(
        Map.of("cypher", "CREATE (:Neuron:`male-cns_Neuron` {bodyId: 5, type: 'new'})"));

    assertThat(neuprint.value("MATCH (n:Neuron {type: 'new'}) RETURN n.bodyId").asLong())
        .isEqualTo(5);
  }

  @Test
  void anUnknownControlIsRefusedAndNothingChanges() {
    HttpResponse<String> answer =
        neuprint.post("/sandbox/control", "{\"latency\": \"9s\", \"colour\": 1}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("There is no control 'colour'.");
    assertThat(timed(() -> neuprint.get("/api/version"))).isLessThan(9_000);
  }

  @Test
  void theLogTellsWhatWasAsked() {
    neuprint.query("RETURN 'one' AS x");
    neuprint.query("RETURN", "nope:v1");
    neuprint.get("/api/version");

    JsonNode log = log();

    assertThat(log.get("requests").toString())
        .contains("\"/api/custom/custom\":2")
        .contains("\"/api/version\":1");
    JsonNode queries = log.get("queries");
    assertThat(queries.get(0).get("cypher").asText()).isEqualTo("RETURN 'one' AS x");
    assertThat(queries.get(0).get("dataset").asText()).isEqualTo(RunningSandbox.DATASET);
    assertThat(queries.get(0).get("rows").asInt()).isEqualTo(1);
    assertThat(queries.get(0).get("inFlight").asInt()).isEqualTo(1);
    assertThat(queries.get(1).get("status").asInt()).isEqualTo(403);
  }

  @Test
  void theControlNeedsTheTokenToo() {
    assertThat(neuprint.send(neuprint.bare("/sandbox/log").GET()).statusCode()).isEqualTo(401);
  }

  private static JsonNode log() {
    return RunningSandbox.tree(neuprint.get("/sandbox/log"));
  }

  /** Keeps the database busy for a moment. */
  private static String spin(int rounds) {
    return "UNWIND range(1, " + rounds + ") AS i WITH i WHERE i % 7 = 1 RETURN count(i)";
  }

  private static long timed(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return Duration.ofNanos(System.nanoTime() - start).toMillis();
  }

  private static <T> List<T> atOnce(int times, Callable<T> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(times);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> done : threads.invokeAll(Collections.nCopies(times, work))) {
        results.add(done.get());
      }
      return results;
    } finally {
      threads.shutdown();
    }
  }
}
