package quickpage.index.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import quickpage.index.error.RefusedException;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.SideCounts;
import quickpage.index.model.SynapseCounts;
import quickpage.index.model.TransientFailure;
import quickpage.index.model.TypeFacts;
import quickpage.index.model.TypeProperties;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** What a real table under load does, and DynamoDB Local never does: leave a part undone. */
class UnprocessedItemsTest {

  private static final DatasetVersion VERSION = new DatasetVersion("cns:v1", "5a3f", "2026");
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

  /** Does only the first items of each call. */
  private static class Busy implements DynamoDbClient {
    final Map<String, Map<String, AttributeValue>> items = new HashMap<>();
    final List<Integer> asked = Collections.synchronizedList(new ArrayList<>());
    final int atOnce;

    Busy(int atOnce) {
      this.atOnce = atOnce;
    }

    @Override
    public synchronized BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
      List<Map<String, AttributeValue>> keys = request.requestItems().get("facts").keys();
      asked.add(keys.size());
      List<Map<String, AttributeValue>> found = new ArrayList<>();
      keys.stream()
          .limit(atOnce)
          .map(key -> items.get(key.get("pk").s()))
          .filter(item -> item != null)
          .forEach(found::add);
      List<Map<String, AttributeValue>> left = keys.stream().skip(atOnce).toList();
      return BatchGetItemResponse.builder()
          .responses(Map.of("facts", found))
          .unprocessedKeys(
              left.isEmpty()
                  ? Map.of()
                  : Map.of("facts", KeysAndAttributes.builder().keys(left).build()))
          .build();
    }

    @Override
    public synchronized BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
      List<WriteRequest> writes = request.requestItems().get("facts");
      asked.add(writes.size());
      writes.stream()
          .limit(atOnce)
          .map(write -> write.putRequest().item())
          .forEach(item -> items.put(item.get("pk").s(), item));
      List<WriteRequest> left = writes.stream().skip(atOnce).toList();
      return BatchWriteItemResponse.builder()
          .unprocessedItems(left.isEmpty() ? Map.of() : Map.of("facts", left))
          .build();
    }

    @Override
    public String serviceName() {
      return "dynamodb";
    }

    @Override
    public void close() {}
  }

  private static List<TypeFacts> facts(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new TypeFacts(
                    "T" + i,
                    new SideCounts(i, 0, 0, 0),
                    new SynapseCounts(0, 0),
                    List.of(),
                    TypeProperties.NONE))
        .toList();
  }

  private static DynamoDbFactCache cache(DynamoDbClient client) {
    return new DynamoDbFactCache(client, "facts", CLOCK);
  }

  @Test
  void whatIsLeftUndoneIsDoneByTheNextCalls() {
    Busy busy = new Busy(9);
    List<TypeFacts> facts = facts(25);

    assertThat(cache(busy).write(VERSION, facts, Duration.ofHours(1))).isZero();
    assertThat(busy.asked).containsExactly(25, 16, 7);

    FactCache.Found found = cache(busy).read(VERSION, facts.stream().map(TypeFacts::type).toList());
    assertThat(found.facts().values()).containsExactlyInAnyOrderElementsOf(facts);
    assertThat(busy.asked).containsExactly(25, 16, 7, 25, 16, 7);
  }

  @Test
  void aTableThatDoesNothingIsLeftAloneAfterSomeCalls() {
    Busy stuck = new Busy(0);

    assertThat(cache(stuck).write(VERSION, facts(3), Duration.ofHours(1))).isEqualTo(3);
    assertThat(stuck.asked).hasSize(8);
    assertThatThrownBy(() -> cache(stuck).read(VERSION, List.of("T1")))
        .isInstanceOf(TransientFailure.class)
        .hasMessage("The cache table facts left 1 keys unread after 8 attempts.");
  }

  @Test
  void aTableThatThrowsTakesNothingAndCostsOnlyTheNextRun() {
    DynamoDbClient throwing =
        new Busy(9) {
          @Override
          public synchronized BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
            throw ProvisionedThroughputExceededException.builder().message("slow down").build();
          }

          @Override
          public synchronized BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
            throw ProvisionedThroughputExceededException.builder().message("slow down").build();
          }
        };

    assertThat(cache(throwing).write(VERSION, facts(30), Duration.ofHours(1))).isEqualTo(30);
    assertThatThrownBy(() -> cache(throwing).read(VERSION, List.of("T1")))
        .isInstanceOf(TransientFailure.class)
        .hasMessage("The cache table facts could not be read.");
  }

  @Test
  void aTableThatIsNotThereIsRefusedByName() {
    DynamoDbClient none =
        new Busy(9) {
          @Override
          public synchronized BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
            throw ResourceNotFoundException.builder().message("no").build();
          }
        };

    assertThatThrownBy(() -> cache(none).read(VERSION, List.of("T1")))
        .isInstanceOf(RefusedException.class)
        .hasMessage("There is no cache table facts.");
  }
}
