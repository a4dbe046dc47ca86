package quickpage.index.lease;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import quickpage.index.model.TransientFailure;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * {@link PendingUploadsStore} as the item {@code uploads#BUCKET/PREFIX} ({@link
 * PendingUploadsItem}). A write names every attribute that it rests on, and touches no other.
 */
public final class DynamoDbPendingUploads implements PendingUploadsStore {

  /** With pauses of up to 200 ms these take about 4 s; few ever write at the same time. */
  private static final int ATTEMPTS = 40;

  private static final int LONGEST_PAUSE_MS = 200;

  private final LeaseTable table;

  public DynamoDbPendingUploads(DynamoDbClient dynamoDb, String table) {
    this.table = new LeaseTable(dynamoDb, table);
  }

  private static String key(SiteName site) {
    return "uploads#" + site;
  }

  @Override
  public PendingUploads read(SiteName site) {
    return PendingUploadsItem.read(table.item(key(site)));
  }

  @Override
  public PendingUploads update(SiteName site, UnaryOperator<PendingUploads> change) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      PendingUploads seen = read(site);
      PendingUploads wanted = change.apply(seen);
      if (replace(site, seen, wanted)) {
        return wanted;
      }
      pause();
    }
    throw new TransientFailure(
        "The pending uploads of %s are written by too many at once.".formatted(site.address()),
        null);
  }

  private static void pause() {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE_MS) + 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientFailure("Interrupted while waiting for the pending uploads.", e);
    }
  }

  @Override
  public boolean replace(SiteName site, PendingUploads seen, PendingUploads wanted) {
    Map<String, AttributeValue> before = PendingUploadsItem.attributes(seen);
    Map<String, AttributeValue> after = PendingUploadsItem.attributes(wanted);
    List<String> conditions = new ArrayList<>();
    List<String> set = new ArrayList<>();
    List<String> remove = new ArrayList<>();
    Map<String, String> names = new LinkedHashMap<>();
    Map<String, AttributeValue> values = new LinkedHashMap<>();
    for (String name : PendingUploadsItem.NAMES) {
      names.put("#" + name, name);
      AttributeValue old = before.get(name);
      if (old == null) {
        conditions.add("attribute_not_exists(#%s)".formatted(name));
      } else {
        conditions.add("#%s = :old_%s".formatted(name, name));
        values.put(":old_" + name, old);
      }
      AttributeValue value = after.get(name);
      if (value == null) {
        remove.add("#" + name);
      } else {
        set.add("#%s = :%s".formatted(name, name));
        values.put(":" + name, value);
      }
    }
    if (before.equals(after)) {
      return true;
    }
    String expression =
        (set.isEmpty() ? "" : "SET " + String.join(", ", set))
            + (remove.isEmpty() ? "" : " REMOVE " + String.join(", ", remove));
    UpdateItemRequest.Builder update =
        UpdateItemRequest.builder()
            .key(LeaseTable.key(key(site)))
            .updateExpression(expression.strip())
            .conditionExpression(String.join(" AND ", conditions))
            .expressionAttributeNames(names);
    return table.update(values.isEmpty() ? update : update.expressionAttributeValues(values));
  }
}
