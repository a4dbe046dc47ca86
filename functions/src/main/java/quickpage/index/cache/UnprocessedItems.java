package quickpage.index.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import quickpage.index.model.TransientFailure;

/**
 * Sends the unprocessed items of DynamoDB's batch calls again, with backoff. The SDK repeats calls
 * that fail, but not unprocessed items.
 */
final class UnprocessedItems {

  /** The last is about 6 s after the first. */
  static final int ATTEMPTS = 8;

  private UnprocessedItems() {}

  /**
   * Makes a call until it leaves nothing, a few times at most.
   *
   * @param call does what it is given, or a part of it, and gives back the rest
   * @return what was left after the last attempt
   */
  static <T> List<T> repeat(List<T> all, UnaryOperator<List<T>> call) {
    List<T> left = all;
    for (int attempt = 1; attempt <= ATTEMPTS && !left.isEmpty(); attempt++) {
      if (attempt > 1) {
        pauseBefore(attempt);
      }
      left = call.apply(left);
    }
    return left;
  }

  /** Full jitter up to 50 ms, 100 ms, … 2 s. */
  private static void pauseBefore(int attempt) {
    long most = Math.min(2000, 25L << (attempt - 1));
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(most) + 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientFailure("Interrupted while waiting for the cache.", e);
    }
  }

  /** A list in parts of a size that one call takes. */
  static <T> List<List<T>> parts(List<T> all, int size) {
    List<List<T>> parts = new ArrayList<>();
    for (int start = 0; start < all.size(); start += size) {
      parts.add(all.subList(start, Math.min(all.size(), start + size)));
    }
    return parts;
  }
}
