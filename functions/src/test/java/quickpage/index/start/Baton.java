package quickpage.index.start;

import java.util.concurrent.Semaphore;
import quickpage.index.model.TransientFailure;

/**
 * Lets several actors go on in an order that a test chooses: each stops wherever it is about to do
 * something that others could see, until it is handed the baton.
 */
final class Baton {

  private static final ThreadLocal<Actor> CURRENT = new ThreadLocal<>();

  private final Semaphore back = new Semaphore(0);

  /** Code that runs only while it has the baton. */
  final class Actor {
    private final Semaphore go = new Semaphore(0);
    private volatile boolean done;
    private volatile boolean breaksOff;
    private volatile Throwable failure;

    boolean isDone() {
      return done;
    }

    /** Goes on to where the actor stops next, or to its end. */
    void step() {
      go.release();
      back.acquireUninterruptibly();
      if (failure != null) {
        throw new AssertionError("an actor failed", failure);
      }
    }

    /** Like a step, but the actor finds that it cannot go on. */
    void breakOff() {
      breaksOff = true;
      step();
    }
  }

  /** An actor that waits for its first step. */
  Actor actor(Runnable code) {
    Actor actor = new Actor();
    Thread thread =
        new Thread(
            () -> {
              CURRENT.set(actor);
              actor.go.acquireUninterruptibly();
              try {
                code.run();
              } catch (RuntimeException | AssertionError e) {
                actor.failure = e;
              } finally {
                actor.done = true;
                back.release();
              }
            });
    thread.setDaemon(true);
    thread.start();
    return actor;
  }

  /** Where an actor stops; whoever is none just goes on. */
  void pass() {
    Actor actor = CURRENT.get();
    if (actor == null) {
      return;
    }
    back.release();
    actor.go.acquireUninterruptibly();
    if (actor.breaksOff) {
      actor.breaksOff = false;
      throw new TransientFailure("The test breaks this off.", null);
    }
  }
}
