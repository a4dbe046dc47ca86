package quickpage.index.lease;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import quickpage.index.json.Json;
import quickpage.index.model.TransientFailure;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/** {@link UploadQueue} as a standard queue of SQS. */
public final class SqsUploadQueue implements UploadQueue {

  private final SqsClient sqs;
  private final String url;

  public SqsUploadQueue(SqsClient sqs, String url) {
    this.sqs = sqs;
    this.url = url;
  }

  @Override
  public void send(QueueMessage message, Duration delay) {
    String body = new String(Json.bytes(message), StandardCharsets.UTF_8);
    try {
      sqs.sendMessage(b -> b.queueUrl(url).messageBody(body).delaySeconds(seconds(delay)));
    } catch (SdkException | UncheckedIOException e) {
      throw new TransientFailure("The upload queue did not take a message.", e);
    }
  }

  /** Never too early, or the message would find that it is not yet time. */
  static int seconds(Duration delay) {
    Duration within = delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
    return within.isNegative() ? 0 : (int) within.plusNanos(999_999_999).toSeconds();
  }
}
