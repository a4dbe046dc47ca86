package quickpage.index.io;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import quickpage.index.model.run.Work;

/**
 * Where a stage's time goes, by kind of work. Work of several threads at once is added up, so the
 * sum may be more than the time that passed. Safe for use by several threads.
 */
public final class WorkTimes {

  private final Map<Work, Long> nanoseconds = new EnumMap<>(Work.class);

  /** Measures a call, whether it gives an answer or fails. */
  public <T> T measure(Work work, Supplier<T> call) {
    long start = System.nanoTime();
    try {
      return call.get();
    } finally {
      add(work, System.nanoTime() - start);
    }
  }

  public synchronized void add(Work work, long elapsedNanoseconds) {
    nanoseconds.merge(work, elapsedNanoseconds, Long::sum);
  }

  /** In milliseconds; only kinds of work that there was. */
  public synchronized Map<Work, Long> milliseconds() {
    Map<Work, Long> milliseconds = new EnumMap<>(Work.class);
    nanoseconds.forEach((work, spent) -> milliseconds.put(work, Math.round(spent / 1e6)));
    return milliseconds;
  }

  /** Sums of several, in the order of {@link Work}. */
  public static Map<Work, Long> sum(Iterable<Map<Work, Long>> all) {
    Map<Work, Long> sum = new EnumMap<>(Work.class);
    for (Map<Work, Long> one : all) {
      one.forEach((work, milliseconds) -> sum.merge(work, milliseconds, Long::sum));
    }
    return sum;
  }
}
