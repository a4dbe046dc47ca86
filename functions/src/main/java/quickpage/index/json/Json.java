package quickpage.index.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;

/**
 * The one mapper for what stages hand each other. Unknown keys are passed over, because versions
 * may mix during a gradual deployment; what does not fit is found by its format version.
 */
public final class Json {

  public static final ObjectMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private Json() {}

  /**
   * The bytes of a record; records always can be written. An unpaired surrogate becomes a question
   * mark, where Jackson's own byte writer would fail.
   */
  public static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsString(value).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + value.getClass().getSimpleName(), e);
    }
  }

  /** A record from a tree, or an exception that says which field does not fit. */
  public static <T> T convert(JsonNode tree, Class<T> type) {
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "not a %s: %s".formatted(type.getSimpleName(), e.getOriginalMessage()), e);
    }
  }

  /**
   * Whether a file that could not be read is not what it should be, so that reading it again is of
   * no use. One that only ends too early may have been torn on its way.
   */
  public static boolean isDamage(Exception failure) {
    return failure instanceof IllegalArgumentException
        || (failure instanceof JsonProcessingException && !(failure instanceof JsonEOFException));
  }
}
