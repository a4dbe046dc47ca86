package quickpage.index.lease;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import quickpage.index.error.RefusedException;
import quickpage.index.model.TransientFailure;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * {@link SiteLease} as the item {@code lease#BUCKET/PREFIX}: {@code holder}, {@code run}, {@code
 * taken} (ISO 8601), {@code expires} and {@code ttl} (epoch seconds), and while the holder
 * publishes {@code publishing} (until when at the latest, epoch seconds). A lease that was given
 * back has expired; DynamoDB removes it some time later.
 */
public final class DynamoDbSiteLease implements SiteLease {

  /** Between a refused write and the read that asks why, the lease in the way may end. */
  private static final int ATTEMPTS = 5;

  private final LeaseTable table;
  private final Clock clock;

  public DynamoDbSiteLease(DynamoDbClient dynamoDb, String table, Clock clock) {
    this.table = new LeaseTable(dynamoDb, table);
    this.clock = clock;
  }

  private static String key(SiteName site) {
    return "lease#" + site;
  }

  @Override
  public Optional<Lease> take(SiteName site, Lease wanted) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      if (put(site, wanted)) {
        return Optional.empty();
      }
      Optional<Lease> other = current(site);
      if (other.isPresent()) {
        return other;
      }
    }
    throw new TransientFailure(
        "The lease of %s changes hands too quickly to be taken.".formatted(site.address()), null);
  }

  private boolean put(SiteName site, Lease wanted) {
    AttributeValue expires = seconds(wanted.expires());
    return table.put(
        PutItemRequest.builder()
            .item(
                Map.of(
                    "pk", AttributeValue.fromS(key(site)),
                    "holder", AttributeValue.fromS(wanted.holder()),
                    "run", AttributeValue.fromS(wanted.run()),
                    "taken", AttributeValue.fromS(wanted.taken().toString()),
                    "expires", expires,
                    "ttl", expires))
            .conditionExpression("attribute_not_exists(pk) OR expires <= :now OR holder = :me")
            .expressionAttributeValues(
                Map.of(
                    ":now", seconds(clock.instant()),
                    ":me", AttributeValue.fromS(wanted.holder()))));
  }

  private static AttributeValue seconds(Instant time) {
    return AttributeValue.fromN(Long.toString(time.getEpochSecond()));
  }

  @Override
  public Optional<Lease> current(SiteName site) {
    Map<String, AttributeValue> item = table.item(key(site));
    return item.isEmpty()
        ? Optional.empty()
        : Optional.of(lease(site, item)).filter(lease -> lease.holdsAt(clock.instant()));
  }

  private static Lease lease(SiteName site, Map<String, AttributeValue> item) {
    try {
      return new Lease(
          item.get("holder").s(),
          item.get("run").s(),
          Instant.parse(item.get("taken").s()),
          Instant.ofEpochSecond(Long.parseLong(item.get("expires").n())));
    } catch (RuntimeException e) {
      throw new RefusedException(
          "The lease of %s cannot be read; remove the item %s from the table once no run is at work."
              .formatted(site.address(), key(site)),
          e);
    }
  }

  @Override
  public boolean beginPublishing(SiteName site, String holder, Instant until) {
    return table.update(
        UpdateItemRequest.builder()
            .key(LeaseTable.key(key(site)))
            .updateExpression("SET publishing = :until")
            .conditionExpression("holder = :me AND expires >= :until")
            .expressionAttributeValues(
                Map.of(
                    ":me", AttributeValue.fromS(holder),
                    // Rounded up: nobody else may begin in the second in which this ends.
                    ":until", seconds(until.plusNanos(999_999_999)))));
  }

  @Override
  public void endPublishing(SiteName site, String holder) {
    table.update(
        UpdateItemRequest.builder()
            .key(LeaseTable.key(key(site)))
            .updateExpression("REMOVE publishing")
            .conditionExpression("holder = :me")
            .expressionAttributeValues(Map.of(":me", AttributeValue.fromS(holder))));
  }

  /** One write, so that a holder that is about to publish does so before it or not at all. */
  @Override
  public boolean release(SiteName site, String holder) {
    return table.update(
        UpdateItemRequest.builder()
            .key(LeaseTable.key(key(site)))
            .updateExpression(
                "SET expires = if_not_exists(publishing, :now),"
                    + " #ttl = if_not_exists(publishing, :now)")
            .conditionExpression("holder = :me AND expires > :now")
            .expressionAttributeNames(Map.of("#ttl", "ttl"))
            .expressionAttributeValues(
                Map.of(
                    ":me", AttributeValue.fromS(holder),
                    ":now", seconds(clock.instant()))));
  }
}
