package quickpage.index.neuprint.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * When a token ends: NeuPrint's are JSON Web Tokens, whose payload says so in {@code exp}, in
 * seconds since 1970 (RFC 7519, section 4.1.4). Nothing is verified here: that is the server's.
 */
public final class TokenExpiry {

  private static final ObjectMapper JSON = new ObjectMapper();

  private TokenExpiry() {}

  /** The time from which the server refuses the token; empty if the token does not say. */
  public static Optional<Instant> of(String token) {
    List<String> parts = List.of(token.split("\\.", -1));
    if (parts.size() != 3) {
      return Optional.empty();
    }
    try {
      JsonNode exp = JSON.readTree(Base64.getUrlDecoder().decode(parts.get(1))).path("exp");
      return exp.isNumber() && exp.canConvertToLong()
          ? Optional.of(Instant.ofEpochSecond(exp.longValue()))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException | java.time.DateTimeException e) {
      // Some other kind of token; its text is in these exceptions, so they go no further.
      return Optional.empty();
    }
  }

  /** Whole days that are left; negative once the token has ended. */
  public static Optional<Long> daysLeft(String token, Instant now) {
    return of(token).map(end -> Math.floorDiv(Duration.between(now, end).toSeconds(), 86_400L));
  }
}
