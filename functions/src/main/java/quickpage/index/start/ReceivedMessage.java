package quickpage.index.start;

/** One message of the upload queue, as SQS hands it over. */
public record ReceivedMessage(String id, String body) {}
