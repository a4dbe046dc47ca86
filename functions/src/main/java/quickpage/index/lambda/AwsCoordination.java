package quickpage.index.lambda;

import java.time.Clock;
import quickpage.index.lease.DynamoDbPendingUploads;
import quickpage.index.lease.DynamoDbSiteLease;
import quickpage.index.lease.SiteCoordination;
import quickpage.index.lease.SqsUploadQueue;
import quickpage.index.lease.UploadQueue;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What the functions of a deployment share about its site, where their environment says. */
public final class AwsCoordination {

  private AwsCoordination() {}

  /** In the table {@code CACHE_TABLE} and the queue {@code UPLOAD_QUEUE_URL}. */
  public static SiteCoordination of(Environment environment) {
    return of(
        environment,
        new SqsUploadQueue(AwsClients.sqs(), environment.required("UPLOAD_QUEUE_URL")));
  }

  /** The same for a function that may not send a message. */
  public static SiteCoordination withoutQueue(Environment environment) {
    return of(
        environment,
        (message, delay) -> {
          throw new IllegalStateException("This function has no queue to send " + message + " to.");
        });
  }

  private static SiteCoordination of(Environment environment, UploadQueue queue) {
    DynamoDbClient dynamoDb = AwsClients.dynamoDb();
    String table = environment.required("CACHE_TABLE");
    return new SiteCoordination(
        new DynamoDbSiteLease(dynamoDb, table, Clock.systemUTC()),
        new DynamoDbPendingUploads(dynamoDb, table),
        queue);
  }
}
