package quickpage.index.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import quickpage.index.embedded.aws.EmbeddedDynamoDb;
import quickpage.index.model.Refusal;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The cache of this machine: DynamoDB Local over a folder, with its table. */
public final class LocalCache implements AutoCloseable {

  /** The table's name; a deployment's has its stack's name in it. */
  public static final String TABLE = "facts";

  private final EmbeddedDynamoDb dynamoDb;

  private LocalCache(EmbeddedDynamoDb dynamoDb) {
    this.dynamoDb = dynamoDb;
  }

  /**
   * Opens the cache, which is created if it is missing.
   *
   * @throws Refusal if another process has it open, or the folder cannot be used
   */
  public static LocalCache open(Path folder) {
    try {
      EmbeddedDynamoDb dynamoDb = EmbeddedDynamoDb.start(folder);
      dynamoDb.createTable(TABLE);
      return new LocalCache(dynamoDb);
    } catch (IOException e) {
      throw new Refusal(e.getMessage(), e);
    }
  }

  public DynamoDbClient client() {
    return dynamoDb.client();
  }

  @Override
  public void close() {
    try {
      dynamoDb.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the cache could not be closed", e);
    }
  }
}
