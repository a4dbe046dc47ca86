package quickpage.index.model;

/**
 * One entry of the index as planned.
 *
 * @param name the type, or the name its page's file gives
 * @param status {@code OK} for a type of the dataset, which a batch describes
 * @param neurons of the type; null where the dataset was not asked
 * @param batch the batch that describes it; null where none does
 */
public record PlannedEntry(
    String name, EntryStatus status, TypePages pages, Long neurons, Integer batch) {}
