package quickpage.index.plan;

import java.util.ArrayList;
import java.util.List;
import quickpage.index.json.Json;
import quickpage.index.model.run.Batch;
import quickpage.index.model.run.Batch.BatchType;

/**
 * Cuts the types of a run, in their order, into batches that cost NeuPrint about the same.
 *
 * @param batches in the order of the types
 * @param children the most batches at once
 * @param queriesInFlight the most queries of one batch at once; times {@code children} never more
 *     than the run's bound
 */
record BatchBalance(List<Batch> batches, int children, int queriesInFlight) {

  /** Neurons' worth of work of a query: as many as the client puts into one. */
  private static final int NEURONS_PER_QUERY = 5_000;

  /** What a type costs beside its neurons (its share of the query, a row, an entry), in neurons. */
  private static final int NEURONS_PER_TYPE = 5;

  /**
   * Queries in one batch, all in flight at once: two share what a call costs beside them, and with
   * few a run soon has as many in flight as it may.
   */
  private static final int QUERIES_PER_BATCH = 2;

  /** An item becomes the input of a child execution, which Step Functions limits to 256 KiB. */
  private static final int BYTES_PER_BATCH = 100_000;

  BatchBalance {
    batches = List.copyOf(batches);
  }

  static BatchBalance of(List<BatchType> types, int maxConcurrency) {
    if (types.isEmpty()) {
      return new BatchBalance(List.of(), 1, 1);
    }
    double work = types.stream().mapToDouble(BatchBalance::work).sum();
    int queriesPerBatch = Math.min(QUERIES_PER_BATCH, maxConcurrency);
    int wanted = (int) Math.ceil(work / NEURONS_PER_QUERY / queriesPerBatch);
    List<Batch> batches = cut(types, work / Math.max(1, wanted));
    int children = Math.max(1, Math.min(batches.size(), maxConcurrency / queriesPerBatch));
    return new BatchBalance(batches, children, Math.max(1, maxConcurrency / children));
  }

  /** Cuts where a batch has its share of the work, or its item would grow too large. */
  private static List<Batch> cut(List<BatchType> types, double share) {
    List<Batch> batches = new ArrayList<>();
    List<BatchType> current = new ArrayList<>();
    double done = 0;
    double nextCut = share;
    long bytes = 0;
    boolean alone = false;
    for (BatchType type : types) {
      int size = Json.bytes(type).length;
      // A type goes where its middle is, so that a large one does not overfill the batch before it;
      // one that is more than a batch's share stands alone.
      boolean full = done + work(type) / 2 > nextCut || alone || work(type) > share;
      if (!current.isEmpty() && (full || bytes + size > BYTES_PER_BATCH)) {
        batches.add(batch(batches.size(), current));
        current = new ArrayList<>();
        bytes = 0;
        nextCut = done + share;
      }
      current.add(type);
      alone = work(type) > share;
      bytes += size;
      done += work(type);
    }
    batches.add(batch(batches.size(), current));
    return batches;
  }

  private static Batch batch(int number, List<BatchType> types) {
    return new Batch(number, null, null, types);
  }

  private static double work(BatchType type) {
    return type.neurons() + NEURONS_PER_TYPE;
  }
}
