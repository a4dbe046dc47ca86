package quickpage.index.site;

import java.util.List;
import quickpage.index.model.PlannedEntry;
import quickpage.index.model.RunContext;

/**
 * The whole plan of a run, {@code plan.json}.
 *
 * @param format {@link RunContext#FORMAT}
 * @param layout where the pages are
 * @param entries every entry of the index, by name in code point order
 * @param pagesListed HTML files found in the page folder that are not the run's own or the site's
 * @param batches how many items the map has
 * @param unmatchedPages pages that are no type's: not in the index
 * @param collisions types that share a file name
 * @param ambiguities pages that could be of two types
 * @param typesWithoutPage types of the dataset that no page is of
 */
public record RunPlan(
    int format,
    String layout,
    List<PlannedEntry> entries,
    int pagesListed,
    int batches,
    List<String> unmatchedPages,
    List<NameCollision> collisions,
    List<AmbiguousPage> ambiguities,
    List<String> typesWithoutPage) {

  public RunPlan {
    entries = List.copyOf(entries);
    unmatchedPages = List.copyOf(unmatchedPages);
    collisions = List.copyOf(collisions);
    ambiguities = List.copyOf(ambiguities);
    typesWithoutPage = List.copyOf(typesWithoutPage);
  }
}
