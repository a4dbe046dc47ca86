package quickpage.index.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * What a command does about SIGTERM, SIGINT and SIGHUP. The JVM answers them with its shutdown
 * hooks and then ends with 128 + signal, unless the signal was ignored when the process began (by
 * {@code nohup}, or in the background of a script): then it stays so.
 */
final class StopSignals {

  /**
   * For what cannot be interrupted: an index that is being published, a query to the cache. Whoever
   * stops processes by a plan gives them 10 s (containers) to 90 s (systemd) before the kill, after
   * which a run leaves the index whole, too.
   */
  private static final long LONGEST_END_SECONDS = 20;

  private static final StopSignals OF_PROCESS = new StopSignals();

  private final CountDownLatch ended = new CountDownLatch(1);
  private Runnable stop;
  private boolean stopping;

  private StopSignals() {}

  /** Runs the process's command, which a signal ends in its own way if it says so. */
  static int during(IntSupplier command) {
    Runtime.getRuntime().addShutdownHook(new Thread(OF_PROCESS::stop, "stop"));
    try {
      return command.getAsInt();
    } finally {
      OF_PROCESS.ended.countDown();
    }
  }

  /**
   * From now on a signal does not end the process at once, but stops the command; its end is waited
   * for.
   *
   * @param how returns at once; it is called at once if there was a signal already
   */
  static void stopBy(Runnable how) {
    OF_PROCESS.set(how);
  }

  /** From now on a signal waits until the command, which takes some seconds, has ended. */
  static void finishFirst() {
    stopBy(() -> {});
  }

  private synchronized void set(Runnable how) {
    stop = how;
    if (stopping) {
      how.run();
    }
  }

  private void stop() {
    synchronized (this) {
      stopping = true;
      if (stop == null) {
        return;
      }
      stop.run();
    }
    try {
      if (!ended.await(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("The command does not end by itself; it is ended now.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
