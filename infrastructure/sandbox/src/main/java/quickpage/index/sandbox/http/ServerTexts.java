package quickpage.index.sandbox.http;

/** The wording of neuPrintHTTP and of the Go driver it talks to Neo4j with: clients match on it. */
final class ServerTexts {
  static final String MALFORMED_REQUEST = "request object not formatted correctly";
  static final String UNKNOWN_DATASET = "insufficient permissions for dataset";
  static final String NO_TOKEN = "authentication required";
  static final String BAD_TOKEN = "invalid or expired token";
  static final String NOT_FOUND = "Not Found";
  static final String INTERNAL_ERROR = "Internal Server Error";

  /** Said whenever the driver's error has the word Timeout in it. */
  static final String TIMEOUT =
      "Timeout experienced. This could be due to database traffic or to non-optimal database"
          + " queries. If the latter, please consult neuPrint documentation or post a question at"
          + " https://groups.google.com/forum/#!forum/neuprint to understand other options.";

  static final String UNREACHABLE =
      "failed to execute query: ConnectivityError: Unable to retrieve routing table from"
          + " localhost:7687: dial tcp 127.0.0.1:7687: connect: connection refused";

  private static final String PREFIX = "failed to execute query: ";

  private ServerTexts() {}

  /**
   * A Neo4j error: reported as it is, or after the driver's retries if Neo4j calls it transient.
   */
  static String queryFailed(String code, String message) {
    String text =
        code.startsWith("Neo.TransientError.")
            ? retriesExhausted(code, message)
            : PREFIX + neo4jError(code, message);
    return text.contains("Timeout") ? TIMEOUT : text;
  }

  static String retriesExhausted(String code, String message) {
    return PREFIX
        + "TransactionExecutionLimit: timeout (exceeded max retry time: 30s) after 6 attempts, last"
        + " error: "
        + neo4jError(code, message);
  }

  private static String neo4jError(String code, String message) {
    return "Neo4jError: " + code + " (" + message + ")";
  }
}
