package quickpage.index.cache;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import quickpage.index.io.InParallel;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.TransientFailure;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The cache in a DynamoDB table, looked after; never touches leases. */
public final class FactTable implements CacheMaintenance {

  private static final int ITEMS_PER_WRITE = 25;

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final Clock clock;

  public FactTable(DynamoDbClient dynamoDb, String table, Clock clock) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.clock = clock;
  }

  @Override
  public List<Kept> stats(Selection selection) {
    long now = clock.instant().getEpochSecond();
    Map<String, Kept> kept = new TreeMap<>();
    scan(selection, "pk, dataset, #type, #ttl, facts")
        .forEach(
            item -> {
              DatasetVersion version = version(item);
              kept.merge(
                  version.dataset() + "#" + version.uuid() + "#" + version.lastDatabaseEdit(),
                  new Kept(
                      version.dataset(),
                      version.uuid(),
                      version.lastDatabaseEdit(),
                      1,
                      DynamoDbFactCache.timeToLive(item) <= now ? 1 : 0,
                      bytes(item)),
                  (a, b) ->
                      new Kept(
                          a.dataset(),
                          a.uuid(),
                          a.lastDatabaseEdit(),
                          a.types() + b.types(),
                          a.expired() + b.expired(),
                          a.bytes() + b.bytes()));
            });
    return List.copyOf(kept.values());
  }

  /** Of an item that somebody else has made no more is known than what it says of itself. */
  private static DatasetVersion version(Map<String, AttributeValue> item) {
    return FactKey.version(item.get("pk").s())
        .orElseGet(
            () ->
                new DatasetVersion(
                    Objects.requireNonNullElse(text(item, "dataset"), "?"), null, null));
  }

  @Override
  public long clear(Selection selection) {
    List<Map<String, AttributeValue>> items = scan(selection, "pk, dataset, #type, #ttl");
    List<WriteRequest> requests =
        items.stream()
            .map(item -> Map.of("pk", item.get("pk")))
            .map(
                key ->
                    WriteRequest.builder()
                        .deleteRequest(DeleteRequest.builder().key(key).build())
                        .build())
            .toList();
    int left =
        InParallel.map(UnprocessedItems.parts(requests, ITEMS_PER_WRITE), this::delete).stream()
            .mapToInt(Integer::intValue)
            .sum();
    if (left > 0) {
      throw new TransientFailure(
          "The cache table %s is busy: %d of %d types are still in it; clear it again."
              .formatted(table, left, items.size()),
          null);
    }
    return items.size();
  }

  private int delete(List<WriteRequest> requests) {
    return UnprocessedItems.repeat(
            requests,
            asked ->
                dynamoDb
                    .batchWriteItem(b -> b.requestItems(Map.of(table, asked)))
                    .unprocessedItems()
                    .getOrDefault(table, List.of()))
        .size();
  }

  private static long bytes(Map<String, AttributeValue> item) {
    AttributeValue facts = item.get("facts");
    return facts == null || facts.b() == null ? 0 : facts.b().asByteArrayUnsafe().length;
  }

  private List<Map<String, AttributeValue>> scan(Selection selection, String attributes) {
    ScanRequest request =
        ScanRequest.builder()
            .tableName(table)
            .projectionExpression(attributes)
            .expressionAttributeNames(Map.of("#type", "type", "#ttl", "ttl"))
            .filterExpression("begins_with(pk, :facts)")
            .expressionAttributeValues(Map.of(":facts", AttributeValue.fromS(FactKey.PREFIX)))
            .build();
    return dynamoDb.scanPaginator(request).items().stream()
        .filter(item -> selection.holds(text(item, "dataset"), text(item, "type")))
        .toList();
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null ? null : value.s();
  }
}
