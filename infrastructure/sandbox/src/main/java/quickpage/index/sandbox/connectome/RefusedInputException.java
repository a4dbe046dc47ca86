package quickpage.index.sandbox.connectome;

/**
 * Input that the user has to correct: an option, a file, a store made from something else. The
 * message is one sentence that says what is wrong and where, or for a table a line for each
 * problem.
 */
public final class RefusedInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RefusedInputException(String sentence) {
    super(sentence);
  }

  public RefusedInputException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
