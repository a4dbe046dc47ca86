package quickpage.index.site.run;

import java.util.List;
import quickpage.index.model.SiteLook;
import quickpage.index.model.run.PlanStatistics;
import quickpage.index.model.run.RunContext;
import quickpage.index.site.pages.AmbiguousPage;
import quickpage.index.site.pages.NameCollision;

/**
 * The plan of a run, {@code plan.json}: written last and once, it names the other files that
 * planning wrote, so that whatever another attempt at planning wrote is never read.
 *
 * @param format {@link RunContext#FORMAT}
 * @param checksum of what the batches of this plan are: every item of the map carries it, and every
 *     shard of a batch repeats it
 * @param layout where the pages are
 * @param context name of the file with what the stages share
 * @param items name of the file with the map's items; null if there are none
 * @param batches how many items the map has
 * @param children the most of them at once
 * @param shards entries that planning could make itself: what was cached, and pages that the
 *     dataset has no neurons for; in the order of the names
 * @param entries how many entries the index has, by their status as planned: {@code OK} for types
 *     of the dataset
 * @param pagesListed HTML files found in the page folder that are not the run's own or the site's
 * @param unmatchedPages pages that are no type's: not in the index
 * @param ignoredPages files that are passed over for their names; null in plans of before there
 *     were such
 * @param collisions types that share a file name
 * @param ambiguities pages that could be of two types
 * @param typesWithoutPage types of the dataset that no page is of
 * @param look what the site's owner adds to the page; null in plans of before there was such
 */
public record RunPlan(
    int format,
    String checksum,
    String layout,
    String context,
    String items,
    int batches,
    int children,
    List<PlannedShard> shards,
    Entries entries,
    int pagesListed,
    List<String> unmatchedPages,
    List<String> ignoredPages,
    List<NameCollision> collisions,
    List<AmbiguousPage> ambiguities,
    List<String> typesWithoutPage,
    SiteLook look,
    PlanStatistics statistics) {

  public RunPlan {
    shards = List.copyOf(shards);
    unmatchedPages = List.copyOf(unmatchedPages);
    ignoredPages = ignoredPages == null ? List.of() : List.copyOf(ignoredPages);
    collisions = List.copyOf(collisions);
    ambiguities = List.copyOf(ambiguities);
    typesWithoutPage = List.copyOf(typesWithoutPage);
    look = look == null ? SiteLook.PLAIN : look;
  }

  /**
   * A shard that planning wrote.
   *
   * @param name its file's, which has a hash of its content
   * @param crc32c as {@link Shard} makes it
   */
  public record PlannedShard(String name, int entries, String crc32c) {}

  /**
   * Entries of the index.
   *
   * @param known types of the dataset
   * @param noNeurons pages of types that it does not have
   * @param notAsked pages of a run that asks NeuPrint nothing
   */
  public record Entries(int known, int noNeurons, int notAsked) {
    public int all() {
      return known + noNeurons + notAsked;
    }
  }
}
