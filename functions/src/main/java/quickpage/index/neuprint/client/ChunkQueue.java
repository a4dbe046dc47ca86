package quickpage.index.neuprint.client;

import com.netflix.concurrency.limits.limit.AIMDLimit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import okhttp3.Call;
import quickpage.index.neuprint.http.NeuPrintRequest;

/**
 * The chunks that wait to be asked, and how many are asked at once: the limit grows by one with an
 * answer and shrinks with one that was slow or found the server busy (Netflix' AIMD limit, TCP's
 * rule).
 */
public final class ChunkQueue implements NeuPrintRequest.Observer {
  /** Queries at once to begin with: the measurements found no gain in more. */
  private static final int INITIAL = 8;

  /** A query is meant to take far less than a second: one that takes this finds a slow server. */
  private static final long SLOW_SECONDS = 10;

  private static final double SHRINK = 0.7;

  private final Deque<Chunk> waiting;
  private final Set<Call> calls = new HashSet<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AIMDLimit limit;
  private int inFlight;

  /**
   * @param most queries at once, at least 1
   */
  ChunkQueue(List<Chunk> chunks, int most) {
    waiting = new ArrayDeque<>(chunks);
    limit =
        AIMDLimit.newBuilder()
            .initialLimit(Math.min(INITIAL, most))
            .minLimit(1)
            .maxLimit(most)
            .backoffRatio(SHRINK)
            .timeout(SLOW_SECONDS, TimeUnit.SECONDS)
            .build();
  }

  /**
   * The next chunk, as soon as there is room for it; null when all are done or nothing more is to
   * be asked. Every chunk taken is {@linkplain #finished given back}, be it without more.
   *
   * @param over looked at before a chunk is handed out
   */
  synchronized Chunk take(BooleanSupplier over) throws InterruptedException {
    while (true) {
      boolean isOver = stopped.getCount() == 0 || over.getAsBoolean();
      if (isOver || (waiting.isEmpty() && inFlight == 0)) {
        notifyAll();
        return null;
      }
      if (!waiting.isEmpty() && inFlight < limit.getLimit()) {
        inFlight++;
        return waiting.poll();
      }
      wait();
    }
  }

  /** A taken chunk is done with; what it left to ask comes next. */
  synchronized void finished(List<Chunk> left) {
    inFlight--;
    for (int i = left.size() - 1; i >= 0; i--) {
      waiting.addFirst(left.get(i));
    }
    notifyAll();
  }

  /** Ends what is in flight and lets nothing more begin. */
  synchronized void stop() {
    stopped.countDown();
    calls.forEach(Call::cancel);
    notifyAll();
  }

  /** What was never taken. */
  synchronized List<Chunk> left() {
    return new ArrayList<>(waiting);
  }

  @Override
  public synchronized void begins(Call call) {
    calls.add(call);
    if (stopped.getCount() == 0) {
      call.cancel();
    }
  }

  @Override
  public synchronized void ended(Call call, long nanoseconds, boolean strained) {
    calls.remove(call);
    limit.onSample(System.nanoTime() - nanoseconds, nanoseconds, inFlight, strained);
    notifyAll();
  }

  @Override
  public CountDownLatch stopped() {
    return stopped;
  }
}
