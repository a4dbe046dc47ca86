package quickpage.index.sandbox.connectome;

/** A cell that its property cannot have: what is wrong, and how to mend the column in pandas. */
final class UnfitCellException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String mending;

  /**
   * @param what completes "'x'", as in "is not a whole number"
   * @param mending a line of pandas in which {@code COLUMN} stands for the column's name
   */
  UnfitCellException(String what, String mending) {
    super(what);
    this.mending = mending;
  }

  String mending(String column) {
    return mending.replace("COLUMN", column);
  }
}
