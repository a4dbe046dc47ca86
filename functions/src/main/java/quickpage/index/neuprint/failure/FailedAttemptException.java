package quickpage.index.neuprint.failure;

import java.time.Duration;

/** One request that failed. */
public final class FailedAttemptException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient ErrorClassification diagnosis;
  private final transient Duration retryAfter;
  private final int status;

  public FailedAttemptException(ErrorClassification diagnosis, int status, Duration retryAfter) {
    super(diagnosis.clause(), null, false, false);
    this.diagnosis = diagnosis;
    this.status = status;
    this.retryAfter = retryAfter;
  }

  public ErrorClassification diagnosis() {
    return diagnosis;
  }

  /** How long the server asks to wait; null where it does not say. */
  public Duration retryAfter() {
    return retryAfter;
  }

  public boolean isInternalError() {
    return status == 500;
  }

  public boolean isUnauthorized() {
    return status == 401;
  }
}
