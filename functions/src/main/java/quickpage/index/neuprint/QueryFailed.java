package quickpage.index.neuprint;

import quickpage.index.model.Refusal;

/** A request that failed and is not to be repeated as it is, any more. */
final class QueryFailed extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Diagnosis diagnosis;
  private final int attempts;

  QueryFailed(Diagnosis diagnosis, int attempts) {
    // No cause and no stack: a cause's message may hold an address or a part of an answer.
    super(diagnosis.clause(), null, false, false);
    this.diagnosis = diagnosis;
    this.attempts = attempts;
  }

  Diagnosis diagnosis() {
    return diagnosis;
  }

  /**
   * One sentence on why types are unavailable, as it is published: without the server's address.
   */
  String reason() {
    return "NeuPrint " + diagnosis.clause() + after() + ".";
  }

  /** One sentence for the person who started the run. */
  Refusal refusal(String server) {
    String advice = diagnosis.advice() == null ? "" : "; " + diagnosis.advice();
    return new Refusal(
        "NeuPrint at %s %s%s%s.".formatted(server, diagnosis.clause(), after(), advice), this);
  }

  private String after() {
    return diagnosis.reaction() == Reaction.REPEAT && attempts > 1
        ? " in %d attempts".formatted(attempts)
        : "";
  }
}
