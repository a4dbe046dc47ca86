package quickpage.index.plan;

import com.fasterxml.jackson.databind.JsonNode;
import quickpage.index.model.Execution;

/**
 * What the state machine gives the plan stage.
 *
 * @param input the run input, as a person gave it
 */
public record PlanRequest(JsonNode input, Execution execution, Defaults defaults) {}
