package quickpage.index.io;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

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
   * Waits for all, so that nothing goes on writing behind a caller that has given up and may begin
   * anew.
   */
  private static <R> List<R> answers(List<Future<R>> futures) {
    List<R> answers = new ArrayList<>();
    RuntimeException first = null;
    for (Future<R> future : futures) {
      try {
        answers.add(answer(future));
      } catch (Interrupted e) {
        throw e;
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        }
      }
    }
    if (first != null) {
      throw first;
    }
    return Collections.unmodifiableList(answers);
  }

  private static <R> R answer(Future<R> answer) {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Interrupted(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static final class Interrupted extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    Interrupted(InterruptedException cause) {
      super("interrupted while waiting", cause);
    }
  }
}
