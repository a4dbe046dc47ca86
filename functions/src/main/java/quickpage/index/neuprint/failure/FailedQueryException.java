package quickpage.index.neuprint.failure;

import quickpage.index.error.RefusedException;
import quickpage.index.model.Remedy;

/** A request that failed and is not to be repeated as it is, any more. */
public final class FailedQueryException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient ErrorClassification classification;
  private final int attempts;

  public FailedQueryException(ErrorClassification classification, int attempts) {
    // No cause and no stack: a cause's message may hold an address or a part of an answer.
    super(classification.clause(), null, false, false);
    this.classification = classification;
    this.attempts = attempts;
  }

  public ErrorClassification classification() {
    return classification;
  }

  /**
   * One sentence on why types are unavailable, as it is published: without the server's address.
   */
  public String reason() {
    return "NeuPrint " + classification.clause() + after() + ".";
  }

  /** One sentence for the person who started the run. */
  public RefusedException refusal(String server) {
    String advice = classification.advice() == null ? "" : "; " + classification.advice();
    return new RefusedException(
        classification.reaction() == ErrorReaction.REFUSE ? Remedy.PERSON : Remedy.LATER,
        "NeuPrint at %s %s%s%s.".formatted(server, classification.clause(), after(), advice),
        this);
  }

  private String after() {
    return classification.reaction() == ErrorReaction.REPEAT && attempts > 1
        ? " in %d attempts".formatted(attempts)
        : "";
  }
}
