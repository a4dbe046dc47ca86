package quickpage.index.neuprint.failure;

/** What keeps one type from being described; the message is a sentence, as it is published. */
public final class TypeFaultException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean mayMend;

  private TypeFaultException(String sentence, boolean mayMend) {
    super(sentence, null, false, false);
    this.mayMend = mayMend;
  }

  /**
   * Data that cannot be understood: the same in every answer.
   *
   * @param what the end of the sentence
   */
  public static TypeFaultException unreadable(String what) {
    return new TypeFaultException(
        "Its data in NeuPrint cannot be understood: " + what + ".", false);
  }

  /**
   * An answer that contradicts itself, the census or the plan, so that something of it is missing,
   * too much or another thing than the query makes: another answer may be right.
   *
   * @param what the end of the sentence
   */
  public static TypeFaultException notWhole(String what) {
    return new TypeFaultException("NeuPrint's answer about it is not whole: " + what + ".", true);
  }

  /** Whether to ask for the type again. */
  public boolean mayMend() {
    return mayMend;
  }
}
