package quickpage.index.sandbox.http;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was asked of the server, for tests. Thread-safe. */
final class QueryLog {
  private final int kept;
  private final Deque<Query> queries = new ArrayDeque<>();
  private final Map<String, Integer> requests = new TreeMap<>();
  private long total;
  private int inFlight;
  private int maxInFlight;

  /**
   * Starts empty.
   *
   * @param kept how many queries are remembered with their texts; the counters go on
   */
  QueryLog(int kept) {
    this.kept = kept;
  }

  /** A query on its way; {@link #finished} is called once. */
  final class Query {
    private final Instant received = Instant.now();
    private final String dataset;
    private final String cypher;
    private final int inFlightAtArrival;
    private int status;
    private int rows;
    private long millis;

    private Query(String dataset, String cypher, int inFlightAtArrival) {
      this.dataset = dataset;
      this.cypher = cypher;
      this.inFlightAtArrival = inFlightAtArrival;
    }

    /**
     * Notes the outcome.
     *
     * @param status of the answer, 0 if the connection was cut
     */
    void finished(int status, int rows) {
      synchronized (QueryLog.this) {
        this.status = status;
        this.rows = rows;
        this.millis = Duration.between(received, Instant.now()).toMillis();
        inFlight--;
      }
    }

    private Map<String, Object> asMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("time", received.toString());
      map.put("dataset", dataset);
      map.put("cypher", cypher);
      map.put("inFlight", inFlightAtArrival);
      map.put("status", status);
      map.put("rows", rows);
      map.put("millis", millis);
      return map;
    }
  }

  synchronized void request(String path) {
    requests.merge(path, 1, Integer::sum);
  }

  synchronized Query query(String dataset, String cypher) {
    inFlight++;
    maxInFlight = Math.max(maxInFlight, inFlight);
    total++;
    Query query = new Query(dataset, cypher, inFlight);
    queries.add(query);
    if (queries.size() > kept) {
      queries.remove();
    }
    return query;
  }

  synchronized Map<String, Object> asMap() {
    List<Object> listed = new ArrayList<>();
    queries.forEach(query -> listed.add(query.asMap()));
    return Map.of(
        "queries", listed,
        "totalQueries", total,
        "inFlight", inFlight,
        "maxInFlight", maxInFlight,
        "requests", Map.copyOf(requests));
  }

  synchronized void reset() {
    queries.clear();
    requests.clear();
    total = 0;
    maxInFlight = inFlight;
  }
}
