package quickpage.index.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.PlannedEntry;
import quickpage.index.model.Unavailable;
import quickpage.index.site.RunFolder;
import quickpage.index.site.RunPlan;
import quickpage.index.site.Shard;

/**
 * The finished entries of a run in the order of their names, one at a time: those of the batches
 * from their shards, which follow each other as planned, the others from the plan. Checks on the
 * way that every planned type is in exactly one shard, or in a batch that left none and is
 * therefore unavailable, and that every listed page is in an entry or unmatched.
 */
final class PlannedEntries {

  private final RunFolder folder;
  private final RunPlan plan;
  private final List<Unavailable> unavailable = new ArrayList<>();
  private int asked;

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
    OpenShard open = null;
    int pages = 0;
    try {
      for (PlannedEntry planned : plan.entries()) {
        if (planned.batch() != null && (open == null || open.batch != planned.batch())) {
          closeAtItsEnd(open);
          open = new OpenShard(planned.batch());
        }
        IndexEntry entry = planned.batch() == null ? withoutBatch(planned) : open.next(planned);
        pages += entry.pages().all().size();
        consumer.accept(entry);
      }
      closeAtItsEnd(open);
      open = null;
    } finally {
      if (open != null) {
        open.close();
      }
    }
    if (pages + plan.unmatchedPages().size() != plan.pagesListed()) {
      throw new IllegalStateException(
          "%d pages were listed, but %d are in the index and %d unmatched"
              .formatted(plan.pagesListed(), pages, plan.unmatchedPages().size()));
    }
  }

  /** Types that were asked for and could not be had, in the order of their names. */
  List<Unavailable> unavailable() {
    return List.copyOf(unavailable);
  }

  /** Types of the dataset that have pages. */
  int asked() {
    return asked;
  }

  private static IndexEntry withoutBatch(PlannedEntry planned) {
    return switch (planned.status()) {
      case NO_NEURONS -> IndexEntry.withoutNeurons(planned.name(), planned.pages());
      case NOT_ASKED -> IndexEntry.notAsked(planned.name(), planned.pages());
      case OK, UNAVAILABLE ->
          throw new IllegalStateException("%s was planned into no batch".formatted(planned.name()));
    };
  }

  private static void closeAtItsEnd(OpenShard open) {
    if (open != null) {
      open.end();
      open.close();
    }
  }

  /** The shard of the batch being read; none where the batch did not finish. */
  private final class OpenShard implements AutoCloseable {
    private final int batch;
    private final Shard shard;

    OpenShard(int batch) {
      this.batch = batch;
      this.shard = folder.shard(batch).orElse(null);
    }

    IndexEntry next(PlannedEntry planned) {
      asked++;
      IndexEntry entry =
          shard == null
              ? IndexEntry.unavailable(
                  planned.name(), planned.pages(), Unavailable.BATCH_DID_NOT_FINISH)
              : shard.next();
      if (entry == null
          || !entry.name().equals(planned.name())
          || !entry.pages().equals(planned.pages())) {
        throw new IllegalStateException(
            "the shard of batch %d has %s where %s was planned"
                .formatted(batch, entry == null ? "nothing" : entry.name(), planned.name()));
      }
      if (entry.error() != null) {
        unavailable.add(new Unavailable(entry.name(), entry.error()));
      }
      return entry;
    }

    void end() {
      IndexEntry more = shard == null ? null : shard.next();
      if (more != null) {
        throw new IllegalStateException(
            "the shard of batch %d has %s, which was not planned".formatted(batch, more.name()));
      }
    }

    @Override
    public void close() {
      if (shard != null) {
        shard.close();
      }
    }
  }
}
