package quickpage.index.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;

/** What AWS allows, so that what runs here runs there. */
final class Limits {
  /**
   * Input and output of a state, and a variable: 256 KiB of JSON in UTF-8
   * (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html).
   */
  static final int STATE_BYTES = 256 * 1024;

  /** All variables of an execution: 10 MiB (the same page). */
  static final int VARIABLES_BYTES = 10 * 1024 * 1024;

  /**
   * Request and response of a synchronous call: 6 MB, of 1024 x 1024 bytes
   * (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).
   */
  static final int LAMBDA_PAYLOAD_BYTES = 6 * 1024 * 1024;

  private static final ObjectMapper JSON = new ObjectMapper();

  private Limits() {}

  static byte[] bytes(JsonNode value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not writable as JSON: " + e.getMessage(), e);
    }
  }

  /** Gives the value back if a state may take or give it. */
  static JsonNode checkState(String what, JsonNode value) throws StateFailedException {
    int size = bytes(value).length;
    if (size > STATE_BYTES) {
      throw new StateFailedException(
          StateFailedException.DATA_LIMIT_EXCEEDED,
          "%s has %,d bytes; at most %,d are allowed.".formatted(what, size, STATE_BYTES));
    }
    return value;
  }

  static void checkVariables(Collection<JsonNode> variables) throws StateFailedException {
    int total = 0;
    for (JsonNode variable : variables) {
      total += bytes(variable).length;
    }
    if (total > VARIABLES_BYTES) {
      throw new StateFailedException(
          StateFailedException.DATA_LIMIT_EXCEEDED,
          "The variables have %,d bytes; at most %,d are allowed."
              .formatted(total, VARIABLES_BYTES));
    }
  }
}
