package quickpage.index.neuprint;

import java.time.Duration;

/** One request that failed. */
final class FailedAttempt extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Diagnosis diagnosis;
  private final transient Duration retryAfter;
  private final int status;

  FailedAttempt(Diagnosis diagnosis, int status, Duration retryAfter) {
    super(diagnosis.clause(), null, false, false);
    this.diagnosis = diagnosis;
    this.status = status;
    this.retryAfter = retryAfter;
  }

  Diagnosis diagnosis() {
    return diagnosis;
  }

  /** How long the server asks to wait; null where it does not say. */
  Duration retryAfter() {
    return retryAfter;
  }

  boolean isInternalError() {
    return status == 500;
  }

  boolean isUnauthorized() {
    return status == 401;
  }
}
