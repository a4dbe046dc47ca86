package quickpage.index.lease;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The item of a site's pending uploads in memory. As in DynamoDB, a write names the attributes that
 * its version knows, rests on these and leaves the others alone.
 */
public final class MemoryUploadsItem implements PendingUploadsStore {

  private static final List<String> FORMER_NAMES =
      List.of(
          "firstChange", "lastChange", "seenUntil", "starting", "tickDue", "held", "datasetEdit");

  private final Map<String, AttributeValue> item = new HashMap<>();
  private final Runnable access;

  /**
   * An empty item.
   *
   * @param access is called before each access
   */
  public MemoryUploadsItem(Runnable access) {
    this.access = access;
  }

  /** As it is now, for assertions. */
  public PendingUploads now() {
    return PendingUploadsItem.read(item);
  }

  /** Puts it into a state, whatever it was. */
  public void set(PendingUploads wanted) {
    item.clear();
    item.putAll(PendingUploadsItem.attributes(wanted));
  }

  @Override
  public PendingUploads read(SiteName site) {
    access.run();
    return now();
  }

  @Override
  public boolean replace(SiteName site, PendingUploads seen, PendingUploads wanted) {
    access.run();
    return write(
        PendingUploadsItem.NAMES,
        PendingUploadsItem.attributes(seen),
        PendingUploadsItem.attributes(wanted));
  }

  @Override
  public PendingUploads update(SiteName site, UnaryOperator<PendingUploads> change) {
    while (true) {
      PendingUploads seen = read(site);
      PendingUploads wanted = change.apply(seen);
      if (replace(site, seen, wanted)) {
        return wanted;
      }
    }
  }

  /** What the version before reads. */
  public FormerPendingUploads readFormer() {
    access.run();
    return new FormerPendingUploads(
        time("firstChange"),
        time("lastChange"),
        time("seenUntil"),
        text("starting"),
        time("tickDue"),
        text("held"),
        text("datasetEdit"));
  }

  /** What the version before writes. */
  public boolean replaceFormer(FormerPendingUploads seen, FormerPendingUploads wanted) {
    access.run();
    return write(FORMER_NAMES, attributes(seen), attributes(wanted));
  }

  /** As the version before did it. */
  public FormerPendingUploads updateFormer(UnaryOperator<FormerPendingUploads> change) {
    while (true) {
      FormerPendingUploads seen = readFormer();
      FormerPendingUploads wanted = change.apply(seen);
      if (replaceFormer(seen, wanted)) {
        return wanted;
      }
    }
  }

  private boolean write(
      List<String> names, Map<String, AttributeValue> seen, Map<String, AttributeValue> wanted) {
    Map<String, AttributeValue> current = new HashMap<>(item);
    current.keySet().retainAll(names);
    if (!current.equals(seen)) {
      return false;
    }
    item.keySet().removeAll(names);
    item.putAll(wanted);
    return true;
  }

  private Instant time(String name) {
    AttributeValue value = item.get(name);
    return value == null ? null : Instant.ofEpochMilli(Long.parseLong(value.n()));
  }

  private String text(String name) {
    AttributeValue value = item.get(name);
    return value == null ? null : value.s();
  }

  private static Map<String, AttributeValue> attributes(FormerPendingUploads uploads) {
    Map<String, AttributeValue> attributes = new HashMap<>();
    put(attributes, "firstChange", uploads.firstChange());
    put(attributes, "lastChange", uploads.lastChange());
    put(attributes, "seenUntil", uploads.seenUntil());
    put(attributes, "starting", uploads.starting());
    put(attributes, "tickDue", uploads.recheckDue());
    put(attributes, "held", uploads.held());
    put(attributes, "datasetEdit", uploads.datasetEdit());
    return attributes;
  }

  private static void put(Map<String, AttributeValue> attributes, String name, Object value) {
    if (value instanceof Instant time) {
      attributes.put(name, AttributeValue.fromN(Long.toString(time.toEpochMilli())));
    } else if (value != null) {
      attributes.put(name, AttributeValue.fromS(value.toString()));
    }
  }
}
