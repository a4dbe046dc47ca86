package quickpage.index.neuprint.failure;

import java.time.Duration;

/** One request that failed. */
public final class FailedAttemptException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient ErrorClassification classification;
  private final transient Duration retryAfter;
  private final int status;

  public FailedAttemptException(
      ErrorClassification classification, int status, Duration retryAfter) {
    super(classification.clause(), null, false, false);
    this.classification = classification;
    this.status = status;
    this.retryAfter = retryAfter;
  }

  public ErrorClassification classification() {
    return classification;
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
