package quickpage.index.neuprint.token;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import quickpage.index.error.RefusedException;
import quickpage.index.json.Json;

/**
 * The two forms in which NeuPrint's users keep their token: bare, also in quotes, or as the JSON
 * document of NeuPrint's web page, {@code {"token": "…", …}}. No message of this class quotes what
 * it read.
 */
public final class BearerToken {
  private BearerToken() {}

  /**
   * The bare token in a text of either form.
   *
   * @param origin where the text came from, for the sentence of a refusal
   * @throws RefusedException if there is no token in it
   */
  public static String read(String text, String origin) {
    String token = withoutQuotes(text.strip());
    if (token.startsWith("{")) {
      token = member(token, origin).strip();
    }
    if (token.isEmpty()) {
      throw new RefusedException(
          "There is no NeuPrint token in %s: it is empty.".formatted(origin));
    }
    if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new RefusedException(
          "What is in %s cannot be a NeuPrint token: it has spaces, line breaks or characters that a token never has."
              .formatted(origin));
    }
    return token;
  }

  /** As they stand around a value in a file of settings. */
  private static String withoutQuotes(String text) {
    boolean quoted =
        text.length() > 1
            && (text.startsWith("\"") || text.startsWith("'"))
            && text.charAt(text.length() - 1) == text.charAt(0);
    return quoted ? text.substring(1, text.length() - 1).strip() : text;
  }

  private static String member(String document, String origin) {
    JsonNode token;
    try {
      token = Json.MAPPER.readTree(document).path("token");
    } catch (JsonProcessingException e) {
      // Not passed on as the cause: its message quotes the document.
      token = null;
    }
    if (token == null || !token.isTextual()) {
      throw new RefusedException(
          "What is in %s looks like NeuPrint's JSON document, but has no readable \"token\" in it: copy it again."
              .formatted(origin));
    }
    return token.textValue();
  }
}
