package quickpage.index.neuprint.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quickpage.index.neuprint.client.ScriptedServer.error;
import static quickpage.index.neuprint.client.ScriptedServer.question;
import static quickpage.index.neuprint.client.ScriptedServer.usual;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.error.DatasetEditedException;
import quickpage.index.model.SideCounts;
import quickpage.index.model.SynapseCounts;
import quickpage.index.model.TypeFacts;
import quickpage.index.model.roi.RoiSum;
import quickpage.index.neuprint.DescribeListener;
import quickpage.index.neuprint.TypeQuestion;
import quickpage.index.neuprint.client.ScriptedServer.Heard;
import quickpage.index.neuprint.client.ScriptedServer.Query;

@Timeout(60)
public class TypeDescriptionJobTest {
  private static final String CONTENT =
      "failed to execute query: Neo4jError: Neo.ClientError.Procedure.ProcedureCallFailed (x)";
  private static final String TIME =
      "failed to execute query: Neo4jError: Neo.ClientError.Transaction.TransactionTimedOut (x)";
  private static final String NO_APOC =
      "Neo4jError: Neo.ClientError.Statement.SyntaxError (Unknown function 'apoc.convert')";

  private static List<String> types(int count) {
    return IntStream.range(0, count).mapToObj("T%03d"::formatted).toList();
  }

  /** A server's script, what was heard, and the client's count, in one. */
  private record Told(ScriptedServer server, Heard heard, NeuPrintClient client) {}

  private static Told describe(Function<Query, MockResponse> script, TypeQuestion question) {
    ScriptedServer server = new ScriptedServer(script);
    try (server;
        NeuPrintClient client = server.client().build()) {
      Heard heard = new Heard();
      client.describe(question, heard);
      return new Told(server, heard, client);
    }
  }

  @Test
  void describesManyTypesWithOneQuery() {
    Told told = describe(query -> null, question(types(40), null));
    assertThat(told.server().queries).hasSize(1);
    assertThat(told.heard().facts).hasSize(40);
    var facts = told.heard().facts.get("T007");
    assertThat(facts.counts()).isEqualTo(new SideCounts(1, 1, 0, 0));
    assertThat(facts.synapses()).isEqualTo(new SynapseCounts(3, 4));
    assertThat(facts.rois()).containsExactly(new RoiSum("ME(R)", 3, 4));
    assertThat(told.client().statistics().typeQueries()).isEqualTo(1);
  }

  @Test
  void asksNoMoreTypesInAQueryThanItIsTold() {
    Told told = describe(query -> null, question(types(10), 4));
    assertThat(told.server().queries).extracting(q -> q.types().size()).containsExactly(4, 4, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {CONTENT, TIME})
  void cutsAFailingQueryUntilTheCulpritStandsAlone(String failure) {
    Told told =
        describe(
            query -> query.types().contains("T011") ? error(failure) : null,
            question(types(16), 16));
    assertThat(told.heard().facts).hasSize(15).doesNotContainKey("T011");
    assertThat(told.heard().unavailable).containsOnlyKeys("T011");
    assertThat(told.heard().unavailable.get("T011")).startsWith("NeuPrint ").endsWith(").");
    // 16, 8, 4, 2 and 1 with the culprit (and 1 without APOC), 8, 4, 2 and 1 without it.
    assertThat(told.server().queries).hasSize(10);
    assertThat(told.client().statistics().splits()).isEqualTo(4);
    assertThat(told.client().statistics().retries()).isZero();
  }

  @Test
  void takesAnAnswerWithNotANumberForSomeTypesFault() {
    Told told =
        describe(
            query ->
                query.types().contains("T003")
                    ? ScriptedServer.answer(500, "{\"message\": \"Internal Server Error\"}")
                    : null,
            question(types(8), 8));
    assertThat(told.heard().unavailable).containsOnlyKeys("T003");
  }

  @Test
  void repeatsABusyServerAndCutsNothing() {
    AtomicInteger asked = new AtomicInteger();
    Told told =
        describe(
            query ->
                asked.incrementAndGet() <= 3
                    ? error("Timeout experienced. This could be due to database traffic")
                    : null,
            question(types(8), 8));
    assertThat(told.heard().facts).hasSize(8);
    assertThat(told.client().statistics().splits()).isZero();
    assertThat(told.client().statistics().retries()).isEqualTo(3);
  }

  @Test
  void makesTheTypesOfAQueryUnavailableWhenItsRepeatsAreExhausted() {
    Told told =
        describe(
            query -> query.types().contains("T000") ? ScriptedServer.answer(503, "") : null,
            question(types(8), 4));
    assertThat(told.heard().facts).containsOnlyKeys("T004", "T005", "T006", "T007");
    assertThat(told.heard().unavailable.get("T003"))
        .isEqualTo("NeuPrint was busy or away (503) in 8 attempts.");
  }

  @Test
  void doesNotWaitForHoursForAServerThatIsDown() {
    Told told = describe(query -> ScriptedServer.answer(502, ""), question(types(400), 4));
    assertThat(told.heard().unavailable).hasSize(400);
    // 100 queries of 8 attempts would be 800 requests and 25 minutes.
    Duration waited = told.server().waits.stream().reduce(Duration.ZERO, Duration::plus);
    assertThat(waited).isBetween(Duration.ofSeconds(80), Duration.ofMinutes(4));
    assertThat(told.server().queries.size()).isLessThan(80);
  }

  @Test
  void findsAReadableRoiInfoThatApocCouldNotRead() {
    Told told =
        describe(
            query -> query.usesApoc() && query.types().contains("T002") ? error(CONTENT) : null,
            question(types(4), 4));
    assertThat(told.heard().facts).hasSize(4);
    assertThat(told.heard().facts.get("T002").rois()).containsExactly(new RoiSum("ME(R)", 3, 4));
  }

  @Test
  void asksAServerWithoutApocPlainlyAndRemembersIt() {
    ScriptedServer server = new ScriptedServer(query -> query.usesApoc() ? error(NO_APOC) : null);
    try (server;
        NeuPrintClient client = server.client().build()) {
      Heard heard = new Heard();
      client.describe(question(types(8), 4), heard);
      client.describe(question(List.of("U1"), 4), heard);
      assertThat(heard.facts).hasSize(9);
      assertThat(server.queries)
          .extracting(Query::usesApoc)
          .containsExactly(true, false, false, false);
    }
  }

  @Test
  void namesTheTypeWhoseRoiInfoNobodyCanRead() {
    Told told =
        describe(
            query -> {
              if (query.usesApoc() && query.types().contains("T001")) {
                return error(CONTENT);
              }
              var rows = ScriptedServer.usualRows(query);
              rows.replaceAll(
                  row ->
                      "roiInfo".equals(row.get(0))
                          ? List.of("roiInfo", row.get(1), List.of(10_007, "{oops"))
                          : row);
              return ScriptedServer.rows(rows);
            },
            question(types(2), 2));
    assertThat(told.heard().facts).containsOnlyKeys("T000");
    assertThat(told.heard().unavailable.get("T001"))
        .isEqualTo(
            "Its data in NeuPrint cannot be understood: the roiInfo of one of its neurons is not"
                + " readable.");
  }

  @Test
  void asksNoRoisOfTypesThatAreNotToHaveThem() {
    TypeQuestion some = question(types(2), null);
    TypeQuestion none =
        new TypeQuestion(
            some.version(),
            some.sideRule(),
            some.primaryRois(),
            List.of(new TypeQuestion.TypeToAsk("T000", 1, false)),
            null,
            1,
            some.deadline());
    Told told = describe(query -> null, none);
    assertThat(told.server().queries).extracting(Query::usesApoc).containsExactly(false);
    assertThat(told.heard().facts.get("T000").roisKnown()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void aRefusalInTheMiddleMakesTheRestUnavailableAtOnce(int status) {
    Told told =
        describe(
            query ->
                query.types().contains("T004")
                    ? ScriptedServer.answer(status, "{\"message\": \"no\"}")
                    : null,
            question(types(12), 4));
    assertThat(told.heard().facts).hasSize(4);
    assertThat(told.heard().unavailable).hasSize(8);
    assertThat(told.heard().unavailable.values())
        .allSatisfy(reason -> assertThat(reason).contains("(" + status + ")"));
    assertThat(told.server().queries).hasSize(2);
  }

  @Test
  void anEditedDatasetEndsTheQuestionWithoutTheAnswersTypes() {
    Heard heard = new Heard();
    try (ScriptedServer server =
            new ScriptedServer(
                query -> {
                  var rows = ScriptedServer.usualRows(query);
                  if (query.types().contains("T004")) {
                    rows.removeIf(row -> "version".equals(row.get(0)));
                    rows.add(Arrays.asList("version", null, List.of("u2", "later")));
                  }
                  return ScriptedServer.rows(rows);
                });
        NeuPrintClient client = server.client().build()) {
      assertThatThrownBy(() -> client.describe(question(types(12), 4), heard))
          .isInstanceOf(DatasetEditedException.class)
          .hasMessageContaining("uuid u2");
      assertThat(heard.facts).hasSize(4);
      assertThat(heard.unavailable).isEmpty();
      assertThat(server.queries).hasSize(2);
    }
  }

  /** The version tells whether the dataset was edited; here it is the same. */
  @Test
  void aTypeThatIsNowhereInItsAnswersIsUnavailableAlone() {
    Told told =
        describe(
            query -> {
              var rows = ScriptedServer.usualRows(query);
              rows.removeIf(row -> "T001".equals(row.get(1)));
              return ScriptedServer.rows(rows);
            },
            question(types(3), 4));
    assertThat(told.heard().facts).containsOnlyKeys("T000", "T002");
    assertThat(told.heard().unavailable)
        .isEqualTo(
            Map.of("T001", "NeuPrint's answer about it is not whole: its properties are missing."));
    assertThat(told.server().queries)
        .extracting(Query::types)
        .containsExactly(List.of("T000", "T001", "T002"), List.of("T001"));
  }

  @Test
  void anAnswerThatIsRightTheSecondTimeIsTaken() {
    AtomicInteger asked = new AtomicInteger();
    Told told =
        describe(
            query -> {
              var rows = ScriptedServer.usualRows(query);
              if (asked.getAndIncrement() == 0) {
                rows.removeIf(row -> "sides".equals(row.get(0)) && !"T002".equals(row.get(1)));
              }
              return ScriptedServer.rows(rows);
            },
            question(types(4), 4));
    assertThat(told.heard().facts).hasSize(4);
    assertThat(told.heard().unavailable).isEmpty();
    assertThat(told.server().queries)
        .extracting(Query::types)
        .containsExactly(List.of("T000", "T001", "T002", "T003"), List.of("T000", "T001", "T003"));
  }

  /** One of sixteen is always answered wrongly: found by halves, after once more together. */
  @Test
  void typesThatAreAnsweredWronglyAgainAndAgainAreFoundInHalves() {
    Told told =
        describe(
            query -> {
              var rows = ScriptedServer.usualRows(query);
              if (query.types().contains("T003") && query.types().size() > 1) {
                rows.clear();
              }
              rows.removeIf(row -> "T003".equals(row.get(1)) && "sides".equals(row.get(0)));
              return ScriptedServer.rows(rows);
            },
            question(types(16), 16));
    assertThat(told.heard().facts).hasSize(15);
    assertThat(told.heard().unavailable).containsOnlyKeys("T003");
    assertThat(told.server().queries).hasSizeLessThan(12);
  }

  @Test
  void moreFailingTypesThanTheRunToleratesEndTheQuestion() {
    TypeQuestion usual = question(types(40), 4);
    TypeQuestion bounded =
        new TypeQuestion(
            usual.version(),
            usual.sideRule(),
            usual.primaryRois(),
            usual.facets(),
            usual.types(),
            usual.typesPerQuery(),
            1,
            5,
            usual.deadline());
    Told told =
        describe(
            query -> {
              var rows = ScriptedServer.usualRows(query);
              rows.removeIf(row -> "sides".equals(row.get(0)));
              return ScriptedServer.rows(rows);
            },
            bounded);
    assertThat(told.heard().facts).isEmpty();
    assertThat(told.heard().unavailable).hasSize(40);
    assertThat(told.heard().unavailable.values())
        .filteredOn(reason -> reason.contains("not whole"))
        .hasSize(6);
    assertThat(told.heard().unavailable.get("T039")).contains("so many types had failed");
    assertThat(told.server().queries).hasSizeLessThan(20);
  }

  @Test
  void aTypeOfWhichARowIsLostIsUnavailableAlone() {
    Told told =
        describe(
            query -> {
              var rows = ScriptedServer.usualRows(query);
              rows.removeIf(row -> "T001".equals(row.get(1)) && "sides".equals(row.get(0)));
              return ScriptedServer.rows(rows);
            },
            question(types(3), 4));
    assertThat(told.heard().facts).containsOnlyKeys("T000", "T002");
    assertThat(told.heard().unavailable)
        .isEqualTo(
            Map.of("T001", "NeuPrint's answer about it is not whole: its sides are missing."));
  }

  @Test
  void theLargestQueriesAreAskedFirst() {
    TypeQuestion some = question(types(2), null);
    TypeQuestion ofAllSizes =
        new TypeQuestion(
            some.version(),
            some.sideRule(),
            List.of(),
            List.of(
                new TypeQuestion.TypeToAsk("small", 3, false),
                new TypeQuestion.TypeToAsk("large", 90_000, false),
                new TypeQuestion.TypeToAsk("middling", 40, false)),
            null,
            1,
            some.deadline());
    Told told = describe(query -> null, ofAllSizes);
    assertThat(told.server().queries.stream().map(Query::types).distinct())
        .containsExactly(List.of("large"), List.of("middling"), List.of("small"));
  }

  @Test
  void typesNotAskedByTheDeadlineAreUnavailable() {
    ScriptedServer[] server = new ScriptedServer[1];
    server[0] =
        new ScriptedServer(
            query -> {
              server[0].clock.forward(Duration.ofMinutes(40));
              return null;
            });
    try (ScriptedServer closing = server[0];
        NeuPrintClient client = closing.client().build()) {
      Heard heard = new Heard();
      client.describe(question(types(12), 4), heard);
      assertThat(heard.facts).hasSize(8);
      assertThat(heard.unavailable).hasSize(4);
      assertThat(heard.unavailable.get("T009"))
          .isEqualTo("NeuPrint was not asked before the time limit.");
    }
  }

  @Test
  void anAnswerThatDoesNotComeByTheDeadlineIsNotWaitedFor() {
    try (ScriptedServer server =
            new ScriptedServer(
                query -> usual(query).newBuilder().headersDelay(30, TimeUnit.SECONDS).build());
        NeuPrintClient client = server.client().build()) {
      Heard heard = new Heard();
      TypeQuestion usual = question(types(2), 1);
      client.describe(
          new TypeQuestion(
              usual.version(),
              usual.sideRule(),
              usual.primaryRois(),
              usual.types(),
              1,
              1,
              ScriptedServer.START.plusMillis(300)),
          heard);
      assertThat(heard.unavailable.get("T000"))
          .isEqualTo("NeuPrint had not answered by the time limit.");
      assertThat(heard.unavailable).hasSize(2);
    }
  }

  @Test
  void neverHasMoreQueriesInFlightThanItMay() {
    Told told =
        describe(
            query -> {
              sleep(15);
              return null;
            },
            question(types(60), 1, 3));
    assertThat(told.heard().facts).hasSize(60);
    assertThat(told.server().mostAtOnce.get()).isBetween(2, 3);
  }

  @Test
  void asksABusyServerFewerThingsAtOnce() {
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger mostLater = new AtomicInteger();
    describe(
        query -> {
          int now = atOnce.incrementAndGet();
          try {
            int number = asked.incrementAndGet();
            // While the server is busy all the time, the limit goes down to one.
            if (number > 40 && number <= 60) {
              mostLater.accumulateAndGet(now, Math::max);
            }
            sleep(10);
            return number <= 60 && number % 2 == 1 ? ScriptedServer.answer(503, "") : null;
          } finally {
            atOnce.decrementAndGet();
          }
        },
        question(types(60), 1, 16));
    assertThat(mostLater.get()).isBetween(1, 8);
  }

  @Test
  void aListenerThatFailsEndsTheQuestion() {
    try (ScriptedServer server = new ScriptedServer(query -> null);
        NeuPrintClient client = server.client().build()) {
      DescribeListener failing =
          new DescribeListener() {
            @Override
            public void described(List<TypeFacts> facts) {
              throw new IllegalStateException("the cache is full");
            }

            @Override
            public void unavailable(String type, String reason) {}
          };
      assertThatThrownBy(() -> client.describe(question(types(40), 4), failing))
          .hasMessage("the cache is full");
      assertThat(server.queries).hasSize(1);
    }
  }

  @Test
  void aServerThatAnswersNoTypeAtAllIsNotAskedForEachOfThem() {
    Told told = describe(query -> error(CONTENT), question(types(900), 100));
    assertThat(told.heard().unavailable).hasSize(900);
    assertThat(told.server().queries.size()).isLessThan(450);
  }

  private static void sleep(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
