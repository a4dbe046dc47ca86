package quickpage.index.neuprint.http;

import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;
import quickpage.index.model.run.LatencySummary;
import quickpage.index.model.run.QueryStatistics;

/** Counts what a client asks, from all its threads. */
public final class QueryMetrics {
  private final LongAdder requests = new LongAdder();
  private final LongAdder typeQueries = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final LongAdder splits = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder waited = new LongAdder();
  private final LongAdder read = new LongAdder();
  private final Histogram latency = new SynchronizedHistogram(LatencySummary.DIGITS);

  void request(boolean ofTypes) {
    requests.increment();
    if (ofTypes) {
      typeQueries.increment();
    }
  }

  void error() {
    errors.increment();
  }

  void retry() {
    retries.increment();
  }

  public void split() {
    splits.increment();
  }

  void answered(long nanoseconds) {
    latency.recordValue(Math.max(0, nanoseconds / 1_000_000));
  }

  /** An answer to a query for types; in nanoseconds. */
  void describedTypes(long waiting, long reading) {
    waited.add(waiting);
    read.add(reading);
  }

  void received(long count) {
    bytes.add(count);
  }

  public QueryStatistics statistics() {
    return new QueryStatistics(
        requests.sum(),
        typeQueries.sum(),
        errors.sum(),
        retries.sum(),
        splits.sum(),
        bytes.sum(),
        waited.sum() / 1_000_000,
        read.sum() / 1_000_000,
        LatencySummary.encode(latency));
  }
}
