package quickpage.index.neuprint.failure;

import quickpage.index.error.RefusedException;

/** A request that failed and is not to be repeated as it is, any more. */
public final class FailedQueryException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient ErrorClassification diagnosis;
  private final int attempts;

  public FailedQueryException(ErrorClassification diagnosis, int attempts) {
    // No cause and no stack: a cause's message may hold an address or a part of an answer.
    super(diagnosis.clause(), null, false, false);
    this.diagnosis = diagnosis;
    this.attempts = attempts;
  }

  public ErrorClassification diagnosis() {
    return diagnosis;
  }

  /**
   * One sentence on why types are unavailable, as it is published: without the server's address.
   */
  public String reason() {
    return "NeuPrint " + diagnosis.clause() + after() + ".";
  }

  /** One sentence for the person who started the run. */
  public RefusedException refusal(String server) {
    String advice = diagnosis.advice() == null ? "" : "; " + diagnosis.advice();
    return new RefusedException(
        "NeuPrint at %s %s%s%s.".formatted(server, diagnosis.clause(), after(), advice), this);
  }

  private String after() {
    return diagnosis.reaction() == ErrorReaction.REPEAT && attempts > 1
        ? " in %d attempts".formatted(attempts)
        : "";
  }
}
