package quickpage.index.neuprint;

/** Data of one type that cannot be understood; the message is the end of a sentence. */
final class TypeFault extends Exception {
  private static final long serialVersionUID = 1L;

  TypeFault(String what) {
    super(what, null, false, false);
  }
}
