package quickpage.index.embedded.stages;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.batch.IndexBatchHandler;
import quickpage.index.cache.DynamoDbFactCache;
import quickpage.index.compose.ComposeIndex;
import quickpage.index.compose.ComposeIndexHandler;
import quickpage.index.embedded.aws.EmbeddedDynamoDb;
import quickpage.index.embedded.site.S3;
import quickpage.index.finish.FinishRun;
import quickpage.index.finish.FinishRunHandler;
import quickpage.index.finish.FunctionMemory;
import quickpage.index.lease.RunCoordination;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.SideCounts;
import quickpage.index.model.SynapseCounts;
import quickpage.index.model.TypeFacts;
import quickpage.index.model.TypeProperties;
import quickpage.index.model.run.QueryStatistics;
import quickpage.index.neuprint.DatasetMeta;
import quickpage.index.neuprint.DescribeListener;
import quickpage.index.neuprint.NeuPrint;
import quickpage.index.neuprint.SideProperties;
import quickpage.index.neuprint.TypeCensus;
import quickpage.index.neuprint.TypeQuestion;
import quickpage.index.plan.PlanRun;
import quickpage.index.plan.PlanRunHandler;
import quickpage.index.site.store.ObjectStore;
import quickpage.index.site.store.S3ObjectStore;
import quickpage.index.site.store.SiteStores;

/** The four handlers, bytes in and bytes out, over a real S3 and a real DynamoDB. */
@Tag("each-jdk")
class HandlersIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a function has left when it is called, in milliseconds. */
  private static final int TIME_LIMIT = 900_000;

  @TempDir private Path buckets;
  private Path site;
  private S3 s3;
  private EmbeddedDynamoDb dynamoDb;
  private Dataset dataset;

  /** Until when the plan would have waited for NeuPrint. */
  private Instant planBy;

  private RequestStreamHandler plan;
  private RequestStreamHandler batch;
  private RequestStreamHandler compose;
  private RequestStreamHandler finish;

  /** A dataset of two types, whose version a test may change. */
  private static final class Dataset implements NeuPrint {
    String edit = "2026-01-01";
    String editWhenDescribed = edit;
    int described;

    private DatasetVersion version() {
      return new DatasetVersion("cns:v1", "5a3f", edit);
    }

    @Override
    public void checkDataset(String dataset) {
      assertThat(dataset).isEqualTo("cns:v1");
    }

    @Override
    public DatasetVersion version(String name) {
      return version();
    }

    @Override
    public TypeCensus types(String dataset) {
      return new TypeCensus(version(), Map.of("LC10a", 3L, "DNp16/17", 2L));
    }

    @Override
    public DatasetMeta meta(String dataset) {
      return new DatasetMeta(version(), List.of(), null, Map.of(), null);
    }

    @Override
    public SideProperties sideProperties(String dataset) {
      return new SideProperties(version(), true, true, false);
    }

    @Override
    public void describe(TypeQuestion question, DescribeListener listener) {
      if (!editWhenDescribed.equals(question.version().lastDatabaseEdit())) {
        throw new quickpage.index.error.DatasetEditedException(
            question.version(), new DatasetVersion("cns:v1", "5a3f", editWhenDescribed));
      }
      for (TypeQuestion.TypeToAsk type : question.types()) {
        described++;
        listener.described(
            List.of(
                new TypeFacts(
                    type.name(),
                    new SideCounts(type.neurons(), 1, 1, 0),
                    new SynapseCounts(5, 6),
                    List.of(),
                    TypeProperties.NONE)));
      }
    }

    @Override
    public QueryStatistics statistics() {
      return QueryStatistics.NONE;
    }
  }

  @BeforeEach
  void start() throws IOException {
    s3 = new S3(buckets);
    site = s3.folder();
    dynamoDb = EmbeddedDynamoDb.start();
    dynamoDb.createTable("facts");
    dataset = new Dataset();
    Function<String, ObjectStore> stores =
        bucket -> new S3ObjectStore(s3.server().client(), bucket);
    SiteStores inPlace = SiteStores.of(stores);
    Clock clock = Clock.systemUTC();
    plan =
        new PlanRunHandler(
            new PlanRun(
                inPlace,
                (deadline, address) -> {
                  planBy = deadline;
                  return dataset;
                },
                new DynamoDbFactCache(dynamoDb.client(), "facts", clock),
                RunCoordination.NONE,
                clock));
    batch =
        new IndexBatchHandler(
            stores,
            address -> dataset,
            new DynamoDbFactCache(dynamoDb.client(), "facts", clock),
            clock);
    compose = new ComposeIndexHandler(new ComposeIndex(inPlace, RunCoordination.NONE, clock));
    finish =
        new FinishRunHandler(
            new FinishRun(stores, RunCoordination.NONE, FunctionMemory.NONE, clock));
    Files.createDirectories(site.resolve("types"));
    for (String page : List.of("LC10a", "LC10a_L", "DNp16_17", "unknown")) {
      Files.writeString(site.resolve("types/" + page + ".html"), page);
    }
  }

  @AfterEach
  void stop() throws IOException {
    s3.close();
    dynamoDb.close();
  }

  private static JsonNode call(RequestStreamHandler handler, JsonNode request) throws IOException {
    return call(handler, JSON.writeValueAsBytes(request));
  }

  private static JsonNode call(RequestStreamHandler handler, byte[] request) throws IOException {
    var answer = new ByteArrayOutputStream();
    handler.handleRequest(new ByteArrayInputStream(request), answer, context());
    return JSON.readTree(answer.toByteArray());
  }

  private static Context context() {
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getRemainingTimeInMillis")) {
                return TIME_LIMIT;
              }
              if (method.getName().equals("getAwsRequestId")) {
                return "a-request";
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }

  private static JsonNode execution(String run) throws IOException {
    return JSON.readTree(
        "{\"id\": \"arn:x\", \"name\": \"%s\", \"startTime\": \"2026-01-01T00:00:00.123Z\"}"
            .formatted(run));
  }

  private JsonNode plan(String run, String input) throws IOException {
    ObjectNode request = JSON.createObjectNode();
    request.set("input", JSON.readTree(input));
    request.set("execution", execution(run));
    request.set(
        "defaults",
        JSON.readTree(
            "{\"server\": \"https://s\", \"dataset\": \"cns:v1\", \"bucket\": \"site\","
                + " \"prefix\": \"\", \"contact\": \"\", \"maxConcurrency\": \"\","
                + " \"cacheTtlHours\": \"\", \"toleratedFailurePercentage\": \"\"}"));
    return call(plan, request);
  }

  private static ObjectNode composing(JsonNode planned) throws IOException {
    return place(planned).set("execution", execution(planned.path("run").asText()));
  }

  private static ObjectNode place(JsonNode planned) {
    ObjectNode request = JSON.createObjectNode();
    for (String field : List.of("run", "bucket", "prefix")) {
      request.set(field, planned.get(field));
    }
    return request;
  }

  private void batches(JsonNode planned) throws IOException {
    if (planned.path("batches").asInt() == 0) {
      return;
    }
    JsonNode items = JSON.readTree(site.resolve(planned.path("itemsKey").asText()).toFile());
    assertThat(items).hasSize(planned.path("batches").asInt());
    for (JsonNode item : items) {
      assertThat(call(batch, place(planned).set("batch", item)).has("failure")).isFalse();
    }
  }

  private JsonNode finish(JsonNode planned, JsonNode composed) throws IOException {
    ObjectNode request = JSON.createObjectNode();
    request.set("execution", execution(planned.path("run").asText()));
    request.set("plan", planned);
    request.set("compose", composed);
    request.putNull("error");
    request.putObject("defaults").put("bucket", "site").put("prefix", "").put("deployment", "");
    return call(finish, request);
  }

  private JsonNode index() throws IOException {
    return JSON.readTree(site.resolve("data/index.json").toFile());
  }

  @Test
  void aPlanWaitsForNeuPrintOnlyUntilShortlyBeforeItsOwnTimeLimit() throws IOException {
    Instant before = Instant.now();
    plan("run-1", "{}");

    Instant end = before.plusMillis(TIME_LIMIT);
    assertThat(planBy).isBetween(end.minusSeconds(30), end.minusSeconds(10));
  }

  @Test
  void aRunGoesThroughAllFour() throws IOException {
    JsonNode planned = plan("run-1", "{}");
    batches(planned);
    JsonNode composed = call(compose, composing(planned));
    JsonNode finished = finish(planned, composed);

    assertThat(planned.path("types").asInt()).isEqualTo(3);
    assertThat(planned.path("pages").asInt()).isEqualTo(4);
    assertThat(composed.path("page").asText()).isEqualTo("types.html");
    assertThat(index().path("types").findValuesAsText("status"))
        .containsExactly("ok", "ok", "no-neurons");
    assertThat(index().path("types").path(0).path("name").asText()).isEqualTo("DNp16/17");
    assertThat(index().path("generatedAt").asText()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(finished.has("failure")).isFalse();
    assertThat(finished.at("/summary/types/ok").asInt()).isEqualTo(2);
    assertThat(site.resolve(finished.path("report").asText())).exists();
    assertThat(site.resolve("types.html")).exists();
    assertThat(site.resolve("index.html")).hasSameBinaryContentAs(site.resolve("types.html"));
  }

  @Test
  void aSecondRunFindsEverythingInTheCacheAndGivesTheSame() throws IOException {
    JsonNode first = plan("run-1", "{}");
    batches(first);
    call(compose, composing(first));
    byte[] before = Files.readAllBytes(site.resolve("data/index.json"));

    JsonNode second = plan("run-2", "{}");
    batches(second);
    JsonNode composed = call(compose, composing(second));
    JsonNode finished = finish(second, composed);

    assertThat(dataset.described).isEqualTo(2);
    assertThat(finished.at("/summary/cache/hits").asInt()).isEqualTo(2);
    assertThat(composed.path("publication").asInt()).isEqualTo(2);
    assertThat(site.resolve("data/index.json")).hasBinaryContent(before);
  }

  @Test
  void aForeignIndexHtmlStaysWhereTypesHtmlIsTheIndex() throws IOException {
    s3.put("index.html", "theirs");
    JsonNode planned = plan("run-1", "{}");
    batches(planned);
    call(compose, composing(planned));

    assertThat(site.resolve("index.html")).hasContent("theirs");
    assertThat(site.resolve("types.html")).exists();
  }

  @Test
  void ourIndexHtmlIsReplacedUntilSomebodyElseWritesIt() throws IOException {
    for (String run : List.of("run-1", "run-2")) {
      JsonNode planned = plan(run, "{}");
      batches(planned);
      call(compose, composing(planned));
      assertThat(site.resolve("index.html")).hasSameBinaryContentAs(site.resolve("types.html"));
    }
    s3.put("index.html", "theirs");
    JsonNode planned = plan("run-3", "{}");
    batches(planned);
    call(compose, composing(planned));

    assertThat(site.resolve("index.html")).hasContent("theirs");
  }

  @Test
  void withoutRoiAnalysisNothingIsAskedAndThereIsNoBatch() throws IOException {
    dataset = null;
    JsonNode planned = plan("run-1", "{\"options\": {\"roiAnalysis\": false}}");
    JsonNode composed = call(compose, composing(planned));

    assertThat(planned.path("batches").asInt()).isZero();
    assertThat(composed.has("failure")).isFalse();
    assertThat(index().path("types").findValuesAsText("name"))
        .containsExactly("DNp16_17", "LC10a", "unknown");
    assertThat(index().path("types").findValuesAsText("status")).containsOnly("not-asked");
    assertThat(index().at("/dataset/uuid").isNull()).isTrue();
  }

  @Test
  void aBatchThatLeftNoShardMakesTheRunRefuseAndPublishNothing() throws IOException {
    JsonNode planned = plan("run-1", "{}");
    JsonNode composed = call(compose, composing(planned));
    JsonNode finished = finish(planned, composed);

    assertThat(composed.path("failure").asText())
        .isEqualTo(
            "2 of 2 types are unavailable, more than the tolerated 1 %, so nothing is published:"
                + " DNp16/17, LC10a; because: its batch did not finish (2).");
    assertThat(finished.path("failure")).isEqualTo(composed.path("failure"));
    assertThat(finished.at("/summary/types/unavailable").asInt()).isEqualTo(2);
    assertThat(site.resolve("data")).doesNotExist();
    assertThat(site.resolve("types.html")).doesNotExist();
  }

  @Test
  void unavailableTypesThatAreToleratedArePublishedAsSuch() throws IOException {
    JsonNode planned = plan("run-1", "{\"options\": {\"toleratedFailurePercentage\": 100}}");
    JsonNode composed = call(compose, composing(planned));

    assertThat(composed.path("unavailable").asInt()).isEqualTo(2);
    assertThat(index().path("types").findValuesAsText("error"))
        .containsOnly("its batch did not finish");
    assertThat(index().at("/totals/unavailable").asInt()).isEqualTo(2);
  }

  @Test
  void aDatasetThatIsEditedWhileItIsReadPublishesNothing() throws IOException {
    JsonNode planned = plan("run-1", "{}");
    dataset.editWhenDescribed = "2026-02-02";
    batches(planned);
    JsonNode composed = call(compose, composing(planned));

    assertThat(composed.path("failure").asText())
        .startsWith("The dataset cns:v1 was edited while it was read");
    assertThat(site.resolve("data")).doesNotExist();
  }

  @Test
  void aShardThatIsOfAnotherVersionOfTheProgramIsRefused() throws IOException {
    JsonNode planned = plan("run-1", "{}");
    Path written = site.resolve(".quickpage-index/runs/run-1/plan.json");
    Files.writeString(written, Files.readString(written).replace("\"format\":3", "\"format\":4"));

    assertThat(call(compose, composing(planned)).path("failure").asText())
        .contains("plan.json was written by another version (format 4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"options\": {\"roiThreshold\": \"much\"}}",
        "{\"unknown\": 1}",
        "{\"site\": {\"bucket\": \"other\"}}",
        "{\"site\": {\"prefix\": \"empty/\"}}",
        "[]"
      })
  void aRefusedInputIsAnAnswerAndLeavesNothingInTheSite(String input) throws IOException {
    JsonNode planned = plan("run-1", input);
    JsonNode finished = finish(planned, null);

    assertThat(planned.path("failure").asText()).endsWith(".");
    assertThat(finished.path("failure")).isEqualTo(planned.path("failure"));
    assertThat(site).isDirectoryNotContaining("glob:**/.quickpage-index");
  }

  @Test
  void aRequestThatCannotBeReadIsRefusedByEachOfThem() throws IOException {
    Map<String, RequestStreamHandler> handlers =
        Map.of("Plan", plan, "Batch", batch, "Compose", compose, "Finish", finish);
    for (Map.Entry<String, RequestStreamHandler> handler : handlers.entrySet()) {
      for (String request : List.of("", "null", "{}", "[", "{\"execution\": {}}")) {
        assertThat(
                call(handler.getValue(), request.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .path("failure")
                    .asText())
            .as("%s of %s", handler.getKey(), request)
            .startsWith("The %sRequest cannot be read: ".formatted(handler.getKey()))
            .endsWith(".");
      }
    }
  }
}
