package quickpage.index.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import quickpage.index.json.Json;

/**
 * Roles and policies beside those of the functions: the state machine may do what its definition
 * makes it do, the hook before traffic what it calls, and queue and bucket let in whom the stack
 * means to come.
 */
class OtherPoliciesIT {

  private static final String MACHINE = "stateMachine:" + ScenarioDeployment.STACK;

  /** "Logging using CloudWatch Logs" in the Step Functions guide; they name no resource. */
  private static final Set<String> LOG_DELIVERY =
      Set.of(
          "logs:CreateLogDelivery",
          "logs:GetLogDelivery",
          "logs:UpdateLogDelivery",
          "logs:DeleteLogDelivery",
          "logs:ListLogDeliveries",
          "logs:PutResourcePolicy",
          "logs:DescribeResourcePolicies",
          "logs:DescribeLogGroups");

  /** "Trace Step Functions request data in AWS X-Ray", the same. */
  private static final Set<String> TRACE =
      Set.of(
          "xray:PutTraceSegments",
          "xray:PutTelemetryRecords",
          "xray:GetSamplingRules",
          "xray:GetSamplingTargets");

  private static CloudFormationTemplate template;

  @BeforeAll
  static void read() throws IOException {
    template =
        ScenarioDeployment.template(
            "",
            "https://neuprint.org",
            Map.of("HostWithCloudFront", "true", "CheckDatasetSchedule", "rate(1 day)"));
  }

  private static List<JsonNode> states(JsonNode machine) {
    List<JsonNode> all = new ArrayList<>();
    for (JsonNode state : machine.path("States")) {
      all.add(state);
      all.addAll(states(state.path("ItemProcessor")));
    }
    return all;
  }

  /** Worked out of the definition; what it does not know needs what no policy can allow. */
  private static List<RecordedAwsCall> callsOf(JsonNode definition) {
    Map<?, ?> substitutions =
        (Map<?, ?>) template.property("IndexStateMachine", "DefinitionSubstitutions");
    List<RecordedAwsCall> calls = new ArrayList<>();
    for (JsonNode state : states(definition)) {
      String resource = state.path("Resource").asText("");
      if (resource.equals("arn:aws:states:::lambda:invoke")) {
        String hole = state.at("/Arguments/FunctionName").asText().replaceAll("[${}]", "");
        calls.add(
            new RecordedAwsCall(
                "Invoke", "lambda:InvokeFunction", (String) substitutions.get(hole)));
      } else if (!resource.isEmpty()) {
        calls.add(new RecordedAwsCall(resource, "a task that the tests do not know", ""));
      }
      if (state.has("ItemReader")) {
        assertThat(state.at("/ItemReader/Resource").asText())
            .isEqualTo("arn:aws:states:::s3:getObject");
        calls.add(
            new RecordedAwsCall(
                "ItemReader",
                "s3:GetObject",
                "arn:aws:s3:::my-site/male-cns/.quickpage-index/runs/example-run/batches-9e107d9d372bb6826bd81d3542a419d6.json"));
      }
      if (state.at("/ItemProcessor/ProcessorConfig/Mode").asText().equals("DISTRIBUTED")) {
        calls.add(
            new RecordedAwsCall("Map", "states:StartExecution", AwsCalls.arn("states", MACHINE)));
        String label = state.path("Label").asText();
        for (String execution : List.of(":example-run", "/" + label + ":5c1d")) {
          String arn = AwsCalls.arn("states", "execution:" + ScenarioDeployment.STACK + execution);
          calls.add(new RecordedAwsCall("Map", "states:DescribeExecution", arn));
          calls.add(new RecordedAwsCall("Map", "states:StopExecution", arn));
        }
      }
      if (state.has("ResultWriter")) {
        calls.add(new RecordedAwsCall("ResultWriter", "a writer that the tests do not know", ""));
      }
    }
    return calls;
  }

  private static List<Statement> machinesPolicy() {
    return Stream.concat(
            template.policyOf("IndexStateMachine").stream(),
            template.policy("IndexBatchesPolicy").stream())
        .toList();
  }

  @Test
  void theStateMachineMayDoWhatItsDefinitionSaysAndNothingElse() throws IOException {
    JsonNode definition =
        Json.MAPPER.readTree(
            ScenarioDeployment.ROOT.resolve("statemachine/index.asl.json").toFile());
    List<RecordedAwsCall> calls = callsOf(definition);
    assertThat(calls).hasSizeGreaterThan(8);

    List<Statement> own =
        machinesPolicy().stream().filter(statement -> !isOfEveryMachine(statement)).toList();
    assertThat(PolicyAudit.complaints(own, calls)).isEmpty();
  }

  private static boolean isOfEveryMachine(Statement statement) {
    return statement.sid().equals("Log") || statement.sid().equals("Trace");
  }

  @Test
  void besideThatItWritesItsLogAndItsTrace() {
    Map<String, List<String>> actions = new LinkedHashMap<>();
    machinesPolicy().stream()
        .filter(OtherPoliciesIT::isOfEveryMachine)
        .forEach(statement -> actions.put(statement.sid(), statement.actions()));

    assertThat(actions.get("Log")).containsExactlyInAnyOrderElementsOf(LOG_DELIVERY);
    assertThat(actions.get("Trace")).containsExactlyInAnyOrderElementsOf(TRACE);
  }

  @Test
  void theHookInvokesNewVersionsAndTellsCodeDeployAndNothingElse() {
    List<RecordedAwsCall> calls = new ArrayList<>();
    for (String stage : List.of("plan", "batch", "compose", "finish")) {
      calls.add(
          new RecordedAwsCall(
              "Invoke",
              "lambda:InvokeFunction",
              AwsCalls.arn(
                  "lambda", "function:%s-%s:7".formatted(ScenarioDeployment.STACK, stage))));
    }
    calls.add(
        new RecordedAwsCall(
            "PutLifecycleEventHookExecutionStatus",
            "codedeploy:PutLifecycleEventHookExecutionStatus",
            AwsCalls.arn(
                "codedeploy",
                "deploymentgroup:%s-ServerlessDeploymentApplication-1A2B/%s-PlanFunction-3C4D"
                    .formatted(ScenarioDeployment.STACK, ScenarioDeployment.STACK))));
    List<Statement> own =
        template.policyOf("BeforeTrafficFunction").stream()
            .filter(statement -> !isOfEveryMachine(statement))
            .toList();

    assertThat(PolicyAudit.complaints(own, calls)).isEmpty();
  }

  private static Map<String, Map<?, ?>> statements(String resource) {
    Map<?, ?> document = (Map<?, ?>) template.property(resource, "PolicyDocument");
    Map<String, Map<?, ?>> bySid = new LinkedHashMap<>();
    for (Object statement : (List<?>) document.get("Statement")) {
      Map<?, ?> map = (Map<?, ?>) statement;
      bySid.put((String) map.get("Sid"), map);
    }
    return bySid;
  }

  @Test
  void theQueuesTakeMessagesOfTheStacksRulesAlone() {
    Map<String, Map<?, ?>> statements = statements("UploadQueuePolicy");
    List<?> rules =
        Stream.of("EndedRunsRule", "UploadsRule", "IndexFilesRule", "DatasetRule", "TokenRule")
            .map(
                rule ->
                    AwsCalls.arn("events", "rule/%s-%s".formatted(ScenarioDeployment.STACK, rule)))
            .toList();
    assertThat(template.resources("AWS::Events::Rule")).hasSize(rules.size());

    assertThat(statements).containsOnlyKeys("OnlyEncrypted", "EventsOfThisStack");
    Map<?, ?> allowed = statements.get("EventsOfThisStack");
    assertThat(allowed.get("Principal")).isEqualTo(Map.of("Service", "events.amazonaws.com"));
    assertThat(allowed.get("Action")).isEqualTo("sqs:SendMessage");
    assertThat(allowed.get("Condition"))
        .isEqualTo(Map.of("ArnEquals", Map.of("aws:SourceArn", rules)));
    for (String rule : template.resources("AWS::Events::Rule")) {
      for (Object target : (List<?>) template.property(rule, "Targets")) {
        Map<?, ?> to = (Map<?, ?>) target;
        Object afterFailure = ((Map<?, ?>) to.get("DeadLetterConfig")).get("Arn");
        assertThat(((List<?>) allowed.get("Resource")).contains(to.get("Arn"))).as(rule).isTrue();
        assertThat(((List<?>) allowed.get("Resource")).contains(afterFailure)).as(rule).isTrue();
      }
    }
    isOnlyEncrypted(statements.get("OnlyEncrypted"), "sqs:*", (List<?>) allowed.get("Resource"));
  }

  private static void isOnlyEncrypted(Map<?, ?> statement, String action, List<?> resources) {
    assertThat(statement.get("Effect")).isEqualTo("Deny");
    assertThat(statement.get("Principal")).isEqualTo("*");
    assertThat(statement.get("Action")).isEqualTo(action);
    assertThat(statement.get("Resource")).isEqualTo(resources);
    assertThat(statement.get("Condition"))
        .isEqualTo(Map.of("Bool", Map.of("aws:SecureTransport", "false")));
  }

  @Test
  void theBucketLetsCloudFrontReadTheSiteAndNotWhatRunsKeep() {
    Map<String, Map<?, ?>> statements = statements("SiteBucketPolicy");
    String bucket = "arn:aws:s3:::" + ScenarioDeployment.BUCKET;

    assertThat(statements)
        .containsOnlyKeys(
            "OnlyEncrypted",
            "ReadersThroughCloudFront",
            "MissingIsNotForbidden",
            "NotWhatRunsKeep");
    isOnlyEncrypted(statements.get("OnlyEncrypted"), "s3:*", List.of(bucket, bucket + "/*"));
    Map<String, String> allowed =
        Map.of(
            "ReadersThroughCloudFront",
            "s3:GetObject on %s/male-cns/*".formatted(bucket),
            "MissingIsNotForbidden",
            "s3:ListBucket on " + bucket);
    allowed.forEach(
        (sid, what) -> {
          Map<?, ?> statement = statements.get(sid);
          assertThat(statement.get("Effect")).isEqualTo("Allow");
          assertThat(statement.get("Principal"))
              .isEqualTo(Map.of("Service", "cloudfront.amazonaws.com"));
          assertThat(statement.get("Action") + " on " + statement.get("Resource")).isEqualTo(what);
          assertThat(statement.get("Condition"))
              .isEqualTo(
                  Map.of(
                      "StringEquals",
                      Map.of(
                          "aws:SourceArn",
                          "arn:aws:cloudfront::%s:distribution/E123EXAMPLE"
                              .formatted(AwsCalls.ACCOUNT))));
        });
    Map<?, ?> kept = statements.get("NotWhatRunsKeep");
    assertThat(kept.get("Effect")).isEqualTo("Deny");
    assertThat(
            Statement.like(
                (String) kept.get("Resource"),
                bucket + "/male-cns/.quickpage-index/runs/r/report.json"))
        .isTrue();
    assertThat(Statement.like((String) kept.get("Resource"), bucket + "/male-cns/types.html"))
        .isFalse();
  }

  @Test
  void withoutCloudFrontNobodyReadsTheBucketThroughIt() throws IOException {
    CloudFormationTemplate before = template;
    template = ScenarioDeployment.template("", "https://neuprint.org");
    try {
      assertThat(statements("SiteBucketPolicy"))
          .containsOnlyKeys("OnlyEncrypted", "NotWhatRunsKeep");
    } finally {
      template = before;
    }
  }
}
