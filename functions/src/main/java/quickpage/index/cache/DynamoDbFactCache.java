package quickpage.index.cache;

import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quickpage.index.error.RefusedException;
import quickpage.index.io.InParallel;
import quickpage.index.model.DatasetFacts;
import quickpage.index.model.DatasetVersion;
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

  private static final Logger LOG = LoggerFactory.getLogger(DynamoDbFactCache.class);

  /** BatchGetItem takes no more keys. */
  private static final int KEYS_PER_READ = 100;

  /** BatchWriteItem takes no more items. */
  private static final int ITEMS_PER_WRITE = 25;

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
        InParallel.map(
            UnprocessedItems.parts(List.copyOf(typeOfKey.keySet()), KEYS_PER_READ), this::items)) {
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
    return timeToLive(item) <= now;
  }

  /** In epoch seconds; long past where an item has none that can be read. */
  static long timeToLive(Map<String, AttributeValue> item) {
    AttributeValue ttl = item.get("ttl");
    return ttl == null || ttl.n() == null ? 0 : new BigDecimal(ttl.n()).longValue();
  }

  private List<Map<String, AttributeValue>> items(List<String> keys) {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    List<Map<String, AttributeValue>> unread =
        UnprocessedItems.repeat(
            keys.stream().map(key -> Map.of("pk", AttributeValue.fromS(key))).toList(),
            asked -> {
              BatchGetItemResponse answer = get(asked);
              items.addAll(answer.responses().getOrDefault(table, List.of()));
              KeysAndAttributes left = answer.unprocessedKeys().get(table);
              return left == null ? List.of() : left.keys();
            });
    if (!unread.isEmpty()) {
      throw new TransientFailure(
          "The cache table %s left %d keys unread after %d attempts."
              .formatted(table, unread.size(), UnprocessedItems.ATTEMPTS),
          null);
    }
    return items;
  }

  private BatchGetItemResponse get(List<Map<String, AttributeValue>> keys) {
    try {
      return dynamoDb.batchGetItem(
          b -> b.requestItems(Map.of(table, KeysAndAttributes.builder().keys(keys).build())));
    } catch (ResourceNotFoundException e) {
      throw new RefusedException("There is no cache table " + table + ".", e);
    } catch (SdkException | UncheckedIOException e) {
      throw new TransientFailure("The cache table " + table + " could not be read.", e);
    }
  }

  @Override
  public int write(DatasetVersion version, Collection<TypeFacts> facts, Duration timeToLive) {
    Instant until = clock.instant().plus(timeToLive);
    List<WriteRequest> requests =
        facts.stream().map(one -> request(version, one, until.getEpochSecond())).toList();
    return InParallel.map(UnprocessedItems.parts(requests, ITEMS_PER_WRITE), this::put).stream()
        .mapToInt(Integer::intValue)
        .sum();
  }

  @Override
  public Optional<DatasetFacts> dataset(String dataset) {
    long now = clock.instant().getEpochSecond();
    return items(List.of(FactKey.ofDataset(dataset))).stream()
        .filter(item -> !isExpired(item, now))
        .filter(item -> item.containsKey("facts") && item.get("facts").b() != null)
        .flatMap(
            item ->
                DatasetPayload.read(item.get("facts").b().asByteArrayUnsafe(), dataset).stream())
        .findFirst();
  }

  @Override
  public boolean keepDataset(DatasetFacts facts, Duration timeToLive) {
    Map<String, AttributeValue> item =
        Map.of(
            "pk",
            AttributeValue.fromS(FactKey.ofDataset(facts.version().dataset())),
            "ttl",
            AttributeValue.fromN(Long.toString(clock.instant().plus(timeToLive).getEpochSecond())),
            "dataset",
            AttributeValue.fromS(facts.version().dataset()),
            "facts",
            AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(DatasetPayload.write(facts))));
    try {
      dynamoDb.putItem(b -> b.tableName(table).item(item));
      return true;
    } catch (SdkException | UncheckedIOException e) {
      LOG.warn(
          "what {} says of itself could not be kept in {}", facts.version().dataset(), table, e);
      return false;
    }
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
    AtomicInteger refused = new AtomicInteger();
    List<WriteRequest> left =
        UnprocessedItems.repeat(
            requests,
            asked -> {
              try {
                return dynamoDb
                    .batchWriteItem(b -> b.requestItems(Map.of(table, asked)))
                    .unprocessedItems()
                    .getOrDefault(table, List.of());
              } catch (SdkException | UncheckedIOException e) {
                LOG.warn("{} facts could not be kept in {}", asked.size(), table, e);
                refused.addAndGet(asked.size());
                return List.of();
              }
            });
    return left.size() + refused.get();
  }
}
