package quickpage.index.workflow;

/**
 * The definition says something that this runner does not do; the message names state and field.
 */
public final class UnsupportedWorkflowException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  UnsupportedWorkflowException(String where, String what) {
    super(where + ": " + what);
  }
}
