package quickpage.index.finish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import quickpage.index.json.Json;
import quickpage.index.lease.RunOutcome;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.Remedy;
import quickpage.index.model.TransientFailure;
import quickpage.index.model.run.ComposeResult;
import quickpage.index.model.run.PlanResult;

/**
 * How a run ended, by what its stages answered.
 *
 * @param failure the first thing that went wrong, in a sentence; null if nothing did
 * @param remedy what can mend it; null if nothing went wrong
 */
record RunEnding(String failure, Remedy remedy) {

  static RunEnding of(FinishRequest request) {
    PlanResult plan = request.plan();
    if (plan != null && plan.failure() != null) {
      return new RunEnding(plan.failure(), orLater(plan.remedy()));
    }
    ComposeResult compose = request.compose();
    if (compose != null) {
      return compose.failure() == null
          ? new RunEnding(null, null)
          : new RunEnding(compose.failure(), orLater(compose.remedy()));
    }
    FinishRequest.Caught error = request.error();
    String stage = plan == null ? "planning" : "indexing and composing";
    if (error == null) {
      return new RunEnding(
          "The run ended while %s, without saying why.".formatted(stage), Remedy.LATER);
    }
    return new RunEnding(
        "The run failed while %s: %s.".formatted(stage, sentence(error)), remedy(error));
  }

  boolean published() {
    return failure == null;
  }

  /**
   * What becomes of the uploads.
   *
   * @param version of the dataset, if it is known
   */
  RunOutcome outcome(DatasetVersion version) {
    return published() ? new RunOutcome.Published(version) : new RunOutcome.Failed(remedy, failure);
  }

  /** A stage of a version that does not tell gives nothing up. */
  private static Remedy orLater(Remedy told) {
    return told == null ? Remedy.LATER : told;
  }

  /** What AWS denies, to the workflow or to a stage, it denies until somebody changes a policy. */
  private static Remedy remedy(FinishRequest.Caught error) {
    String name = error.error() == null ? "" : error.error();
    return name.contains("AccessDenied") ? Remedy.PERSON : Remedy.LATER;
  }

  /** Lambda gives an exception as JSON with its message; a person wants the message. */
  private static String sentence(FinishRequest.Caught error) {
    String cause = error.cause() == null ? "" : error.cause();
    try {
      JsonNode message = Json.MAPPER.readTree(cause).path("errorMessage");
      cause = message.isTextual() ? message.asText() : cause;
    } catch (JsonProcessingException e) {
      // It is a sentence already.
    }
    String clause = cause.isBlank() ? "no cause was given" : cause.strip().replaceFirst("\\.$", "");
    return TransientFailure.class.getName().equals(error.error())
        ? clause + ", and again when it was repeated"
        : "%s (%s)".formatted(clause, error.error());
  }
}
