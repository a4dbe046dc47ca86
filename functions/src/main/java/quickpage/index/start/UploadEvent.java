package quickpage.index.start;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Set;
import quickpage.index.json.Json;
import quickpage.index.lease.QueueMessage;

/** What a message of the upload queue says. */
sealed interface UploadEvent {

  /**
   * An object was written or removed: EventBridge's "Object Created" or "Object Deleted" of S3.
   *
   * @param key as it is; EventBridge does not encode it, as S3's own notifications do
   * @param at in whole seconds, rounded down
   * @param oneVersion whether one version was removed for good and others may remain, as a
   *     lifecycle rule does weeks after a page was replaced or deleted; only what is in the bucket
   *     now tells whether a reader sees that
   */
  record ObjectChanged(String bucket, String key, Instant at, boolean oneVersion)
      implements UploadEvent {}

  /**
   * An execution changed its status: EventBridge's "Step Functions Execution Status Change".
   *
   * @param status such as {@code ABORTED}
   */
  record StatusChanged(String stateMachine, String execution, String status)
      implements UploadEvent {

    /** A person stopped it. */
    static final String ABORTED = "ABORTED";

    private static final Set<String> WITHOUT_SUCCESS = Set.of(ABORTED, "TIMED_OUT", "FAILED");

    /** Whether it may have ended without its last stage. */
    boolean endedWithoutSuccess() {
      return WITHOUT_SUCCESS.contains(status);
    }

    boolean byAPerson() {
      return status.equals(ABORTED);
    }

    /** Whether it was ended from outside, while a function may still be at work for it. */
    boolean functionMayWork() {
      return byAPerson() || status.equals("TIMED_OUT");
    }

    /** The last part of an execution's ARN. */
    static String name(String execution) {
      return execution.substring(execution.lastIndexOf(':') + 1);
    }
  }

  /** A message of our own. */
  record OwnMessage(QueueMessage message) implements UploadEvent {}

  /**
   * Reads a message.
   *
   * @throws MalformedMessageException saying what it lacks
   */
  static UploadEvent read(String body) throws MalformedMessageException {
    JsonNode message;
    try {
      message = Json.MAPPER.readTree(body == null ? "" : body);
    } catch (JsonProcessingException e) {
      throw new MalformedMessageException("it is not JSON (%s)".formatted(e.getOriginalMessage()));
    }
    if (!message.isObject()) {
      throw new MalformedMessageException("it is not a JSON object");
    }
    if (message.has("kind")) {
      return ownMessage(message);
    }
    String type = text(message, "/detail-type");
    return switch (type) {
      case "Object Created", "Object Deleted" ->
          new ObjectChanged(
              text(message, "/detail/bucket/name"),
              text(message, "/detail/object/key"),
              time(message),
              isOneVersion(message));
      case "Step Functions Execution Status Change" ->
          new StatusChanged(
              text(message, "/detail/stateMachineArn"),
              text(message, "/detail/executionArn"),
              text(message, "/detail/status"));
      default ->
          throw new MalformedMessageException(
              "its detail-type \"%s\" is not one of ours".formatted(type));
    };
  }

  private static UploadEvent ownMessage(JsonNode message) throws MalformedMessageException {
    String kind = text(message, "/kind");
    return switch (kind) {
      case QueueMessage.RECHECK ->
          new OwnMessage(
              message.path("due").isIntegralNumber()
                  ? QueueMessage.recheck(Instant.ofEpochMilli(message.path("due").asLong()))
                  : QueueMessage.of(kind));
      case QueueMessage.FINISHED, QueueMessage.RESUME, QueueMessage.DATASET, QueueMessage.TOKEN ->
          new OwnMessage(QueueMessage.of(kind));
      case QueueMessage.ENDED ->
          new OwnMessage(
              QueueMessage.ended(text(message, "/execution"), message.path("status").textValue()));
      default ->
          throw new MalformedMessageException("its kind \"%s\" is not one of ours".formatted(kind));
    };
  }

  /**
   * "Delete Marker Created" hides the object, and in a bucket without versions "Permanently
   * Deleted" removes it; with a version's id that is another matter. See "Using EventBridge: event
   * message structure" in the S3 user guide.
   */
  private static boolean isOneVersion(JsonNode message) {
    return message.at("/detail/deletion-type").asText().equals("Permanently Deleted")
        && !message.at("/detail/object/version-id").asText().isEmpty();
  }

  private static Instant time(JsonNode message) throws MalformedMessageException {
    String time = text(message, "/time");
    try {
      return OffsetDateTime.parse(time).toInstant();
    } catch (DateTimeException e) {
      throw new MalformedMessageException("its time \"%s\" is no time of ISO 8601".formatted(time));
    }
  }

  private static String text(JsonNode message, String pointer) throws MalformedMessageException {
    JsonNode value = message.at(pointer);
    if (!value.isTextual() || value.asText().isEmpty()) {
      throw new MalformedMessageException(
          "it has no text %s".formatted(pointer.substring(1).replace('/', '.')));
    }
    return value.asText();
  }
}
