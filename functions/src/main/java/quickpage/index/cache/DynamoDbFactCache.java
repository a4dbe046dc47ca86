package quickpage.index.cache;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import quickpage.index.io.InParallel;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.Refusal;
import quickpage.index.model.TransientFailure;
import quickpage.index.model.TypeFacts;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * {@link FactCache} in a DynamoDB table: key {@code pk}, {@code ttl} in epoch seconds, {@code
 * dataset} and {@code type} for people who look, {@code facts} the payload.
 */
public final class DynamoDbFactCache implements FactCache {

  /** BatchGetItem takes no more keys. */
  private static final int KEYS_PER_READ = 100;

  /** BatchWriteItem takes no more items. */
  private static final int ITEMS_PER_WRITE = 25;

  /** What is left unprocessed is asked for again this often, waiting up to 2 s in between. */
  private static final int ATTEMPTS = 8;

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final Clock clock;

  public DynamoDbFactCache(DynamoDbClient dynamoDb, String table, Clock clock) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.clock = clock;
  }

  @Override
  public Found read(DatasetVersion version, Collection<String> types) {
    Map<String, String> typeOfKey = new HashMap<>();
    for (String type : types) {
      typeOfKey.put(FactKey.of(version, type), type);
    }
    Map<String, TypeFacts> facts = new HashMap<>();
    Set<String> expired = new HashSet<>();
    long now = clock.instant().getEpochSecond();
    for (List<Map<String, AttributeValue>> items :
        InParallel.map(parts(List.copyOf(typeOfKey.keySet()), KEYS_PER_READ), this::items)) {
      for (Map<String, AttributeValue> item : items) {
        String type = typeOfKey.get(item.get("pk").s());
        if (isExpired(item, now)) {
          expired.add(type);
        } else if (item.containsKey("facts") && item.get("facts").b() != null) {
          FactPayload.read(item.get("facts").b().asByteArrayUnsafe(), type)
              .ifPresent(found -> facts.put(type, found));
        }
      }
    }
    return new Found(facts, expired);
  }

  /** DynamoDB removes expired items hours later, so the time is looked at here. */
  private static boolean isExpired(Map<String, AttributeValue> item, long now) {
    AttributeValue ttl = item.get("ttl");
    return ttl == null || ttl.n() == null || Long.parseLong(ttl.n()) <= now;
  }

  private List<Map<String, AttributeValue>> items(List<String> keys) {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    List<Map<String, AttributeValue>> left =
        keys.stream().map(key -> Map.of("pk", AttributeValue.fromS(key))).toList();
    for (int attempt = 1; !left.isEmpty(); attempt++) {
      if (attempt > ATTEMPTS) {
        throw new TransientFailure(
            "The cache table %s left %d keys unread after %d attempts."
                .formatted(table, left.size(), ATTEMPTS),
            null);
      }
      pauseBefore(attempt);
      List<Map<String, AttributeValue>> asked = left;
      BatchGetItemResponse answer = get(asked);
      items.addAll(answer.responses().getOrDefault(table, List.of()));
      KeysAndAttributes unread = answer.unprocessedKeys().get(table);
      left = unread == null ? List.of() : unread.keys();
    }
    return items;
  }

  private BatchGetItemResponse get(List<Map<String, AttributeValue>> keys) {
    try {
      return dynamoDb.batchGetItem(
          b -> b.requestItems(Map.of(table, KeysAndAttributes.builder().keys(keys).build())));
    } catch (ResourceNotFoundException e) {
      throw new Refusal("There is no cache table " + table + ".", e);
    } catch (SdkException e) {
      throw new TransientFailure("The cache table " + table + " could not be read.", e);
    }
  }

  @Override
  public int write(DatasetVersion version, Collection<TypeFacts> facts, Duration timeToLive) {
    Instant until = clock.instant().plus(timeToLive);
    List<WriteRequest> requests =
        facts.stream().map(one -> request(version, one, until.getEpochSecond())).toList();
    return InParallel.map(parts(requests, ITEMS_PER_WRITE), this::put).stream()
        .mapToInt(Integer::intValue)
        .sum();
  }

  private static WriteRequest request(DatasetVersion version, TypeFacts facts, long until) {
    Map<String, AttributeValue> item =
        Map.of(
            "pk", AttributeValue.fromS(FactKey.of(version, facts.type())),
            "ttl", AttributeValue.fromN(Long.toString(until)),
            "dataset", AttributeValue.fromS(version.dataset()),
            "type", AttributeValue.fromS(facts.type()),
            "facts", AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(FactPayload.write(facts))));
    return WriteRequest.builder().putRequest(PutRequest.builder().item(item).build()).build();
  }

  /** A cache that takes nothing costs the next run time and this one nothing, so it only counts. */
  private int put(List<WriteRequest> requests) {
    List<WriteRequest> left = requests;
    for (int attempt = 1; attempt <= ATTEMPTS && !left.isEmpty(); attempt++) {
      pauseBefore(attempt);
      List<WriteRequest> asked = left;
      try {
        left =
            dynamoDb
                .batchWriteItem(b -> b.requestItems(Map.of(table, asked)))
                .unprocessedItems()
                .getOrDefault(table, List.of());
      } catch (SdkException e) {
        return left.size();
      }
    }
    return left.size();
  }

  /** Full jitter up to 50 ms, 100 ms, … 2 s; the SDK retries throttled calls, not leftovers. */
  private static void pauseBefore(int attempt) {
    if (attempt == 1) {
      return;
    }
    long most = Math.min(2000, 25L << (attempt - 1));
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(most) + 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientFailure("Interrupted while waiting for the cache.", e);
    }
  }

  private static <T> List<List<T>> parts(List<T> all, int size) {
    return new ArrayList<>(
        IntStream.range(0, all.size())
            .boxed()
            .collect(
                Collectors.groupingBy(
                    i -> i / size, TreeMap::new, Collectors.mapping(all::get, Collectors.toList())))
            .values());
  }
}
