package quickpage.index.sandbox.connectome;

/**
 * Input that the user has to correct: an option, a file, a store made from something else. The
 * message is one sentence that says what is wrong and where.
 */
public final class InputRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InputRefused(String sentence) {
    super(sentence);
  }

  public InputRefused(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
