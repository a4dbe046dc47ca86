package quickpage.index.sandbox.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks the Authorization header. Prints nothing about the token. */
final class Token {
  /** RFC 6750's form of a bearer token; the scheme in any case. */
  private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/-]+=*) *");

  private final Optional<byte[]> expected;

  /**
   * Checks against one token.
   *
   * @param expected if empty, any well-formed bearer token will do
   */
  Token(Optional<String> expected) {
    this.expected = expected.map(token -> token.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What to answer to a request with this header (null if it has none), if not what it asks for.
   */
  Optional<Reply> refusal(String header) {
    Matcher bearer = BEARER.matcher(header == null ? "" : header);
    if (!bearer.matches()) {
      return Optional.of(Reply.message(401, ServerTexts.NO_TOKEN));
    }
    byte[] given = bearer.group(1).getBytes(StandardCharsets.UTF_8);
    boolean right = expected.isEmpty() || MessageDigest.isEqual(expected.get(), given);
    return right ? Optional.empty() : Optional.of(Reply.message(401, ServerTexts.BAD_TOKEN));
  }

  @Override
  public String toString() {
    return expected.isPresent() ? "Token[required]" : "Token[any]";
  }
}
