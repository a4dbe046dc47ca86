package quickpage.index.neuprint.http;

import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import okhttp3.Call;

/**
 * One question to the server.
 *
 * @param dataset which dataset it is about; for the list of datasets, the one that is looked for
 * @param cypher the query; null asks for the list of datasets instead
 * @param ofTypes whether it asks for types' data, for the statistics
 * @param backoff looked at before each repeat
 * @param deadline null if there is none
 */
public record NeuPrintRequest<T>(
    String dataset,
    String cypher,
    boolean ofTypes,
    AnswerParser<T> parser,
    Supplier<Backoff> backoff,
    Instant deadline,
    Observer observer) {

  /** Hears of every request that a question takes, and may stop it. */
  public interface Observer {

    /** A request is about to be sent. */
    void begins(Call call);

    /**
     * It was answered, or failed.
     *
     * @param strained whether the server was busy, slow or away
     */
    void ended(Call call, long nanoseconds, boolean strained);

    /** Open when nothing more is to be sent. */
    CountDownLatch stopped();
  }

  /** For a question that nothing else depends on. */
  public static final class Unobserved implements Observer {
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Override
    public void begins(Call call) {}

    @Override
    public void ended(Call call, long nanoseconds, boolean strained) {}

    @Override
    public CountDownLatch stopped() {
      return stopped;
    }
  }
}
