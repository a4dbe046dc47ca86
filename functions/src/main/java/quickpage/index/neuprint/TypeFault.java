package quickpage.index.neuprint;

/** What keeps one type from being described; the message is a sentence, as it is published. */
final class TypeFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean mayMend;

  private TypeFault(String sentence, boolean mayMend) {
    super(sentence, null, false, false);
    this.mayMend = mayMend;
  }

  /**
   * Data that cannot be understood: the same in every answer.
   *
   * @param what the end of the sentence
   */
  static TypeFault unreadable(String what) {
    return new TypeFault("Its data in NeuPrint cannot be understood: " + what + ".", false);
  }

  /**
   * An answer that contradicts itself, the census or the plan, so that something of it is missing,
   * too much or another thing than the query makes: another answer may be right.
   *
   * @param what the end of the sentence
   */
  static TypeFault notWhole(String what) {
    return new TypeFault("NeuPrint's answer about it is not whole: " + what + ".", true);
  }

  /** Whether to ask for the type again. */
  boolean mayMend() {
    return mayMend;
  }
}
