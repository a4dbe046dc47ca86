package quickpage.index.workflow;

import java.util.List;

/** A state failed with a name that Retry and Catch compare. */
final class StateFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  // https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
  static final String ALL = "States.ALL";
  static final String TASK_FAILED = "States.TaskFailed";
  static final String TIMEOUT = "States.Timeout";
  static final String DATA_LIMIT_EXCEEDED = "States.DataLimitExceeded";
  static final String QUERY_EVALUATION_ERROR = "States.QueryEvaluationError";
  static final String ITEM_READER_FAILED = "States.ItemReaderFailed";
  static final String EXCEED_TOLERATED_FAILURE_THRESHOLD = "States.ExceedToleratedFailureThreshold";
  static final String NO_CHOICE_MATCHED = "States.NoChoiceMatched";

  /** Names that begin with "States." are reserved; these are the ones that may be matched here. */
  static final List<String> MATCHABLE =
      List.of(
          ALL,
          TASK_FAILED,
          TIMEOUT,
          DATA_LIMIT_EXCEEDED,
          QUERY_EVALUATION_ERROR,
          ITEM_READER_FAILED,
          EXCEED_TOLERATED_FAILURE_THRESHOLD);

  private final String error;
  private final String cause;

  StateFailedException(String error, String cause) {
    super(error + ": " + cause);
    this.error = error;
    this.cause = cause;
  }

  String error() {
    return error;
  }

  String cause() {
    return cause;
  }

  /**
   * Whether one of the names of an {@code ErrorEquals} stands for this failure. {@code States.ALL}
   * does not stand for {@code States.DataLimitExceeded}; {@code States.TaskFailed} stands for
   * everything else but a time-out.
   */
  boolean matches(List<String> errorEquals) {
    for (String name : errorEquals) {
      boolean wildcard = !error.equals(DATA_LIMIT_EXCEEDED);
      if (name.equals(error)
          || (name.equals(ALL) && wildcard)
          || (name.equals(TASK_FAILED) && wildcard && !error.equals(TIMEOUT))) {
        return true;
      }
    }
    return false;
  }
}
