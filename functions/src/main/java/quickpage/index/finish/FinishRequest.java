package quickpage.index.finish;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import quickpage.index.model.ComposeResult;
import quickpage.index.model.Execution;
import quickpage.index.model.PlanResult;

/**
 * How the run went, as the state machine knows it.
 *
 * @param plan null if the stage did not answer
 * @param compose null if the stage did not answer
 * @param error what a state caught; null if nothing was
 */
public record FinishRequest(
    Execution execution, PlanResult plan, ComposeResult compose, Caught error) {

  public FinishRequest {
    Objects.requireNonNull(execution, "execution is missing");
  }

  /** An error as Step Functions names it; {@code cause} is Lambda's JSON or a sentence. */
  public record Caught(@JsonProperty("Error") String error, @JsonProperty("Cause") String cause) {}
}
