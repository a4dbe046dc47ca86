package quickpage.index.io;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import quickpage.index.error.InterruptedRunException;

/** Runs calls that mostly wait, several at a time. */
public final class InParallel {

  /** Enough to hide S3's latency, few enough for the pool of one SDK client (50 connections). */
  private static final int AT_ONCE = 16;

  private InParallel() {}

  /**
   * Applies a call to every item, in any order, and gives the answers in the order of the items.
   * The first failure is thrown when all have ended.
   */
  public static <T, R> List<R> map(List<T> items, Function<T, R> call) {
    return map(items, AT_ONCE, call);
  }

  /** The same with no more than some calls at a time. */
  public static <T, R> List<R> map(List<T> items, int atOnce, Function<T, R> call) {
    if (items.size() < 2) {
      return items.stream().map(call).toList();
    }
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(atOnce, items.size()));
    try {
      return answers(items.stream().map(item -> threads.submit(() -> call.apply(item))).toList());
    } finally {
      // Nothing is left to run, unless the wait was interrupted.
      threads.shutdownNow();
    }
  }

  /**
   * Makes calls at once with one that decides whether they make sense. If that one fails, its
   * failure is thrown at once: the others are interrupted and not waited for.
   *
   * @param atOnce the most calls at a time, the deciding one included; 1 makes it first
   */
  public static <R> List<R> guarded(Runnable guard, List<Supplier<R>> calls, int atOnce) {
    if (atOnce < 2) {
      guard.run();
      return map(calls, 1, Supplier::get);
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.min(atOnce - 1, calls.size()),
            task -> {
              Thread thread = new Thread(task);
              // What is abandoned must not keep a process that has nothing else to do.
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<R>> futures = calls.stream().map(call -> threads.submit(call::get)).toList();
      guard.run();
      return answers(futures);
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * Waits for all, unless it is interrupted, so that nothing goes on writing behind a caller that
   * has given up and may begin anew.
   */
  private static <R> List<R> answers(List<Future<R>> futures) {
    List<R> answers = new ArrayList<>();
    Throwable first = null;
    for (Future<R> future : futures) {
      try {
        answers.add(future.get());
      } catch (InterruptedException e) {
        throw InterruptedRunException.of("Waiting for calls", e);
      } catch (ExecutionException e) {
        if (first == null) {
          first = e.getCause();
        }
      }
    }
    if (first != null) {
      throw asItIs(first);
    }
    return Collections.unmodifiableList(answers);
  }

  /** A call throws nothing that is checked. */
  private static RuntimeException asItIs(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(failure);
  }
}
