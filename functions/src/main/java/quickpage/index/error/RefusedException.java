package quickpage.index.error;

import quickpage.index.model.Remedy;
import quickpage.index.text.VisibleText;

/**
 * The run cannot go on, and repeating the stage at once would not help: bad input, a wrong token,
 * an unknown dataset, a page that somebody else changed. The message is one sentence for the person
 * who started the run: what was wrong, where, what to do. A handler answers it as {@code
 * {"failure": message, "remedy": "later" or "person"}}.
 */
public class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Remedy remedy;

  /** A refusal that a person has to mend. */
  public RefusedException(String sentence) {
    this(Remedy.PERSON, sentence);
  }

  /** A refusal that a person has to mend. */
  public RefusedException(String sentence, Throwable cause) {
    this(Remedy.PERSON, sentence, cause);
  }

  public RefusedException(Remedy remedy, String sentence) {
    super(VisibleText.message(sentence));
    this.remedy = remedy;
  }

  public RefusedException(Remedy remedy, String sentence, Throwable cause) {
    super(VisibleText.message(sentence), cause);
    this.remedy = remedy;
  }

  /** What can mend it. */
  public Remedy remedy() {
    return remedy;
  }
}
