package quickpage.index.lease;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * {@link PendingUploads} as attributes, times in epoch milliseconds. Versions of the functions mix
 * in a deployment, so an attribute keeps its name and meaning; the first seven are the oldest, and
 * a version that knows only these leaves the others as they are.
 */
final class PendingUploadsItem {

  private static final String FIRST_CHANGE = "firstChange";
  private static final String LAST_CHANGE = "lastChange";
  private static final String SEEN_UNTIL = "seenUntil";
  private static final String STARTING = "starting";
  private static final String RECHECK_DUE = "tickDue";
  private static final String HELD = "held";
  private static final String DATASET_EDIT = "datasetEdit";
  private static final String WAITING_SINCE = "waitingSince";
  private static final String LISTING_RUN = "listingRun";
  private static final String LISTING_SINCE = "listingSince";
  private static final String LISTED = "listed";
  private static final String LISTED_PAGES = "listedPages";
  private static final String LISTED_HOLD = "listedHold";
  private static final String PUBLISHED_PAGES = "publishedPages";
  private static final String ATTEMPTS = "attempts";
  private static final String NOT_BEFORE = "notBefore";
  private static final String BLOCKED = "blocked";
  private static final String FAILED_RUN = "failedRun";

  static final List<String> NAMES =
      List.of(
          FIRST_CHANGE,
          LAST_CHANGE,
          SEEN_UNTIL,
          STARTING,
          RECHECK_DUE,
          HELD,
          DATASET_EDIT,
          WAITING_SINCE,
          LISTING_RUN,
          LISTING_SINCE,
          LISTED,
          LISTED_PAGES,
          LISTED_HOLD,
          PUBLISHED_PAGES,
          ATTEMPTS,
          NOT_BEFORE,
          BLOCKED,
          FAILED_RUN);

  private final Map<String, AttributeValue> attributes;

  private PendingUploadsItem(Map<String, AttributeValue> attributes) {
    this.attributes = attributes;
  }

  static PendingUploads read(Map<String, AttributeValue> attributes) {
    PendingUploadsItem item = new PendingUploadsItem(attributes);
    Instant first = item.time(FIRST_CHANGE);
    String run = item.text(LISTING_RUN);
    return new PendingUploads(
        first == null ? null : new Changes(first, item.time(LAST_CHANGE)),
        item.time(WAITING_SINCE),
        run == null
            ? null
            : new Listing(
                run,
                item.time(LISTING_SINCE),
                item.time(LISTED),
                item.text(LISTED_PAGES),
                item.text(LISTED_HOLD)),
        new Retry(
            item.number(ATTEMPTS),
            item.time(NOT_BEFORE),
            item.text(BLOCKED),
            item.text(FAILED_RUN)),
        new PendingUploads.Starts(
            item.time(SEEN_UNTIL), item.text(STARTING), item.time(RECHECK_DUE)),
        item.text(HELD),
        new PendingUploads.Published(item.text(DATASET_EDIT), item.text(PUBLISHED_PAGES)));
  }

  static Map<String, AttributeValue> attributes(PendingUploads uploads) {
    PendingUploadsItem item = new PendingUploadsItem(new LinkedHashMap<>());
    if (uploads.changes() != null) {
      item.put(FIRST_CHANGE, uploads.changes().first());
      item.put(LAST_CHANGE, uploads.changes().last());
    }
    item.put(WAITING_SINCE, uploads.waitingSince());
    if (uploads.listing() != null) {
      item.put(LISTING_RUN, uploads.listing().run());
      item.put(LISTING_SINCE, uploads.listing().since());
      item.put(LISTED, uploads.listing().listed());
      item.put(LISTED_PAGES, uploads.listing().pages());
      item.put(LISTED_HOLD, uploads.listing().hold());
    }
    Retry retry = uploads.retry();
    if (retry.attempts() != 0) {
      item.attributes.put(ATTEMPTS, AttributeValue.fromN(Integer.toString(retry.attempts())));
    }
    item.put(NOT_BEFORE, retry.notBefore());
    item.put(BLOCKED, retry.blocked());
    item.put(FAILED_RUN, retry.failedRun());
    item.put(SEEN_UNTIL, uploads.starts().seenUntil());
    item.put(STARTING, uploads.starts().name());
    item.put(RECHECK_DUE, uploads.starts().recheckDue());
    item.put(HELD, uploads.held());
    item.put(DATASET_EDIT, uploads.published().datasetEdit());
    item.put(PUBLISHED_PAGES, uploads.published().pages());
    return item.attributes;
  }

  private Instant time(String name) {
    AttributeValue value = attributes.get(name);
    return value == null ? null : Instant.ofEpochMilli(Long.parseLong(value.n()));
  }

  private String text(String name) {
    AttributeValue value = attributes.get(name);
    return value == null ? null : value.s();
  }

  private int number(String name) {
    AttributeValue value = attributes.get(name);
    return value == null ? 0 : Integer.parseInt(value.n());
  }

  private void put(String name, Instant time) {
    if (time != null) {
      attributes.put(name, AttributeValue.fromN(Long.toString(time.toEpochMilli())));
    }
  }

  private void put(String name, String text) {
    if (text != null) {
      attributes.put(name, AttributeValue.fromS(text));
    }
  }
}
