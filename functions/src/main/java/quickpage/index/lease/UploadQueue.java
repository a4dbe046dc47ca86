package quickpage.index.lease;

import java.time.Duration;

/** The queue whose messages start the start stage. */
@FunctionalInterface
public interface UploadQueue {

  /** SQS delays no message for longer. */
  Duration LONGEST_DELAY = Duration.ofMinutes(15);

  /**
   * Sends a message.
   *
   * @param delay rounded up to whole seconds, at most {@link #LONGEST_DELAY}
   * @throws quickpage.index.model.TransientFailure if the queue did not take it
   */
  void send(QueueMessage message, Duration delay);
}
