package quickpage.index.io;

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
    if (items.size() < 2) {
      return items.stream().map(call).toList();
    }
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, items.size()));
    try {
      List<Future<R>> answers =
          items.stream().map(item -> threads.submit(() -> call.apply(item))).toList();
      return answers.stream().map(InParallel::answer).toList();
    } finally {
      threads.shutdown();
    }
  }

  private static <R> R answer(Future<R> answer) {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
