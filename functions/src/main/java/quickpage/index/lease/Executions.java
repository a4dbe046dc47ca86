package quickpage.index.lease;

/** The deployment's executions of the workflow, as far as they are started by uploads. */
@FunctionalInterface
public interface Executions {

  /** Begins the name of every execution that uploads start. */
  String BY_UPLOADS = "upload-";

  /** Ends the name of one that is started because the one before it failed; it is the last. */
  String AGAIN = "-again";

  /** What became of a start. */
  enum Start {
    /** It is at work, started now or by an earlier call with the same name. */
    AT_WORK,
    /** One of this name was started before and has ended. */
    HAS_ENDED
  }

  /**
   * Starts an execution; the same name starts one once.
   *
   * @throws quickpage.index.model.TransientFailure if it could not be started
   */
  Start start(String name);
}
