package quickpage.index.stack;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import quickpage.index.lease.DynamoDbPendingUploads;
import quickpage.index.lease.PendingUploads;
import quickpage.index.lease.PendingUploadsStore;
import quickpage.index.lease.QueueMessage;
import quickpage.index.lease.SiteName;
import quickpage.index.lease.SqsUploadQueue;

/** Whether uploads start runs of a deployed stack, as a person decides it. */
public final class UploadStarts {

  private final Account account;
  private final Deployment deployment;
  private final SiteName site;
  private final PendingUploadsStore pendingUploads;

  public UploadStarts(Account account, Deployment deployment) {
    this.account = account;
    this.deployment = deployment;
    this.site = new SiteName(deployment.bucket(), deployment.prefix());
    this.pendingUploads = new DynamoDbPendingUploads(account.dynamoDb(), deployment.table());
  }

  /** What uploads left that no published index has seen. */
  public PendingUploads pending() {
    return AwsCall.of(
        "read the uploads in the table " + deployment.table(), () -> pendingUploads.read(site));
  }

  /**
   * Stops starts by upload.
   *
   * @param who as AWS knows them
   * @param reason null for none
   * @return who, when and why, as it is kept
   */
  public String hold(String who, String reason) {
    String held =
        "%s at %s%s"
            .formatted(
                who,
                Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS),
                reason == null || reason.isBlank() ? "" : ": " + reason.strip());
    AwsCall.of(
        "hold uploads in the table " + deployment.table(),
        () -> pendingUploads.update(site, seen -> seen.hold(held)));
    return held;
  }

  /**
   * Allows starts by upload, and has the stack look at what was uploaded meanwhile.
   *
   * @return who had held them; empty if nobody
   */
  public Optional<String> resume() {
    AtomicReference<String> was = new AtomicReference<>();
    AwsCall.of(
        "resume uploads in the table " + deployment.table(),
        () ->
            pendingUploads.update(
                site,
                seen -> {
                  was.set(seen.held());
                  return seen.resumed();
                }));
    deployment
        .uploadQueue()
        .ifPresent(
            url ->
                AwsCall.of(
                    "send a message to the queue " + url,
                    () -> {
                      new SqsUploadQueue(account.sqs(), url)
                          .send(QueueMessage.resume(), Duration.ZERO);
                      return url;
                    }));
    return Optional.ofNullable(was.get());
  }
}
