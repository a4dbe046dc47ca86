package quickpage.index.model;

import quickpage.index.text.VisibleText;

/**
 * Something failed that another attempt may mend (a store that is busy or away). The workflow's
 * Retry names this class, and no subclass of it would be retried; everything else that a handler
 * throws is a defect or a refusal.
 */
public final class TransientFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TransientFailure(String sentence, Throwable cause) {
    super(VisibleText.message(sentence), cause);
  }
}
