package quickpage.index.finish;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import quickpage.index.lease.PendingUploads;
import quickpage.index.model.Options;
import quickpage.index.model.run.LatencySummary;
import quickpage.index.model.run.UnavailableType;
import quickpage.index.model.run.Work;
import quickpage.index.site.pages.AmbiguousPage;
import quickpage.index.site.pages.NameCollision;

/**
 * {@code report.json}: everything that people ask about a run afterwards.
 *
 * @param format 1
 * @param failure why nothing was published; null if it was
 * @param failures types whose data could not be had, with the reason
 * @param unmatchedPages files in the page folder that are no type's page
 * @param ignoredPages files in the page folder that are passed over for their names
 * @param nameCollisions types that share a page name
 * @param ambiguousPages pages that could be of two types
 * @param typesWithoutPage types of the dataset that no page is of
 * @param unsavedFacts facts that the cache did not take
 * @param uploads that no published index had seen at the end of the run; null if there were none
 */
public record RunReport(
    int format,
    String run,
    String failure,
    Dataset dataset,
    Options options,
    Summary summary,
    List<UnavailableType> failures,
    List<String> unmatchedPages,
    List<String> ignoredPages,
    List<NameCollision> nameCollisions,
    List<AmbiguousPage> ambiguousPages,
    List<String> typesWithoutPage,
    long unsavedFacts,
    Uploads uploads) {

  static final int FORMAT = 1;

  /**
   * Uploads that no published index has seen. Times are in ISO 8601.
   *
   * @param waitingSince when the first of them was
   * @param attempts how many runs for them failed and may succeed later
   * @param nextAttempt when the next run may begin; null for as soon as they rest
   * @param blocked why no run starts for them until a person has published one or something new is
   *     uploaded; null if runs do
   * @param held who stopped starts by upload; null if nobody did
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Uploads(
      String waitingSince, int attempts, String nextAttempt, String blocked, String held) {

    /** Null where none waits. */
    public static Uploads of(PendingUploads pending) {
      if (!pending.waiting()) {
        return null;
      }
      Instant next = pending.retry().notBefore();
      return new Uploads(
          pending.since().toString(),
          pending.retry().attempts(),
          next == null ? null : next.toString(),
          pending.blocked(),
          pending.held());
    }
  }

  /** Where the data came from. */
  public record Dataset(String server, String name, String uuid, String lastDatabaseEdit) {}

  /**
   * The numbers of a run; small enough to be workflow state.
   *
   * @param publication number of what was published; null if nothing was
   * @param page path of the index page, relative to the site root; null if nothing was published
   * @param milliseconds time of each stage that ran, and of the whole run
   * @param spentMilliseconds where the time of all functions went; what several did at once is
   *     added up
   * @param estimatedCostUsd what AWS will ask for the run, in US dollars; null on one machine
   * @param pricesOf the month of the prices that the estimate rests on ({@code 2025-06}); null
   *     without one
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Summary(
      String status,
      String startedAt,
      String finishedAt,
      Integer publication,
      String page,
      Types types,
      Pages pages,
      Cache cache,
      NeuPrint neuprint,
      Map<String, Long> milliseconds,
      Map<Work, Long> spentMilliseconds,
      Double estimatedCostUsd,
      String pricesOf) {}

  /** Entries of the index by status; {@code withoutPage} are not in it. */
  public record Types(
      long planned, long ok, long noNeurons, long notAsked, long unavailable, long withoutPage) {}

  /** Pages found, in the index, of no type, and passed over for their names. */
  public record Pages(long listed, long indexed, long unmatched, long ignored) {}

  /**
   * Types whose cached facts served, types that NeuPrint was asked for, and those whose facts were
   * past their time, which are among the latter.
   */
  public record Cache(long hits, long misses, long expired) {}

  /** What was asked of NeuPrint; bytes after decompression, latency in milliseconds. */
  public record NeuPrint(
      long requests,
      long typeQueries,
      long errors,
      long retries,
      long splits,
      long bytesReceived,
      LatencySummary latency) {}
}
