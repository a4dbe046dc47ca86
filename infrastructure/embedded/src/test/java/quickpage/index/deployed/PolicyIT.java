package quickpage.index.deployed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.error.RefusedException;
import quickpage.index.json.Json;
import quickpage.index.lambda.BodyAtOnce;
import quickpage.index.model.Options;
import quickpage.index.site.publish.SiteRegistry;
import quickpage.index.site.store.S3ObjectStore;
import software.amazon.awssdk.awscore.AwsServiceClientConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;

/**
 * Each function's role allows exactly what the function calls, worked out from calls that were
 * really made: runs that are published, refused, get in each other's way; messages of every kind.
 */
class PolicyIT {

  /** What every function of a stack has beside its own: its log and its trace. */
  private static final Set<String> OF_EVERY_FUNCTION = Set.of("Log", "Trace");

  private static final String FACT_KEY = "fact#male-cns:v0.9#1f2e#LC10a";
  private static final String DATASET_KEY = "dataset#male-cns:v0.9#1f2e#census";

  /** Every option of a run, none at its default. */
  private static final String EVERY_OPTION =
      """
      {"options": {"roiAnalysis": true, "roiThreshold": 2, "roiLimit": 3, "minNeuronsForRois": 2,
                   "typesPerQuery": 5, "maxConcurrency": 4, "cacheTtlHours": 1, "refresh": true,
                   "toleratedFailurePercentage": 50, "indexFile": "catalogue.html",
                   "ignorePages": ["draft-*.html"],
                   "facets": [{"property": "instance", "label": "Instance"}]}}
      """;

  private static Map<String, Set<RecordedAwsCall>> calls;
  private static CloudFormationTemplate template;

  @BeforeAll
  static void work(@TempDir Path folder) throws Exception {
    template = ScenarioDeployment.template(ScenarioDeployment.BUCKET, "https://neuprint.org");
    try (ScenarioDeployment deployment = new ScenarioDeployment(folder)) {
      List<String> types = deployment.types();
      for (String type : types.subList(0, 5)) {
        deployment.upload("types/" + type + ".html", type);
      }
      startsAfterUploads(deployment);
      runs(deployment, types);
      startsForOtherReasons(deployment);
      registersAtTheSameTimeAsAnother(deployment);
      calls = deployment.calls();
    }
    calls.get("start").addAll(madeByTheQueuesPoller());
  }

  private static void startsAfterUploads(ScenarioDeployment deployment) throws Exception {
    // The upload is long ago, so the first of them starts a run.
    deployment.call("start", deployment.event("start-upload"));
  }

  private static void runs(ScenarioDeployment deployment, List<String> types) throws Exception {
    // A file that somebody else put where one of ours goes is kept.
    deployment.write("data/neurons.json", "{}");
    ObjectNode first = ScenarioDeployment.execution("first");
    JsonNode planned = deployment.plan(first);
    assertThat(planned.has("failure")).as(planned.toString()).isFalse();
    // Met with the lease held: refused, and what it was started for is put back.
    ObjectNode second = ScenarioDeployment.execution("upload-20260102T030405678Z");
    JsonNode refused = deployment.plan(second);
    assertThat(refused.path("failure").asText()).startsWith("Another run is at work");
    deployment.finish(second, refused, null);
    deployment.batches(planned);
    assertThat(deployment.compose(planned, second).path("failure").asText())
        .contains("has lost the lease", "to first");
    JsonNode composed = deployment.compose(planned, first);
    assertThat(composed.path("publication").asInt()).as(composed.toString()).isEqualTo(1);
    deployment.finish(first, planned, composed);

    // Publications that differ, until the first of them is forgotten; facts come from the cache.
    for (int number = 2; number <= 4; number++) {
      deployment.upload("types/" + types.get(3 + number) + ".html", "another");
      publish(deployment, "run-" + number, number);
    }

    // No batch leaves a shard, so nothing is published, and what was uploaded is tried again.
    ObjectNode failing = ScenarioDeployment.execution("upload-20260103T030405678Z");
    deployment.upload("types/" + types.get(8) + ".html", "another");
    planned = deployment.plan(failing);
    composed = deployment.compose(planned, failing);
    assertThat(composed.path("failure").asText()).contains("are unavailable");
    deployment.finish(failing, planned, composed);

    // The other layout, in which a file for the pages' own search is published, too.
    deployment.removePages("types");
    deployment.upload(types.get(0) + ".html", "directly in the site");
    publish(deployment, "other-layout", 5);
    // The second run finds its own page under the name that it is given.
    publish(deployment, "every-option", 6, EVERY_OPTION);
    publish(deployment, "every-option-again", 7, EVERY_OPTION);
    publish(deployment, "names-alone", 8, "{\"options\": {\"roiAnalysis\": false}}");
    deployment.write("foreign.html", "of somebody else");
    JsonNode other =
        deployment.plan(
            ScenarioDeployment.execution("foreign-page"),
            Json.MAPPER.readTree("{\"options\": {\"indexFile\": \"foreign.html\"}}"));
    assertThat(other.path("failure").asText()).contains("no run has published");
    deployment.finish(ScenarioDeployment.execution("foreign-page"), other, null);

    // A batch of a run whose folder is gone.
    assertThat(deployment.call("batch", deployment.event("batch")).path("failure").asText())
        .contains("is gone");
  }

  private static void publish(ScenarioDeployment deployment, String name, int number)
      throws Exception {
    publish(deployment, name, number, deployment.event("plan").get("input").toString());
  }

  private static void publish(ScenarioDeployment deployment, String name, int number, String input)
      throws Exception {
    ObjectNode execution = ScenarioDeployment.execution(name);
    JsonNode planned = deployment.plan(execution, Json.MAPPER.readTree(input));
    assertThat(planned.has("failure")).as(planned.toString()).isFalse();
    deployment.batches(planned);
    JsonNode composed = deployment.compose(planned, execution);
    assertThat(composed.path("publication").asInt()).as(composed.toString()).isEqualTo(number);
    deployment.finish(execution, planned, composed);
  }

  private static void startsForOtherReasons(ScenarioDeployment deployment) throws Exception {
    // The execution of start-stopped, which leaves its lease.
    deployment.plan(ScenarioDeployment.execution("example-run"));
    for (String event :
        List.of(
            "start-stopped",
            "start-dataset",
            "start-token",
            "start-deleted",
            "start-version-expired",
            "start-index-page-replaced",
            "start-index-data-deleted",
            "start-tick")) {
      deployment.call("start", deployment.event(event));
    }
    JsonNode publications =
        deployment.file("male-cns/.quickpage-index/published/state.json").path("publications");
    String asset = publications.path(publications.size() - 1).path("assets").path(0).asText();
    assertThat(asset).startsWith("static/index/");
    deployment.call(
        "start",
        Json.MAPPER.readTree(
            deployment
                .event("start-index-asset-deleted")
                .toString()
                .replace("static/index/page-3f2a19c0.js", asset)));
    deployment.takeUploadsUpByARunThatVanished();
    deployment.call("start", deployment.event("start-tick"));
    String fresh =
        deployment
            .event("start-upload")
            .toString()
            .replace("2026-11-22T10:00:00Z", Instant.now().plusSeconds(5).toString());
    deployment.call("start", Json.MAPPER.readTree(fresh));
  }

  /** Between a plan's two looks at the registry another deployment enters its site. */
  private static void registersAtTheSameTimeAsAnother(ScenarioDeployment deployment) {
    AwsServiceClientConfiguration known = deployment.s3().client().serviceClientConfiguration();
    ExecutionInterceptor rival =
        new ExecutionInterceptor() {
          @Override
          public void afterExecution(
              Context.AfterExecution context, ExecutionAttributes executionAttributes) {
            if (context.request() instanceof ListObjectsV2Request) {
              deployment
                  .s3()
                  .client()
                  .putObject(
                      b ->
                          b.bucket(ScenarioDeployment.BUCKET)
                              .key(".quickpage-index/sites/flywire%2Foptic%2F.json"),
                      RequestBody.fromString(
                          "{\"deployment\": \"first\", \"prefix\": \"flywire/optic/\"}"));
            }
          }
        };
    URI endpoint = known.endpointOverride().orElseThrow();
    try (S3Client s3 =
        S3Client.builder()
            .endpointOverride(endpoint)
            .forcePathStyle(true)
            .region(Region.of(AwsCalls.REGION))
            .credentialsProvider(known.credentialsProvider())
            .overrideConfiguration(
                settings ->
                    settings
                        .addExecutionInterceptor(new AwsCallRecorder(deployment.recorded("plan")))
                        .addExecutionInterceptor(rival)
                        .addExecutionInterceptor(new BodyAtOnce()))
            .build()) {
      SiteRegistry registry = new SiteRegistry(new S3ObjectStore(s3, ScenarioDeployment.BUCKET));
      assertThatThrownBy(() -> registry.claim("flywire/", "second"))
          .isInstanceOf(RefusedException.class);
    }
  }

  private static RecordedAwsCall onItems(String name, String... keys) {
    return new RecordedAwsCall(
        "DynamoDb " + name,
        "dynamodb:" + name,
        AwsCalls.arn("dynamodb", "table/" + ScenarioDeployment.STACK + "-cache-table"),
        Map.of("dynamodb:LeadingKeys", List.of(keys)));
  }

  /** Lambda takes the messages of a function's queue in the function's name. */
  private static List<RecordedAwsCall> madeByTheQueuesPoller() {
    assertThat(template.properties("StartFunction").get("Events").toString())
        .contains("Type=SQS", "UploadQueue.Arn");
    String queue = AwsCalls.arn("sqs", ScenarioDeployment.STACK + "-upload-queue");
    return List.of("ReceiveMessage", "DeleteMessage", "GetQueueAttributes").stream()
        .map(name -> new RecordedAwsCall("SQS " + name, "sqs:" + name, queue))
        .toList();
  }

  private static List<Statement> policy(String stage) {
    return own(template, stage);
  }

  private static List<Statement> own(CloudFormationTemplate template, String stage) {
    return template.policyOf(ScenarioDeployment.capital(stage) + "Function").stream()
        .filter(statement -> !OF_EVERY_FUNCTION.contains(statement.sid()))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "batch", "compose", "finish", "start"})
  void aRoleAllowsWhatItsFunctionCallsAndNothingElse(String stage) throws IOException {
    Path list = Files.createDirectories(Path.of("target", "aws-calls")).resolve(stage + ".txt");
    Files.write(list, calls.get(stage).stream().map(RecordedAwsCall::toString).sorted().toList());

    assertThat(PolicyAudit.complaints(policy(stage), calls.get(stage))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "batch", "compose", "finish", "start"})
  void everyPermissionIsNeeded(String stage) {
    List<Statement> policy = policy(stage);
    for (Statement statement : policy) {
      for (String action : statement.actions()) {
        assertThat(
                PolicyAudit.complaints(
                    changed(policy, statement, statement.without(action)), calls.get(stage)))
            .as("without %s in %s", action, statement.sid())
            .isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "batch", "compose", "finish", "start"})
  void aPermissionTooManyIsFound(String stage) {
    List<Statement> policy = policy(stage);
    for (Statement statement : policy) {
      String service = statement.actions().get(0).replaceFirst(":.*", "");
      for (String more : List.of("s3:DeleteBucket", "dynamodb:Scan", service + ":*")) {
        assertThat(
                PolicyAudit.complaints(
                    changed(policy, statement, statement.and(more)), calls.get(stage)))
            .as("with %s in %s", more, statement.sid())
            .isNotEmpty();
      }
    }
  }

  /** An option that is added takes part: its effects are among the calls that policies rest on. */
  @Test
  void everyOptionOfARunTookPart() throws IOException {
    Set<String> names = new TreeSet<>();
    for (RecordComponent option : Options.class.getRecordComponents()) {
      names.add(option.getName());
    }
    Set<String> used = new TreeSet<>();
    Json.MAPPER.readTree(EVERY_OPTION).path("options").fieldNames().forEachRemaining(used::add);

    assertThat(used).isEqualTo(names);
  }

  private static List<Statement> changed(List<Statement> policy, Statement from, Statement to) {
    List<Statement> changed = new ArrayList<>(policy);
    changed.set(changed.indexOf(from), to);
    return changed;
  }

  private static boolean mayPlan(RecordedAwsCall call) {
    return policy("plan").stream().anyMatch(statement -> statement.allows(call));
  }

  @Test
  void planReadsAllFactsAndWritesThoseOfTheDatasetAlone() {
    assertThat(mayPlan(onItems("BatchGetItem", FACT_KEY, DATASET_KEY))).isTrue();
    assertThat(mayPlan(onItems("PutItem", DATASET_KEY))).isTrue();

    for (String write : List.of("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem")) {
      assertThat(mayPlan(onItems(write, FACT_KEY))).as(write).isFalse();
      assertThat(mayPlan(onItems(write, DATASET_KEY, FACT_KEY))).as(write + " of both").isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "batch", "compose", "finish", "start"})
  void aRequestThatNamesNoItemsKeyIsAllowedToNobody(String stage) {
    List<RecordedAwsCall> ofItems =
        calls.get(stage).stream().filter(call -> call.action().startsWith("dynamodb:")).toList();
    assertThat(ofItems).isNotEmpty();
    for (RecordedAwsCall call : ofItems) {
      RecordedAwsCall withoutKey =
          new RecordedAwsCall(call.operation(), call.action(), call.resource());
      assertThat(policy(stage).stream().anyMatch(statement -> statement.allows(withoutKey)))
          .as(withoutKey.toString())
          .isFalse();
    }
  }

  /** Of another site in the same bucket, another bucket, another table, another secret. */
  @ParameterizedTest
  @ValueSource(strings = {"plan", "batch", "compose", "finish", "start"})
  void whatIsNotTheDeploymentsIsOutOfReach(String stage) {
    List<Statement> policy = policy(stage);
    Map<String, String> others = new LinkedHashMap<>();
    others.put("/male-cns/", "/flywire/");
    others.put("my-site", "their-site");
    others.put("quickpage-index-dev", "quickpage-index-prod");
    others.put("neuprint-token", "database-password");
    others.put(AwsCalls.ACCOUNT, "210987654321");
    for (RecordedAwsCall call : calls.get(stage)) {
      others.forEach(
          (ours, theirs) -> {
            RecordedAwsCall foreign = elsewhere(call, ours, theirs);
            if (!foreign.equals(call)) {
              assertThat(policy.stream().anyMatch(statement -> statement.allows(foreign)))
                  .as(foreign.toString())
                  .isFalse();
            }
          });
    }
  }

  private static RecordedAwsCall elsewhere(RecordedAwsCall call, String ours, String theirs) {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    call.keys()
        .forEach(
            (key, values) ->
                keys.put(key, values.stream().map(v -> v.replace(ours, theirs)).toList()));
    return new RecordedAwsCall(
        call.operation(), call.action(), call.resource().replace(ours, theirs), keys);
  }

  @Test
  void theSameIsAllowedInABucketThatTheStackCreates() throws IOException {
    CloudFormationTemplate creating = ScenarioDeployment.template("", "https://neuprint.org");
    for (String stage : ScenarioDeployment.STAGES) {
      assertThat(own(creating, stage)).isEqualTo(policy(stage));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "batch", "compose", "finish", "start"})
  void besideThatAFunctionWritesItsOwnLogAndItsTrace(String stage) {
    List<Statement> common =
        template.policyOf(ScenarioDeployment.capital(stage) + "Function").stream()
            .filter(statement -> OF_EVERY_FUNCTION.contains(statement.sid()))
            .toList();
    assertThat(common).extracting(Statement::sid).containsExactly("Log", "Trace");
    assertThat(common.get(0).actions())
        .containsExactly("logs:CreateLogStream", "logs:PutLogEvents");
    assertThat(common.get(0).resources())
        .singleElement()
        .asString()
        .endsWith("/aws/lambda/%s-%s:*".formatted(ScenarioDeployment.STACK, stage));
    assertThat(common.get(1).actions())
        .containsExactly("xray:PutTraceSegments", "xray:PutTelemetryRecords");
  }
}
