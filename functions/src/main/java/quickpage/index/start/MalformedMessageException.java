package quickpage.index.start;

/** A message that nobody could act on; it belongs in the dead-letter queue, with this reason. */
final class MalformedMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * The exception.
   *
   * @param reason a clause: what is wrong with the message
   */
  MalformedMessageException(String reason) {
    super(reason);
  }
}
