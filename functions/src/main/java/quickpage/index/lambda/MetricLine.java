package quickpage.index.lambda;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.slf4j.MDC;
import quickpage.index.json.Json;
import quickpage.index.logs.InvocationContext;
import quickpage.index.model.run.Metric;

/**
 * Metrics as one line of a function's log in CloudWatch's embedded metric format, from which
 * CloudWatch makes them without a call. Written by hand: Powertools' metrics (2.9.0) brings 1.1 MB
 * of jars, and its first line took 0.77 s where this one took 0.01 s (fresh JVM 25, two cores).
 *
 * <p>The format: "Specification: Embedded metric format" in the CloudWatch user guide.
 */
public final class MetricLine {

  private static final String NAMESPACE = "QuickpageIndex";

  private MetricLine() {}

  /**
   * Writes the metrics of a deployment; nothing where there is no deployment (on one machine), or
   * no metric.
   *
   * @param deployment the stack's name, the only dimension
   * @param run to be found beside the numbers; no dimension, for each would be a metric of its own
   */
  public static void write(String deployment, String run, List<Metric> metrics, Instant now) {
    if (!deployment.isEmpty() && !metrics.isEmpty()) {
      LambdaRuntime.getLogger().log(text(deployment, run, metrics, now) + "\n");
    }
  }

  static String text(String deployment, String run, List<Metric> metrics, Instant now) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    ObjectNode aws = line.putObject("_aws").put("Timestamp", now.toEpochMilli());
    ObjectNode directive = aws.putArray("CloudWatchMetrics").addObject();
    directive.put("Namespace", NAMESPACE);
    directive.putArray("Dimensions").addArray().add("Deployment");
    ArrayNode definitions = directive.putArray("Metrics");
    line.put("Deployment", deployment).put("run", run);
    String requestId = MDC.get(InvocationContext.REQUEST_ID);
    if (requestId != null) {
      line.put(InvocationContext.REQUEST_ID, requestId);
    }
    for (Metric metric : metrics) {
      definitions.addObject().put("Name", metric.name()).put("Unit", metric.unit());
      line.put(metric.name(), metric.value());
    }
    return new String(Json.bytes(line), StandardCharsets.UTF_8);
  }
}
