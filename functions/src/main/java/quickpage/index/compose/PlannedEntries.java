package quickpage.index.compose;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.run.Batch;
import quickpage.index.model.run.Batch.BatchType;
import quickpage.index.model.run.UnavailableType;
import quickpage.index.site.run.RunFolder;
import quickpage.index.site.run.RunPlan;
import quickpage.index.site.run.RunPlan.PlannedShard;
import quickpage.index.site.run.Shard;
import quickpage.index.text.CodePointOrder;

/**
 * The finished entries of a run in the order of their names, one at a time: those that planning
 * made and those of the batches, two shards open at most. Checks on the way that each batch's shard
 * holds what was planned, or is not there and its types are therefore unavailable; that each entry
 * comes once; and that every listed page is in an entry or unmatched.
 */
final class PlannedEntries {

  private final RunFolder folder;
  private final RunPlan plan;
  private final List<UnavailableType> unavailable = new ArrayList<>();

  PlannedEntries(RunFolder folder, RunPlan plan) {
    this.folder = folder;
    this.plan = plan;
  }

  /**
   * Hands over every entry.
   *
   * @throws IllegalStateException if a shard does not hold what was planned
   */
  void forEach(Consumer<IndexEntry> consumer) {
    int entries = 0;
    int pages = 0;
    String last = null;
    try (FromPlan planned = new FromPlan();
        FromBatches batches = new FromBatches(folder.batches(plan))) {
      IndexEntry ofPlan = planned.next();
      IndexEntry ofBatch = batches.next();
      while (ofPlan != null || ofBatch != null) {
        boolean planFirst = ofBatch == null || (ofPlan != null && isBefore(ofPlan, ofBatch));
        IndexEntry entry = planFirst ? ofPlan : ofBatch;
        if (last != null && CodePointOrder.BY_CODE_POINT.compare(last, entry.name()) >= 0) {
          throw new IllegalStateException(
              "%s comes after %s in the shards".formatted(entry.name(), last));
        }
        last = entry.name();
        entries++;
        pages += entry.pages().all().size();
        consumer.accept(entry);
        if (planFirst) {
          ofPlan = planned.next();
        } else {
          ofBatch = batches.next();
        }
      }
    }
    if (entries != plan.entries().all()) {
      throw new IllegalStateException(
          "%d entries were planned, but the shards have %d"
              .formatted(plan.entries().all(), entries));
    }
    int others = plan.unmatchedPages().size() + plan.ignoredPages().size();
    if (pages + others != plan.pagesListed()) {
      throw new IllegalStateException(
          "%d pages were listed, but %d are in the index and %d unmatched or ignored"
              .formatted(plan.pagesListed(), pages, others));
    }
  }

  private static boolean isBefore(IndexEntry a, IndexEntry b) {
    return CodePointOrder.BY_CODE_POINT.compare(a.name(), b.name()) < 0;
  }

  /** Types that were asked for and could not be had, in the order of their names. */
  List<UnavailableType> unavailable() {
    return List.copyOf(unavailable);
  }

  /** The entries that planning made. */
  private final class FromPlan implements AutoCloseable {
    private final Iterator<PlannedShard> shards = plan.shards().iterator();
    private PlannedShard planned;
    private Shard open;

    IndexEntry next() {
      while (true) {
        if (open != null) {
          IndexEntry entry = open.next();
          if (entry != null) {
            return entry;
          }
          end();
        }
        if (!shards.hasNext()) {
          return null;
        }
        planned = shards.next();
        open = folder.shard(planned);
      }
    }

    private void end() {
      if (!open.isWhole(planned)) {
        throw new IllegalStateException(
            "%s is not the shard that was planned".formatted(planned.name()));
      }
      open.close();
      open = null;
    }

    @Override
    public void close() {
      if (open != null) {
        open.close();
      }
    }
  }

  /** The entries of the batches, made up where a batch left no shard. */
  private final class FromBatches implements AutoCloseable {
    private final Iterator<Batch> batches;
    private Batch batch;
    private Iterator<BatchType> types = List.<BatchType>of().iterator();
    private Shard open;

    FromBatches(List<Batch> batches) {
      this.batches = batches.iterator();
    }

    IndexEntry next() {
      while (!types.hasNext()) {
        end();
        if (!batches.hasNext()) {
          return null;
        }
        batch = batches.next();
        types = batch.types().iterator();
        open = folder.shard(batch).orElse(null);
      }
      BatchType planned = types.next();
      IndexEntry entry =
          open == null
              ? IndexEntry.unavailable(
                  planned.name(), planned.pages(), UnavailableType.BATCH_DID_NOT_FINISH)
              : open.next();
      if (entry == null
          || !entry.name().equals(planned.name())
          || !entry.pages().equals(planned.pages())) {
        throw new IllegalStateException(
            "the shard of batch %d has %s where %s was planned"
                .formatted(
                    batch.number(), entry == null ? "nothing" : entry.name(), planned.name()));
      }
      if (entry.error() != null) {
        unavailable.add(new UnavailableType(entry.name(), entry.error()));
      }
      return entry;
    }

    private void end() {
      IndexEntry more = open == null ? null : open.next();
      if (more != null) {
        throw new IllegalStateException(
            "the shard of batch %d has %s, which was not planned"
                .formatted(batch.number(), more.name()));
      }
      close();
    }

    @Override
    public void close() {
      if (open != null) {
        open.close();
        open = null;
      }
    }
  }
}
