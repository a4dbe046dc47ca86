package quickpage.index.lease;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * A message of ours in the upload queue: a reason to look at the pending uploads again.
 *
 * @param kind one of the constants
 * @param due of a {@link #RECHECK}, epoch milliseconds
 * @param execution of {@link #ENDED}, its ARN
 * @param status of {@link #ENDED}, how it ended; null in a message of a version that did not tell
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record QueueMessage(String kind, Long due, String execution, String status) {

  /** The quiet window may be over. */
  public static final String RECHECK = "tick";

  /** A run ended and released the lease, and pages had changed meanwhile. */
  public static final String FINISHED = "finished";

  /** A person allows starts by upload again. */
  public static final String RESUME = "resume";

  /** The schedule asks whether the dataset was edited since the last index. */
  public static final String DATASET = "dataset";

  /** The schedule asks how long the token will last; nothing is started for it. */
  public static final String TOKEN = "token";

  /** An execution was stopped, or ran out of time, some time ago. */
  public static final String ENDED = "ended";

  public static QueueMessage recheck(Instant due) {
    return new QueueMessage(RECHECK, due.toEpochMilli(), null, null);
  }

  public static QueueMessage finished() {
    return of(FINISHED);
  }

  public static QueueMessage resume() {
    return of(RESUME);
  }

  public static QueueMessage ended(String execution, String status) {
    return new QueueMessage(ENDED, null, execution, status);
  }

  /** A message that says nothing but what it is. */
  public static QueueMessage of(String kind) {
    return new QueueMessage(kind, null, null, null);
  }
}
