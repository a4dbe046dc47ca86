package quickpage.index.neuprint;

/** What keeps one type from being described; the message is a sentence, as it is published. */
final class TypeFault extends Exception {
  private static final long serialVersionUID = 1L;

  private TypeFault(String sentence) {
    super(sentence, null, false, false);
  }

  /**
   * Data that cannot be understood.
   *
   * @param what the end of the sentence
   */
  static TypeFault unreadable(String what) {
    return new TypeFault("Its data in NeuPrint cannot be understood: " + what + ".");
  }

  /**
   * An answer that contradicts itself, the census or the plan, so that something of it is missing
   * or too much.
   *
   * @param what the end of the sentence
   */
  static TypeFault notWhole(String what) {
    return new TypeFault("NeuPrint's answer about it is not whole: " + what + ".");
  }
}
