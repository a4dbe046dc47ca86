package quickpage.index.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.TransientFailure;

/**
 * Hands the entries of one pass to several writers, each on a thread of its own, so that files that
 * do not depend on each other are made at the same time. What waits for a slow writer is bounded.
 */
final class EntryFanOut implements AutoCloseable {

  /** Entries that are handed over together. */
  private static final int BLOCK = 64;

  /** Blocks that wait for a writer. */
  private static final int WAITING = 4;

  /** Longer than any block takes; for a writer that is interrupted while it writes. */
  private static final long LONGEST_END_SECONDS = 30;

  private static final List<IndexEntry> END = List.of();

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Running<?>> writers = new ArrayList<>();
  private List<IndexEntry> block = new ArrayList<>(BLOCK);

  /**
   * Makes one thing of all entries.
   *
   * @param <R> what that is
   */
  interface EntryWriter<R> {
    void add(IndexEntry entry) throws IOException;

    /** After the last entry. */
    R finish() throws IOException;
  }

  private record Running<R>(BlockingQueue<List<IndexEntry>> blocks, Future<R> result) {}

  /** Starts a writer; to be called before the first entry. What it makes is had by {@link #end}. */
  <R> Future<R> start(EntryWriter<R> writer) {
    BlockingQueue<List<IndexEntry>> blocks = new ArrayBlockingQueue<>(WAITING);
    Future<R> result =
        threads.submit(
            () -> {
              List<IndexEntry> next;
              while ((next = blocks.take()) != END) {
                for (IndexEntry entry : next) {
                  writer.add(entry);
                }
              }
              return writer.finish();
            });
    writers.add(new Running<>(blocks, result));
    return result;
  }

  /** Hands an entry to every writer. */
  void add(IndexEntry entry) {
    block.add(entry);
    if (block.size() == BLOCK) {
      handOver(block);
      block = new ArrayList<>(BLOCK);
    }
  }

  /** After the last entry: waits until every writer has finished. */
  void end() {
    if (!block.isEmpty()) {
      handOver(block);
    }
    handOver(END);
    writers.forEach(writer -> result(writer.result()));
  }

  private void handOver(List<IndexEntry> entries) {
    for (Running<?> writer : writers) {
      try {
        while (!writer.blocks().offer(entries, 1, TimeUnit.SECONDS)) {
          if (writer.result().isDone()) {
            result(writer.result());
          }
        }
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
  }

  /** What a writer has made. */
  static <R> R result(Future<R> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new UncheckedIOException(
          "the temporary folder cannot be written", (IOException) e.getCause());
    }
  }

  private static TransientFailure interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new TransientFailure("Composing was interrupted.", e);
  }

  /** Ends the writers, finished or not. */
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a writer of the index does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
