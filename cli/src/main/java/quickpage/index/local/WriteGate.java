package quickpage.index.local;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import quickpage.index.error.RefusedException;

/** What every change of a folder passes through, until the run ends. */
final class WriteGate {

  private final ObjectFiles files;
  private final Consumer<RefusedException> failedWrite;

  /** Shared by those who write; had alone by whoever ends it. */
  private final ReadWriteLock writing = new ReentrantReadWriteLock();

  private boolean ended;

  /**
   * An open gate.
   *
   * @param failedWrite told what the disk does not take, before the refusal is thrown
   */
  WriteGate(ObjectFiles files, Consumer<RefusedException> failedWrite) {
    this.files = files;
    this.failedWrite = failedWrite;
  }

  /** A step of writing. */
  interface Step<T> {
    T run() throws IOException;
  }

  /** Does a step; what the disk does not take is told and refused. */
  <T> T written(Step<T> step) {
    return beforeTheEnd(
        () -> {
          try {
            return step.run();
          } catch (ClosedByInterruptException e) {
            // Not the disk's fault: whoever interrupts knows why.
            throw e;
          } catch (IOException e) {
            RefusedException failure = files.refusal(e);
            failedWrite.accept(failure);
            throw failure;
          }
        });
  }

  /** The same for a step whose failure need not be told. */
  <T> T beforeTheEnd(Step<T> step) {
    writing.readLock().lock();
    try {
      if (ended) {
        throw new RefusedException(
            "The run has ended; nothing more is written in %s.".formatted(files.folder()));
      }
      return step.run();
    } catch (IOException e) {
      throw files.refusal(e);
    } finally {
      writing.readLock().unlock();
    }
  }

  /** Waits for what is being written; whatever comes later is refused. */
  void end() {
    writing.writeLock().lock();
    try {
      ended = true;
    } finally {
      writing.writeLock().unlock();
    }
  }
}
