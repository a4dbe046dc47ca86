package quickpage.index.model.run;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Objects;

/**
 * The workflow execution that a stage works for.
 *
 * @param id its ARN
 * @param startTime ISO 8601
 */
public record Execution(String id, String name, String startTime) {

  public Execution {
    Objects.requireNonNull(name, "the execution's name is missing");
    Objects.requireNonNull(startTime, "the execution's startTime is missing");
    try {
      Instant.parse(startTime);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "the execution's startTime is no time of ISO 8601 in UTC: " + startTime, e);
    }
  }
}
