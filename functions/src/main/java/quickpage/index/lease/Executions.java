package quickpage.index.lease;

import java.time.Instant;

/** The deployment's executions of the workflow, as far as they are started by uploads. */
public interface Executions {

  /** Begins the name of every execution that uploads start. */
  String BY_UPLOADS = "upload-";

  /** Whether uploads start the execution of this name. */
  static boolean isByUploads(String name) {
    return name.startsWith(BY_UPLOADS);
  }

  /** What became of a start. */
  enum Start {
    /** It is at work, started now or by an earlier call with the same name. */
    AT_WORK,
    /** One of this name was started before and has ended. */
    HAS_ENDED
  }

  /** What has become of an execution. */
  enum Status {
    AT_WORK,
    SUCCEEDED,
    /** It failed, ran out of time, or nobody knows it any more. */
    FAILED,
    /** A person stopped it. */
    STOPPED
  }

  /**
   * An execution, looked at.
   *
   * @param ended when it ended; null if it is at work or unknown
   */
  record Seen(Status status, Instant ended) {}

  /**
   * Starts an execution; the same name starts one once.
   *
   * @throws quickpage.index.model.TransientFailure if it could not be started
   */
  Start start(String name);

  /**
   * Looks at an execution that was started minutes ago; of a younger one this may know nothing yet.
   *
   * @throws quickpage.index.model.TransientFailure if that cannot be told
   */
  Seen look(String name);
}
