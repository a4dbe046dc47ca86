package quickpage.index.sandbox.http;

import java.time.Duration;
import java.util.List;

/**
 * How the server behaves at the moment; tests change it while it runs.
 *
 * @param latency that every request takes before any work is done
 * @param errorRate share of requests that fail for a reason that passes, 0 to 1
 * @param timeLimit after which the database ends a query; zero for none
 * @param maxQueries that run at once; more wait
 * @param down whether every connection is reset
 * @param rules what to do to queries of certain texts, in order; the first that fits applies
 */
record ServerBehavior(
    Duration latency,
    double errorRate,
    Duration timeLimit,
    int maxQueries,
    boolean down,
    List<QueryRule> rules) {

  ServerBehavior {
    rules = List.copyOf(rules);
  }
}
