package quickpage.index.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * One process, measured.
 *
 * @param size name of the dataset's size
 * @param latencyMilliseconds added to each answer of the server
 * @param what {@link #SCRIPT}, {@link #BARE_CLIENT} or a scenario's label
 * @param round from 1
 * @param seconds of the whole process; of a bare client the time from its first query to its last
 *     answer
 * @param processorSeconds of the whole process, user and system
 * @param querySeconds of the script: until it had its answers; else null
 * @param typeQueries queries for types that it sent; null for the script
 * @param summary of the run's report; null for what is not ours
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Measurement(
    String size,
    int latencyMilliseconds,
    String what,
    int round,
    double seconds,
    double processorSeconds,
    Double querySeconds,
    Integer typeQueries,
    JsonNode summary) {
  static final String SCRIPT = "script";
  static final String BARE_CLIENT = "bare client";
}
