package quickpage.index.error;

/**
 * Somebody interrupted the thread that works for a run: the run is to end, and whoever interrupts
 * knows why. It is neither a refusal, which would be told as the run's own, nor anything to repeat.
 * The thread's interrupt status is set.
 */
public final class InterruptedRunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Sets the thread's interrupt status again.
   *
   * @param what was interrupted, such as "Asking NeuPrint"
   */
  public static InterruptedRunException of(String what, InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new InterruptedRunException(what + " was interrupted.", cause);
  }

  private InterruptedRunException(String sentence, InterruptedException cause) {
    super(sentence, cause);
  }
}
