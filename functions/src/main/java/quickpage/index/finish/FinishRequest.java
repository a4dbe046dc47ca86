package quickpage.index.finish;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import quickpage.index.model.run.ComposeResult;
import quickpage.index.model.run.Execution;
import quickpage.index.model.run.PlanResult;

/**
 * How the run went, as the state machine knows it.
 *
 * @param plan null if the stage did not answer
 * @param compose null if the stage did not answer
 * @param error what a state caught; null if nothing was
 * @param defaults what is known of the site even if the plan did not answer
 */
public record FinishRequest(
    Execution execution, PlanResult plan, ComposeResult compose, Caught error, Defaults defaults) {

  public FinishRequest {
    Objects.requireNonNull(execution, "execution is missing");
    Objects.requireNonNull(defaults, "defaults are missing");
  }

  /**
   * The deployment's own site, from the state machine's definition.
   *
   * @param prefix "" or ending in a slash
   * @param deployment name of the stack; "" on one machine
   * @param metrics "false" if the deployment writes none; else it does, as in a definition from
   *     before this field
   */
  public record Defaults(String bucket, String prefix, String deployment, String metrics) {

    public Defaults {
      bucket = bucket == null ? "" : bucket.strip();
      prefix = prefix == null ? "" : prefix.strip();
      prefix = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
      deployment = deployment == null ? "" : deployment.strip();
      metrics = metrics == null ? "" : metrics.strip();
    }

    /** Whether this is a deployment, and one that writes metrics. */
    public boolean writesMetrics() {
      return !deployment.isEmpty() && !metrics.equals("false");
    }
  }

  /** An error as Step Functions names it; {@code cause} is Lambda's JSON or a sentence. */
  public record Caught(@JsonProperty("Error") String error, @JsonProperty("Cause") String cause) {}
}
