package quickpage.index.neuprint.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.error.InterruptedRunException;
import quickpage.index.error.RefusedException;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.roi.RoiNode;
import quickpage.index.neuprint.DatasetMeta;
import quickpage.index.neuprint.NeuPrintAddress;
import quickpage.index.neuprint.SideProperties;
import quickpage.index.neuprint.TypeCensus;
import quickpage.index.neuprint.answer.Values;
import quickpage.index.neuprint.token.EnvironmentToken;
import quickpage.index.neuprint.token.TokenSource;

@Timeout(60)
public class NeuPrintClientTest {
  private static final TokenSource TOKEN = new EnvironmentToken(Map.of("NEUPRINT_TOKEN", "t"));

  private static ScriptedServer answering(Object... row) {
    return new ScriptedServer(query -> ScriptedServer.rows(List.of(Arrays.asList(row))));
  }

  private static MockResponse datasets(ScriptedServer.Query query) {
    assertThat(query.request().getTarget()).isEqualTo("/api/dbmeta/datasets");
    return ScriptedServer.answer(
        200,
        "{\"male-cns:v0.9\": {\"uuid\": \"a\"}, \"hemibrain:v1.2.1\": {}, \"hemibrain:v1.1\": {}}");
  }

  @Test
  void aDatasetThatIsThereIsFine() {
    try (ScriptedServer server = new ScriptedServer(NeuPrintClientTest::datasets);
        NeuPrintClient client = server.client().build()) {
      client.checkDataset("male-cns:v0.9");
      assertThat(server.queries).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Male-CNS:v0.9, 'did you mean: male-cns:v0.9.'",
    "hemibrain:v2, 'did you mean: hemibrain:v1.1, hemibrain:v1.2.1.'",
    "manc:v1.0, 'it has: hemibrain:v1.1, hemibrain:v1.2.1, male-cns:v0.9.'"
  })
  void aDatasetThatIsNotThereIsRefusedWithTheNearNames(String name, String end) {
    try (ScriptedServer server = new ScriptedServer(NeuPrintClientTest::datasets);
        NeuPrintClient client = server.client().build()) {
      assertThatThrownBy(() -> client.checkDataset(name))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("'" + name + "'")
          .hasMessageEndingWith(end);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "neuprint.janelia.org",
        "ftp://x",
        "https://",
        "https://me:pw@x",
        "http://x?q"
      })
  void aServerHasToBeAWebAddress(String address) {
    assertThatThrownBy(() -> NeuPrintClient.of(address, TOKEN))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("The NeuPrint server")
        .hasMessageNotContaining("pw");
  }

  @Test
  void aServerMayStandBehindAPath() {
    try (ScriptedServer server = answering(List.of(), "u", "e", 0, 0, 0)) {
      server.client().build().close();
      try (NeuPrintClient client =
          NeuPrintClient.of(server.web.url("/lab/neuprint").toString(), TOKEN).build()) {
        client.types("cns");
        assertThat(server.queries.get(0).request().getTarget())
            .isEqualTo("/lab/neuprint/api/custom/custom");
      }
    }
  }

  @Test
  void countsTheNeuronsOfEveryType() {
    List<Object> types =
        List.of(List.of("Tm3", 12), List.of("123", 4), List.of(123, 9), List.of("a:b'", 1));
    try (ScriptedServer server = answering(types, "u", null, 4, 26, 10);
        NeuPrintClient client = server.client().build()) {
      TypeCensus census = client.types("cns");
      assertThat(census.neurons()).isEqualTo(Map.of("Tm3", 12L, "123", 4L, "a:b'", 1L));
      assertThat(census.version()).isEqualTo(new DatasetVersion("cns", "u", ""));
    }
  }

  @Test
  void readsTheMetaNode() {
    String hierarchy =
        "{\"name\": \"CNS\", \"children\": [{\"name\": \"OL(R)\", \"children\": [{\"name\":"
            + " \"ME(R)\"}]},"
            + " {\"children\": [{\"name\": \"LO(R)\"}]}]}";
    String roiInfo = "{\"ME(R)\": {\"description\": \"medulla\"}, \"LO(R)\": {\"x\": 1}}";
    String properties = "{\"type\": \"string\", \"bodyId\": 7, \"LO(R)\": null}";
    try (ScriptedServer server =
            answering(
                List.of("ME(R)", "LO(R)"),
                hierarchy,
                roiInfo,
                properties,
                "u",
                "2026-01-02",
                2,
                hierarchy.length(),
                roiInfo.length(),
                properties.length());
        NeuPrintClient client = server.client().build()) {
      DatasetMeta meta = client.meta("cns");
      assertThat(meta.primaryRois()).containsExactly("ME(R)", "LO(R)");
      assertThat(meta.hierarchy())
          .isEqualTo(
              new RoiNode(
                  "CNS",
                  List.of(
                      new RoiNode("OL(R)", List.of(new RoiNode("ME(R)", null))),
                      new RoiNode("", List.of(new RoiNode("LO(R)", null))))));
      assertThat(meta.roiDescriptions()).isEqualTo(Map.of("ME(R)", "medulla"));
      assertThat(meta.neuronProperties()).containsExactly("LO(R)", "bodyId", "type");
      assertThat(meta.version()).isEqualTo(new DatasetVersion("cns", "u", "2026-01-02"));
    }
  }

  @Test
  void aMetaNodeMayLackEverything() {
    try (ScriptedServer server = answering(null, null, " ", null, null, null, null, null, 1, null);
        NeuPrintClient client = server.client().build()) {
      DatasetMeta meta = client.meta("cns");
      assertThat(meta.primaryRois()).isEmpty();
      assertThat(meta.hierarchy()).isNull();
      assertThat(meta.roiDescriptions()).isEmpty();
      assertThat(meta.neuronProperties()).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[\"type\"]", "\"type\"", "7", "{type", "null"})
  void neuronPropertiesThatAreNoObjectTellNoneAndEndNoRun(String properties) {
    try (ScriptedServer server =
            answering(
                null, null, null, properties, "u", "e", null, null, null, properties.length());
        NeuPrintClient client = server.client().build()) {
      assertThat(client.meta("cns").neuronProperties()).isNull();
    }
  }

  @Test
  void neuronPropertiesThatAreAListTellNone() {
    try (ScriptedServer server =
            answering(null, null, null, List.of("type"), "u", "e", null, null, null, 1);
        NeuPrintClient client = server.client().build()) {
      assertThat(client.meta("cns").neuronProperties()).isNull();
    }
  }

  @Test
  void tellsTheVersionOfADataset() {
    try (ScriptedServer server = answering("u", "2026-01-02");
        NeuPrintClient client = server.client().build()) {
      assertThat(client.version("cns")).isEqualTo(new DatasetVersion("cns", "u", "2026-01-02"));
    }
  }

  @Test
  void aDatasetWithoutAMetaNodeIsRefused() {
    try (ScriptedServer server = new ScriptedServer(query -> ScriptedServer.rows(List.of()));
        NeuPrintClient client = server.client().build()) {
      List<ThrowingCallable> questions =
          List.of(() -> client.meta("cns"), () -> client.version("cns"));
      assertThat(questions)
          .allSatisfy(
              question ->
                  assertThatThrownBy(question)
                      .isInstanceOf(RefusedException.class)
                      .hasMessageContaining("no Meta node"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "4, 17, 11, number of types",
    "3, 18, 11, number of neurons",
    "3, 17, 12, length of the types' names",
    ", 17, 11, number of types"
  })
  void aCensusThatIsNotWholeIsRefused(Integer number, Integer neurons, int length, String what) {
    List<Object> types =
        List.of(List.of("Tm3", 12), List.of("LC10a", 4), List.of("\ud83d\ude00b", 1));
    try (ScriptedServer server = answering(types, "u", "e", number, neurons, length);
        NeuPrintClient client = server.client().build()) {
      assertThatThrownBy(() -> client.types("cns"))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("of the dataset cns the " + what + " is not what it has to be");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 11})
  void theLengthOfNamesMayCountCodePointsOrUnitsOfUtf16(int length) {
    List<Object> types =
        List.of(List.of("Tm3", 12), List.of("LC10a", 4), List.of("\ud83d\ude00b", 1));
    try (ScriptedServer server = answering(types, "u", "e", 3, 17, length);
        NeuPrintClient client = server.client().build()) {
      assertThat(client.types("cns").neurons()).hasSize(3);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "3, 2, 2, 2, size of Meta.primaryRois",
    "2, 5, 2, 2, length of Meta.roiHierarchy",
    "2, 2, , 2, length of Meta.roiInfo",
    "2, 2, 2, 3, length of Meta.neuronProperties"
  })
  void aMetaNodeThatIsNotWholeIsRefused(
      Integer primaryRois, Integer hierarchy, Integer roiInfo, Integer properties, String what) {
    try (ScriptedServer server =
            answering(
                List.of("A", "B"),
                "{}",
                "{}",
                "{}",
                "u",
                "e",
                primaryRois,
                hierarchy,
                roiInfo,
                properties);
        NeuPrintClient client = server.client().build()) {
      assertThatThrownBy(() -> client.meta("cns"))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("of the dataset cns the " + what + " is not what it has to be");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{not json",
        "[]",
        "\"CNS\"",
        "{\"name\": [\"CNS\"]}",
        "{\"name\": \"CNS\", \"children\": {}}",
        "{\"name\": \"CNS\", \"children\": [\"OL\"]}"
      })
  void aHierarchyThatIsNoTreeIsRefused(String hierarchy) {
    try (ScriptedServer server =
            answering(null, hierarchy, null, null, "u", "e", null, hierarchy.length(), null, null);
        NeuPrintClient client = server.client().build()) {
      assertThatThrownBy(() -> client.meta("cns"))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("Meta.roiHierarchy is not what it has to be");
      assertThat(server.queries).as("asked again once").hasSize(2);
    }
  }

  @Test
  void aHierarchyThatIsTooDeepIsRefused() {
    String deep = "{\"children\": [".repeat(60) + "]}".repeat(60);
    aHierarchyThatIsNoTreeIsRefused(deep);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "{\"ME(R)\": \"medulla\"}", "{\"ME(R)\": [1]}"})
  void aRoiInfoThatIsNoObjectOfObjectsIsRefused(String roiInfo) {
    try (ScriptedServer server =
            answering(null, null, roiInfo, null, "u", "e", null, null, roiInfo.length(), null);
        NeuPrintClient client = server.client().build()) {
      assertThatThrownBy(() -> client.meta("cns"))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("in Meta.roiInfo is not what it has to be");
    }
  }

  @Test
  void sidePropertiesThatAreNotAllToldAreRefused() {
    try (ScriptedServer server = answering(true, false, null, "u", "e");
        NeuPrintClient client = server.client().build()) {
      assertThatThrownBy(() -> client.sideProperties("cns"))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("the list of side properties");
    }
  }

  @Test
  void aServerThatIsAwayIsNotWaitedForBeyondTheDeadline() {
    try (ScriptedServer server = new ScriptedServer(query -> ScriptedServer.answer(503, "busy"));
        NeuPrintClient client =
            server.client().until(ScriptedServer.START.plusSeconds(10)).build()) {
      assertThatThrownBy(() -> client.meta("cns")).isInstanceOf(RefusedException.class);
      assertThat(server.waits.stream().mapToLong(Duration::toMillis).sum())
          .isBetween(1_000L, 10_000L);
    }
  }

  @Test
  void aServerThatDoesNotAnswerIsNotWaitedForBeyondTheDeadline() {
    CountDownLatch end = new CountDownLatch(1);
    try (ScriptedServer server =
            new ScriptedServer(
                query -> {
                  await(end);
                  return null;
                });
        NeuPrintClient client =
            server.client().until(ScriptedServer.START.plusMillis(300)).build()) {
      assertThatThrownBy(() -> client.meta("cns"))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("had not answered by the time limit");
      end.countDown();
    }
  }

  @Test
  void anInterruptIsNoRefusal() {
    CountDownLatch end = new CountDownLatch(1);
    try (ScriptedServer server =
            new ScriptedServer(
                query -> {
                  await(end);
                  return null;
                });
        NeuPrintClient client = server.client().build()) {
      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> client.meta("cns"))
          .isInstanceOf(InterruptedRunException.class)
          .hasMessageContaining("Asking NeuPrint at http://")
          .hasMessageEndingWith(" was interrupted.");

      assertThat(Thread.interrupted()).as("the thread's status stays").isTrue();
      end.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void tellsWhichSidePropertiesThereAre() {
    try (ScriptedServer server = answering(true, false, true, "u", "e");
        NeuPrintClient client = server.client().build()) {
      assertThat(client.sideProperties("cns"))
          .isEqualTo(new SideProperties(new DatasetVersion("cns", "u", "e"), true, false, true));
    }
  }

  @Test
  void aBrokenQueryIsRefusedWithoutTheServersText() {
    try (ScriptedServer server =
            new ScriptedServer(
                query ->
                    ScriptedServer.error(
                        "Neo4jError: Neo.ClientError.Statement.SyntaxError (x y)"));
        NeuPrintClient client = server.client().build()) {
      assertThatThrownBy(() -> client.types("cns"))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("Neo.ClientError.Statement.SyntaxError")
          .hasMessageNotContaining("x y");
    }
  }

  @Test
  void numbersComeAsIntegersOfAnyLengthOrAsText() {
    ObjectMapper json = new ObjectMapper();
    assertThat(Values.whole(json.valueToTree(12.0))).isEqualTo(12);
    assertThat(Values.whole(json.valueToTree("12"))).isEqualTo(12);
    assertThat(Values.whole(json.valueToTree(12.5))).isNull();
    assertThat(Values.whole(json.valueToTree(BigInteger.TEN.pow(19)))).isNull();
    assertThat(Values.decimal(json.valueToTree(BigInteger.TEN.pow(19)))).isEqualTo(1e19);
    assertThat(Values.decimal(json.valueToTree(1))).isEqualTo(1.0);
    assertThat(Values.decimal(json.valueToTree("high"))).isNull();
    assertThat(Values.text(json.valueToTree(BigInteger.TEN.pow(19))))
        .isEqualTo("10000000000000000000");
    assertThat(Values.text(json.valueToTree(""))).isNull();
    assertThat(Values.texts(json.valueToTree(List.of("", 5, List.of("a", "b"), true))))
        .containsExactly("5", "a", "b", "true");
  }

  /** A server that answers 500 so often, then as it should. */
  private static ScriptedServer faltering(int times) {
    AtomicInteger left = new AtomicInteger(times);
    return new ScriptedServer(
        query -> {
          if (left.getAndDecrement() > 0) {
            return ScriptedServer.answer(500, "{\"error\": \"it falters\"}");
          }
          return query.request().getTarget().endsWith("datasets")
              ? datasets(query)
              : ScriptedServer.rows(List.of(Arrays.asList("u", "e")));
        });
  }

  @Test
  void aPersonWaitsTwoSecondsForAServerThatFaltersAtTheFirstContact() {
    try (ScriptedServer server = faltering(3);
        NeuPrintClient client = server.client().build()) {
      client.checkDataset("male-cns:v0.9");
    }
    try (ScriptedServer server = faltering(1_000);
        NeuPrintClient client = server.client().build()) {
      assertThatThrownBy(() -> client.checkDataset("male-cns:v0.9"))
          .isInstanceOf(RefusedException.class);
      assertThat(Duration.between(ScriptedServer.START, server.clock.instant()))
          .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));
    }
  }

  @Test
  void withNobodyThereTheFirstContactIsSoughtForAMinute() {
    try (ScriptedServer server = faltering(1_000);
        NeuPrintClient client =
            server.client().firstContact(NeuPrintAddress.NOBODY_WAITS).build()) {
      assertThatThrownBy(() -> client.checkDataset("male-cns:v0.9"))
          .isInstanceOf(RefusedException.class);
      assertThat(Duration.between(ScriptedServer.START, server.clock.instant()))
          .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(66));
    }
  }

  @Test
  void after500TheServerIsAskedTwiceMoreThenTheQueryIsAtFault() {
    try (ScriptedServer server = faltering(2);
        NeuPrintClient client = server.client().build()) {
      assertThat(client.version("cns").uuid()).isEqualTo("u");
    }
    try (ScriptedServer server = faltering(3);
        NeuPrintClient client = server.client().build()) {
      assertThatThrownBy(() -> client.version("cns"))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("could not write down the answer (500)");
      assertThat(server.queries).hasSize(3);
      assertThat(Duration.between(ScriptedServer.START, server.clock.instant()))
          .isLessThan(Duration.ofSeconds(5));
    }
  }
}
