package quickpage.index.sandbox.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is done to a query whose text, as it was sent, contains a string.
 *
 * @param contains the text to look for; names stand in queries escaped
 * @param status to answer with instead of running the query; 0 runs it
 * @param error the text of that answer
 * @param retryAfterSeconds sent with it, if not 0
 * @param delay before the query runs or is refused
 * @param edit Meta properties to change before the query runs
 * @param remaining how often the rule still applies
 */
record QueryRule(
    String contains,
    int status,
    String error,
    int retryAfterSeconds,
    Duration delay,
    Map<String, String> edit,
    AtomicInteger remaining) {

  boolean claims(String cypher) {
    return cypher.contains(contains) && remaining.getAndUpdate(left -> left > 0 ? left - 1 : 0) > 0;
  }

  Reply refusal() {
    Reply reply = status == 400 ? Reply.error(error) : Reply.message(status, error);
    return retryAfterSeconds == 0
        ? reply
        : reply.with("Retry-After", Integer.toString(retryAfterSeconds));
  }
}
