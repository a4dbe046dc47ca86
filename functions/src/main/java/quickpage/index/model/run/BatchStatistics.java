package quickpage.index.model.run;

import java.util.List;
import java.util.Map;

/**
 * What one batch did, for the report.
 *
 * @param hits types whose facts were cached
 * @param misses types that were not, the expired and the unreadable included
 * @param expired types whose cached facts were past their time
 * @param unsaved facts that the cache did not take
 * @param milliseconds where the time went, by {@link Work}
 * @param edited the sentence of a dataset that was edited while it was read; null if it was not
 */
public record BatchStatistics(
    int batch,
    int types,
    int hits,
    int misses,
    int expired,
    int unsaved,
    List<UnavailableType> unavailable,
    QueryStatistics queries,
    Map<Work, Long> milliseconds,
    String startedAt,
    String finishedAt,
    String edited) {

  public BatchStatistics {
    unavailable = List.copyOf(unavailable);
  }
}
