package quickpage.index.error;

import quickpage.index.text.VisibleText;

/**
 * The run cannot go on and repeating it would not help: bad input, a wrong token, an unknown
 * dataset. The message is one sentence for the person who started the run: what was wrong, where,
 * what to do. A handler answers it as {@code {"failure": message}}.
 */
public class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RefusedException(String sentence) {
    super(VisibleText.message(sentence));
  }

  public RefusedException(String sentence, Throwable cause) {
    super(VisibleText.message(sentence), cause);
  }
}
