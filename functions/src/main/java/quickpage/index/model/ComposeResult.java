package quickpage.index.model;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What the compose stage answers.
 *
 * @param failure why nothing was published; null if it was
 * @param publication the publication's number
 * @param page path of the index page, relative to the site root
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ComposeResult(
    String failure,
    Integer publication,
    String page,
    Long types,
    Long ok,
    Long noNeurons,
    Long notAsked,
    Long unavailable,
    Long neurons,
    String startedAt,
    String finishedAt) {

  /** The answer of a compose stage that publishes nothing; no times if it did not even begin. */
  public static ComposeResult refused(String failure, String startedAt, String finishedAt) {
    return new ComposeResult(
        failure, null, null, null, null, null, null, null, null, startedAt, finishedAt);
  }
}
