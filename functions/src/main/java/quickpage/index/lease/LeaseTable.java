package quickpage.index.lease;

import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Supplier;
import quickpage.index.error.RefusedException;
import quickpage.index.model.TransientFailure;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The deployment's table, as this package uses it: single items, written under a condition. */
final class LeaseTable {

  private final DynamoDbClient dynamoDb;
  private final String name;

  LeaseTable(DynamoDbClient dynamoDb, String name) {
    this.dynamoDb = dynamoDb;
    this.name = name;
  }

  /** Never older than the last write; empty if there is none. */
  Map<String, AttributeValue> item(String key) {
    return call(
        "read",
        () -> dynamoDb.getItem(b -> b.tableName(name).key(key(key)).consistentRead(true)).item());
  }

  static Map<String, AttributeValue> key(String key) {
    return Map.of("pk", AttributeValue.fromS(key));
  }

  /** Whether the condition was met. */
  boolean put(PutItemRequest.Builder put) {
    return write(() -> dynamoDb.putItem(put.tableName(name).build()));
  }

  /** Whether the condition was met. */
  boolean update(UpdateItemRequest.Builder update) {
    return write(() -> dynamoDb.updateItem(update.tableName(name).build()));
  }

  private boolean write(Runnable request) {
    return call(
        "written",
        () -> {
          try {
            request.run();
            return true;
          } catch (ConditionalCheckFailedException e) {
            return false;
          }
        });
  }

  private <T> T call(String what, Supplier<T> request) {
    try {
      return request.get();
    } catch (ResourceNotFoundException e) {
      throw new RefusedException("There is no table %s for the site's lease.".formatted(name), e);
    } catch (SdkException | UncheckedIOException e) {
      throw new TransientFailure(
          "The site's lease could not be %s in the table %s.".formatted(what, name), e);
    }
  }
}
