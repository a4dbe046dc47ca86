package quickpage.index.local;

import java.util.function.Supplier;
import quickpage.index.error.RefusedException;

/**
 * Ends a run before its time: somebody wants it to stop, or the disk takes no more, which no
 * repetition mends. What has begun to be published is published whole first. The first reason
 * counts. Safe for use by several threads.
 */
public final class RunStop {

  private boolean stopped;
  private RefusedException failure;
  private Thread working;
  private boolean publishing;
  private boolean published;

  /** Stops the run because somebody wants it. */
  public synchronized void stop() {
    if (!isRequested()) {
      stopped = true;
      interrupt();
    }
  }

  /** Stops the run because it cannot go on. */
  synchronized void fail(RefusedException reason) {
    if (!isRequested()) {
      failure = reason;
      interrupt();
    }
  }

  /** Whether the run is to end. */
  public synchronized boolean isRequested() {
    return stopped || failure != null;
  }

  private void interrupt() {
    if (working != null && !publishing) {
      working.interrupt();
    }
  }

  /**
   * Does work that ends soon when its thread is interrupted.
   *
   * @param where the folder that is written, for the sentence
   * @throws RefusedException that says what stopped it, if it was stopped before it began or failed
   *     then
   */
  public <T> T interruptibly(Object where, Supplier<T> work) {
    synchronized (this) {
      if (isRequested()) {
        throw reason(where);
      }
      working = Thread.currentThread();
    }
    try {
      return work.get();
    } catch (RuntimeException e) {
      if (isRequested()) {
        RefusedException reason = reason(where);
        reason.addSuppressed(e);
        throw reason;
      }
      throw e;
    } finally {
      synchronized (this) {
        working = null;
        if (isRequested()) {
          // What is tidied up afterwards is not to be interrupted.
          Thread.interrupted();
        }
      }
    }
  }

  /** Does work that is to be done whole or not at all: a stop waits for its end. */
  <T> T whole(Object where, Supplier<T> publication) {
    synchronized (this) {
      if (isRequested()) {
        throw reason(where);
      }
      publishing = true;
    }
    try {
      T result = publication.get();
      synchronized (this) {
        published = true;
      }
      return result;
    } finally {
      synchronized (this) {
        publishing = false;
        if (isRequested()) {
          interrupt();
        }
      }
    }
  }

  /** Whether something was published whole. */
  synchronized boolean hasPublished() {
    return published;
  }

  /** What stopped the run, in a sentence. */
  synchronized RefusedException reason(Object where) {
    if (failure != null) {
      return published
          ? new RefusedException(
              failure.getMessage() + " By then the index in %s was published.".formatted(where),
              failure)
          : failure;
    }
    return new RefusedException(
        published
            ? "The run was stopped when the index in %s was published.".formatted(where)
            : "The run was stopped; what is published in %s is as it was.".formatted(where));
  }
}
