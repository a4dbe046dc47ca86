package quickpage.index.workflow;

/** A function failed; the workflow's Retry and Catch decide by the error type. */
public final class FunctionErrorException extends Exception {
  private static final long serialVersionUID = 1L;
  private final String errorType;

  /**
   * A failed call.
   *
   * @param errorType the name that {@code ErrorEquals} is compared with, for example a Java class
   *     name or {@code Lambda.TooManyRequestsException}
   * @param message what the person reading the execution sees
   */
  public FunctionErrorException(String errorType, String message) {
    super(message);
    this.errorType = errorType;
  }

  public String errorType() {
    return errorType;
  }
}
