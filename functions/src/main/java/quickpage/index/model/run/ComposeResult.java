package quickpage.index.model.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import quickpage.index.model.Remedy;

/**
 * What the compose stage answers.
 *
 * @param failure why nothing was published; null if it was
 * @param remedy what can mend the failure; null if there is none, or in an answer of a version that
 *     did not tell it
 * @param publication the publication's number
 * @param page path of the index page, relative to the site root
 * @param milliseconds where the time went, by {@link Work}; null if nothing was published
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ComposeResult(
    String failure,
    Remedy remedy,
    Integer publication,
    String page,
    Long types,
    Long ok,
    Long noNeurons,
    Long notAsked,
    Long unavailable,
    Long neurons,
    Map<Work, Long> milliseconds,
    String startedAt,
    String finishedAt) {

  /** The answer of a compose stage that publishes nothing; no times if it did not even begin. */
  public static ComposeResult refused(
      String failure, Remedy remedy, String startedAt, String finishedAt) {
    return new ComposeResult(
        failure,
        remedy,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        startedAt,
        finishedAt);
  }
}
