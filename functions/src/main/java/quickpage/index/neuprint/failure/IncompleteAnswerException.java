package quickpage.index.neuprint.failure;

import java.io.IOException;

/**
 * An answer that is JSON and yet cannot be right: it contradicts the query, itself or what is known
 * of the dataset, or it is more than an answer may be. The text never quotes the answer.
 */
public final class IncompleteAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param what the end of the sentence "NeuPrint gave an answer that cannot be right: …"
   */
  public IncompleteAnswerException(String what) {
    super(what);
  }
}
