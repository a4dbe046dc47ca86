package quickpage.index.finish;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import quickpage.index.model.run.Metric;

/** The numbers of a run that dashboard and alarms are made of. */
final class RunMetrics {

  private RunMetrics() {}

  /**
   * The metrics; of a run that was refused before it had a plan, only that it failed.
   *
   * @param seconds from the start of the execution until now
   */
  static List<Metric> of(FinishResult result, double seconds) {
    boolean published = result.failure() == null;
    List<Metric> metrics = new ArrayList<>();
    metrics.add(Metric.count("RunsPublished", published ? 1 : 0));
    metrics.add(Metric.count("RunsFailed", published ? 0 : 1));
    metrics.add(Metric.seconds("RunSeconds", seconds));
    metrics.add(
        Metric.uploadsBlocked(result.uploads() != null && result.uploads().blocked() != null));
    if (result.summary() != null) {
      add(metrics, result.summary());
    }
    return metrics;
  }

  private static void add(List<Metric> metrics, RunReport.Summary summary) {
    Map<String, Long> times = summary.milliseconds();
    for (Map.Entry<String, String> stage :
        Map.of("plan", "PlanSeconds", "batch", "BatchSeconds", "compose", "ComposeSeconds")
            .entrySet()) {
      if (times.containsKey(stage.getKey())) {
        metrics.add(Metric.seconds(stage.getValue(), times.get(stage.getKey()) / 1000.0));
      }
    }
    long asked = summary.cache().hits() + summary.cache().misses();
    if (asked > 0) {
      // Planning describes what is cached, batches the rest.
      long describing = times.getOrDefault("plan", 0L) + times.getOrDefault("batch", 0L);
      metrics.add(
          new Metric("TypesPerSecond", "Count/Second", asked * 1000.0 / Math.max(1, describing)));
      metrics.add(Metric.percent("CacheHitRate", 100.0 * summary.cache().hits() / asked));
    }
    // Not by the cache's numbers: a batch that died has none, and is what this is to tell.
    long known = summary.types().ok() + summary.types().unavailable();
    if (known > 0) {
      metrics.add(
          Metric.percent("UnavailablePercentage", 100.0 * summary.types().unavailable() / known));
    }
    metrics.add(Metric.count("UnavailableTypes", summary.types().unavailable()));
    RunReport.NeuPrint neuPrint = summary.neuprint();
    metrics.add(Metric.count("NeuPrintRequests", neuPrint.requests()));
    metrics.add(Metric.count("NeuPrintErrors", neuPrint.errors()));
    metrics.add(Metric.count("NeuPrintRetries", neuPrint.retries()));
    if (neuPrint.latency().count() > 0) {
      metrics.add(Metric.milliseconds("NeuPrintLatencyP50", neuPrint.latency().p50()));
      metrics.add(Metric.milliseconds("NeuPrintLatencyP95", neuPrint.latency().p95()));
    }
    if (summary.estimatedCostUsd() != null) {
      metrics.add(Metric.plain("EstimatedCostUsd", summary.estimatedCostUsd()));
    }
  }
}
