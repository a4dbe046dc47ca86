package quickpage.index.model.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import quickpage.index.model.Remedy;

/**
 * What the plan stage answers; small, because it is workflow state.
 *
 * @param failure why the run is refused; null if it goes on
 * @param remedy what can mend the failure; null if there is none, or in an answer of a version that
 *     did not tell it
 * @param itemsKey of the map's items; null if there are none
 * @param batches how many items there are
 * @param children how many of them at once
 * @param types entries of the index
 * @param pages listed pages
 * @param queries what was asked of NeuPrint
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlanResult(
    String failure,
    Remedy remedy,
    String run,
    String bucket,
    String prefix,
    String itemsKey,
    Integer batches,
    Integer children,
    Integer types,
    Integer pages,
    QueryStatistics queries,
    String startedAt,
    String finishedAt) {

  /** The answer of a plan that refuses. */
  public static PlanResult refused(String failure, Remedy remedy) {
    return new PlanResult(
        failure, remedy, null, null, null, null, null, null, null, null, null, null, null);
  }
}
