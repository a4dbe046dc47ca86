package quickpage.index.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import quickpage.index.workflow.Workflow;

/**
 * The workflow's one definition, packed beside the classes by the build, as this machine runs it.
 */
final class LocalWorkflow {

  private LocalWorkflow() {}

  /**
   * Reads it. A deployment has parameters where this has nothing: on one machine the run input
   * names everything.
   *
   * @param bucket the name under which the site is known to the run
   */
  static Workflow load(String bucket) {
    return Workflow.load(
        definition(),
        Map.ofEntries(
            Map.entry("PlanFunction", "plan"),
            Map.entry("BatchFunction", "batch"),
            Map.entry("ComposeFunction", "compose"),
            Map.entry("FinishFunction", "finish"),
            Map.entry("NeuPrintServer", ""),
            Map.entry("NeuPrintDataset", ""),
            Map.entry("SiteBucketName", bucket),
            Map.entry("SitePrefix", ""),
            Map.entry("Contact", ""),
            Map.entry("MaxConcurrency", ""),
            Map.entry("CacheTtlHours", ""),
            Map.entry("ToleratedFailurePercentage", ""),
            Map.entry("TokenSecretName", ""),
            Map.entry("AuthoritiesSecretName", ""),
            Map.entry("Deployment", ""),
            Map.entry("QuietSeconds", ""),
            Map.entry("Metrics", ""),
            Map.entry("IgnorePages", ""),
            Map.entry("Facets", ""),
            Map.entry("PageTitle", ""),
            Map.entry("PageLinks", ""),
            Map.entry("AnalyticsScript", "")));
  }

  private static String definition() {
    try (var in = LocalWorkflow.class.getResourceAsStream("/statemachine/index.asl.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the state machine's definition cannot be read", e);
    }
  }
}
