package quickpage.index.embedded.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

class EmbeddedDynamoDbTest {
  @TempDir Path folder;

  @Test
  void keeps_what_was_written_when_it_is_closed() throws IOException {
    try (EmbeddedDynamoDb dynamoDb = EmbeddedDynamoDb.start(folder)) {
      dynamoDb.createTable("facts");
      dynamoDb.client().putItem(request -> request.tableName("facts").item(item("a", "1")));
    }
    try (EmbeddedDynamoDb dynamoDb = EmbeddedDynamoDb.start(folder)) {
      dynamoDb.createTable("facts");
      assertThat(read(dynamoDb.client(), "a")).isEqualTo(item("a", "1"));
    }
  }

  @Test
  void has_a_table_with_expiry_and_conditions() throws IOException {
    try (EmbeddedDynamoDb dynamoDb = EmbeddedDynamoDb.start(folder)) {
      dynamoDb.createTable("facts");
      DynamoDbClient client = dynamoDb.client();

      assertThat(
              client
                  .describeTimeToLive(request -> request.tableName("facts"))
                  .timeToLiveDescription())
          .satisfies(
              ttl -> {
                assertThat(ttl.timeToLiveStatus()).isEqualTo(TimeToLiveStatus.ENABLED);
                assertThat(ttl.attributeName()).isEqualTo("ttl");
              });
      client.putItem(request -> request.tableName("facts").item(item("a", "1")));
      assertThatThrownBy(
              () ->
                  client.putItem(
                      request ->
                          request
                              .tableName("facts")
                              .item(item("a", "2"))
                              .conditionExpression("attribute_not_exists(pk)")))
          .isInstanceOf(ConditionalCheckFailedException.class);
    }
  }

  @Test
  void writes_25_and_reads_100_items_at_a_time() throws IOException {
    try (EmbeddedDynamoDb dynamoDb = EmbeddedDynamoDb.start(folder)) {
      dynamoDb.createTable("facts");
      DynamoDbClient client = dynamoDb.client();
      for (int first = 0; first < 100; first += 25) {
        Collection<WriteRequest> writes =
            IntStream.range(first, first + 25)
                .mapToObj(n -> item("type " + n, "x".repeat(3000)))
                .map(item -> WriteRequest.builder().putRequest(put -> put.item(item)).build())
                .toList();
        assertThat(
                client
                    .batchWriteItem(request -> request.requestItems(Map.of("facts", writes)))
                    .unprocessedItems())
            .isEmpty();
      }
      List<Map<String, AttributeValue>> keys =
          IntStream.range(0, 100).mapToObj(n -> Map.of("pk", text("type " + n))).toList();

      assertThat(
              client
                  .batchGetItem(
                      request ->
                          request.requestItems(
                              Map.of("facts", KeysAndAttributes.builder().keys(keys).build())))
                  .responses()
                  .get("facts"))
          .hasSize(100);
    }
  }

  @Test
  void refuses_a_folder_that_is_open_elsewhere_by_name() throws IOException {
    try (EmbeddedDynamoDb first = EmbeddedDynamoDb.start(folder)) {
      assertThat(first.client()).isNotNull();
      assertThatThrownBy(() -> EmbeddedDynamoDb.start(folder))
          .isInstanceOf(EmbeddedDynamoDb.FolderInUse.class)
          .hasMessageContaining(folder.toString());
    }
  }

  @Test
  void a_killed_process_leaves_its_items_and_no_lock() throws Exception {
    Process process = writerProcess(folder);
    try (BufferedReader lines = process.inputReader()) {
      String acknowledged = null;
      for (int line = 0; line < 5; line++) {
        acknowledged = lines.readLine();
      }
      assertThatThrownBy(() -> EmbeddedDynamoDb.start(folder))
          .isInstanceOf(EmbeddedDynamoDb.FolderInUse.class);
      process.destroyForcibly().waitFor();

      try (EmbeddedDynamoDb dynamoDb = EmbeddedDynamoDb.start(folder)) {
        assertThat(read(dynamoDb.client(), acknowledged)).isEqualTo(item(acknowledged, "x"));
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process writerProcess(Path folder) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Writer.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Writes items until it is killed, and prints the key of each after it was acknowledged. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) throws IOException {
      try (EmbeddedDynamoDb dynamoDb = EmbeddedDynamoDb.start(Path.of(arguments[0]))) {
        dynamoDb.createTable("facts");
        for (int n = 0; n < 100_000; n++) {
          String key = "type " + n;
          dynamoDb.client().putItem(request -> request.tableName("facts").item(item(key, "x")));
          System.out.println(key);
        }
      }
    }
  }

  private static Map<String, AttributeValue> read(DynamoDbClient client, String key) {
    return client
        .getItem(request -> request.tableName("facts").key(Map.of("pk", text(key))))
        .item();
  }

  private static Map<String, AttributeValue> item(String key, String payload) {
    return Map.of(
        "pk", text(key),
        "ttl", AttributeValue.fromN("4102444800"),
        "payload", AttributeValue.fromB(SdkBytes.fromUtf8String(payload)));
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }
}
