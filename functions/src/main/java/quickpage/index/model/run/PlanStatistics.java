package quickpage.index.model.run;

import java.util.Map;

/**
 * What the plan stage did, for the report.
 *
 * @param hits types whose cached facts served
 * @param misses types that the cache was asked for and whose facts did not serve, the expired
 *     included
 * @param expired types whose cached facts were past their time
 * @param queries what was asked of NeuPrint
 * @param milliseconds where the time went, by {@link Work}
 */
public record PlanStatistics(
    int hits,
    int misses,
    int expired,
    QueryStatistics queries,
    Map<Work, Long> milliseconds,
    String startedAt,
    String finishedAt) {}
