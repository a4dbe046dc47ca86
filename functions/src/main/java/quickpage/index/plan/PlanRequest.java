package quickpage.index.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import quickpage.index.model.run.Execution;

/**
 * What the state machine gives the plan stage.
 *
 * @param input the run input, as a person gave it
 * @param defaults none if missing
 */
public record PlanRequest(JsonNode input, Execution execution, Defaults defaults) {

  public PlanRequest {
    Objects.requireNonNull(execution, "execution is missing");
    defaults = defaults == null ? Defaults.NONE : defaults;
  }
}
