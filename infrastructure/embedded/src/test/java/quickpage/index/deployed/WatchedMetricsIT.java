package quickpage.index.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quickpage.index.json.Json;

/**
 * What dashboard and alarms look at is what the functions write to their logs, by namespace, name
 * and dimensions: CloudWatch draws an empty line for a metric that nobody writes, and says nothing.
 */
class WatchedMetricsIT {

  private static final String OURS = "QuickpageIndex";

  /**
   * Of AWS's own that are looked at: "Monitoring Step Functions metrics", "Types of metrics for
   * Lambda functions" and "Available CloudWatch metrics for Amazon SQS" in the services' guides.
   */
  private static final Map<String, Set<String>> AWS_METRICS =
      Map.of(
          "AWS/States", Set.of("ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsAborted"),
          "AWS/Lambda", Set.of("Errors", "ConcurrentExecutions", "Invocations"),
          "AWS/SQS", Set.of("ApproximateNumberOfMessagesVisible", "ApproximateAgeOfOldestMessage"));

  private static CloudFormationTemplate template;
  private static final Map<String, Set<Watched>> emitted = new LinkedHashMap<>();
  private static final Map<String, List<String>> logs = new LinkedHashMap<>();

  /** A metric; only with exactly these dimensions is it the same. */
  private record Watched(String namespace, String name, Map<String, String> dimensions) {}

  @BeforeAll
  static void work(@TempDir Path folder) throws Exception {
    template = ScenarioDeployment.template(ScenarioDeployment.BUCKET, "https://neuprint.org");
    try (ScenarioDeployment deployment = new ScenarioDeployment(folder)) {
      for (String type : deployment.types().subList(0, 3)) {
        deployment.upload("types/" + type + ".html", type);
      }
      ObjectNode execution = ScenarioDeployment.execution("published");
      JsonNode planned = deployment.plan(execution);
      deployment.batches(planned);
      deployment.finish(execution, planned, deployment.compose(planned, execution));
      deployment.call("start", deployment.event("start-token"));
      for (String stage : ScenarioDeployment.STAGES) {
        logs.put(stage, deployment.log(stage));
        emitted.put(stage, emittedIn(logs.get(stage)));
      }
    }
  }

  /** Reads lines in CloudWatch's embedded metric format. */
  private static Set<Watched> emittedIn(List<String> log) throws IOException {
    Set<Watched> found = new LinkedHashSet<>();
    for (String text : log) {
      if (!text.startsWith("{\"_aws\"")) {
        continue;
      }
      JsonNode line = Json.MAPPER.readTree(text);
      for (JsonNode directive : line.at("/_aws/CloudWatchMetrics")) {
        for (JsonNode dimensions : directive.path("Dimensions")) {
          Map<String, String> values = new TreeMap<>();
          dimensions.forEach(name -> values.put(name.asText(), line.get(name.asText()).asText()));
          for (JsonNode metric : directive.path("Metrics")) {
            String name = metric.path("Name").asText();
            assertThat(line.path(name).isNumber()).as(name).isTrue();
            found.add(new Watched(directive.path("Namespace").asText(), name, values));
          }
        }
      }
    }
    return found;
  }

  private static Set<Watched> ofAlarms() {
    Set<Watched> all = new LinkedHashSet<>();
    for (String alarm : template.resources("AWS::CloudWatch::Alarm")) {
      Object several = template.property(alarm, "Metrics");
      if (several == null) {
        all.add(
            watched(
                template.property(alarm, "Namespace"),
                template.property(alarm, "MetricName"),
                template.property(alarm, "Dimensions")));
      } else {
        for (Object query : (List<?>) several) {
          if (((Map<?, ?>) query).get("MetricStat") instanceof Map<?, ?> stat) {
            Map<?, ?> metric = (Map<?, ?>) stat.get("Metric");
            all.add(
                watched(
                    metric.get("Namespace"), metric.get("MetricName"), metric.get("Dimensions")));
          }
        }
      }
    }
    return all;
  }

  private static Watched watched(Object namespace, Object name, Object dimensions) {
    Map<String, String> values = new TreeMap<>();
    for (Object dimension : (List<?>) dimensions) {
      Map<?, ?> pair = (Map<?, ?>) dimension;
      values.put((String) pair.get("Name"), (String) pair.get("Value"));
    }
    return new Watched((String) namespace, (String) name, values);
  }

  private static Set<Watched> ofDashboard() throws IOException {
    Set<Watched> all = new LinkedHashSet<>();
    JsonNode body = Json.MAPPER.readTree((String) template.property("Dashboard", "DashboardBody"));
    for (JsonNode widget : body.path("widgets")) {
      for (JsonNode line : widget.at("/properties/metrics")) {
        Map<String, String> values = new TreeMap<>();
        for (int i = 2; i + 1 < line.size(); i += 2) {
          values.put(line.get(i).asText(), line.get(i + 1).asText());
        }
        all.add(new Watched(line.get(0).asText(), line.get(1).asText(), values));
      }
    }
    return all;
  }

  private static Set<Watched> watched() throws IOException {
    Set<Watched> all = ofAlarms();
    all.addAll(ofDashboard());
    return all;
  }

  private static Set<Watched> ours() throws IOException {
    Set<Watched> ours = new LinkedHashSet<>(watched());
    ours.removeIf(metric -> !metric.namespace().equals(OURS));
    return ours;
  }

  @Test
  void everyMetricThatIsWatchedIsWrittenAndEveryOneThatIsWrittenIsWatched() throws IOException {
    Set<Watched> written = new LinkedHashSet<>();
    emitted.values().forEach(written::addAll);

    assertThat(ours()).hasSizeGreaterThan(10).containsExactlyInAnyOrderElementsOf(written);
  }

  @Test
  void theTokensLifeIsToldByARunAndOnceADayWhileASiteRests() {
    Watched tokenLife =
        new Watched(OURS, "TokenDaysLeft", Map.of("Deployment", ScenarioDeployment.STACK));

    assertThat(emitted.get("plan")).containsExactly(tokenLife);
    assertThat(emitted.get("start")).contains(tokenLife);
    assertThat(ofAlarms()).contains(tokenLife);
  }

  @Test
  void whatIsWatchedBesideThatAwsWritesForThisStack() throws IOException {
    Set<Watched> others = watched();
    others.removeAll(ours());
    String machine = AwsCalls.arn("states", "stateMachine:" + ScenarioDeployment.STACK);

    assertThat(others)
        .allSatisfy(
            metric -> {
              assertThat(AWS_METRICS.get(metric.namespace())).contains(metric.name());
              assertThat(String.join(" ", metric.dimensions().values()))
                  .contains(ScenarioDeployment.STACK);
              assertThat(metric.dimensions().keySet())
                  .isSubsetOf("StateMachineArn", "FunctionName", "Resource", "QueueName");
            });
    assertThat(others)
        .filteredOn(metric -> metric.namespace().equals("AWS/States"))
        .extracting(metric -> metric.dimensions().get("StateMachineArn"))
        .containsOnly(machine);
    assertThat(ofDashboard())
        .extracting(Watched::name)
        .contains("ExecutionsTimedOut", "ExecutionsAborted", "NeuPrintErrors");
  }

  /** Those of metrics, too. Before the first invocation there is none to name. */
  @Test
  void everyLineNamesLambdasIdOfTheInvocation() throws IOException {
    for (String stage : ScenarioDeployment.STAGES) {
      List<String> lines = logs.get(stage).stream().filter(line -> line.startsWith("{")).toList();
      assertThat(lines).as(stage).isNotEmpty();
      for (String line : lines) {
        assertThat(Json.MAPPER.readTree(line).path("requestId").asText()).as(line).isNotEmpty();
      }
    }
  }

  @Test
  void theDocumentsCountWhatIsWatched() throws IOException {
    int alarms = template.resources("AWS::CloudWatch::Alarm").size();

    assertThat(Files.readString(ScenarioDeployment.ROOT.resolve("docs/deploying.md")))
        .contains(
            "dashboard, %d alarms on %d metrics, %d metrics of our own"
                .formatted(alarms, ofAlarms().size(), ours().size()));
  }
}
