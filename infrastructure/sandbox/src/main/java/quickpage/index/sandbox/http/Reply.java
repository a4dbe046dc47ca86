package quickpage.index.sandbox.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An answer, complete but not yet sent.
 *
 * @param pieces of the body, one after the other: an answer of 300 MB is not copied into one array
 */
record Reply(int status, Map<String, String> headers, List<byte[]> pieces) {
  private static final String JSON = "application/json";

  static Reply json(int status, Object value) {
    return new Reply(status, Map.of("Content-Type", JSON), List.of(GoJson.bytes(value)));
  }

  static Reply json(List<byte[]> pieces) {
    return new Reply(200, Map.of("Content-Type", JSON), pieces);
  }

  /** What the web server itself says: 401, 403, 404, 500, 502. */
  static Reply message(int status, String message) {
    return json(status, Map.of("message", message));
  }

  /** What a query that failed is answered with. */
  static Reply error(String error) {
    return json(400, Map.of("error", error));
  }

  long length() {
    return pieces.stream().mapToLong(piece -> piece.length).sum();
  }

  Reply with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Reply(status, Map.copyOf(more), pieces);
  }
}
