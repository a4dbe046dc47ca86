package quickpage.index.sandbox.connectome;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Reads the Meta node's properties from a JSON object. */
final class MetaFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private MetaFile() {}

  /**
   * The whole file as text.
   *
   * @throws RefusedInputException naming the file
   */
  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw FileHash.unreadable(file, unreadable);
    }
  }

  /**
   * Objects become their JSON text, as the node stores them; lists must be of strings.
   *
   * @param file where the text is from, for messages
   * @throws RefusedInputException naming the file and the line or the property
   */
  static Map<String, Object> parse(Path file, String text) {
    try {
      JsonNode meta = JSON.readTree(text);
      if (!meta.isObject()) {
        throw new RefusedInputException(file + " does not hold a JSON object.");
      }
      Map<String, Object> properties = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> field : meta.properties()) {
        if (!field.getValue().isNull()) {
          properties.put(field.getKey(), value(file, field.getKey(), field.getValue()));
        }
      }
      requireJson(file, properties, "roiHierarchy");
      requireJson(file, properties, "roiInfo");
      return properties;
    } catch (JsonProcessingException malformed) {
      throw new RefusedInputException(
          file
              + (malformed.getLocation() == null
                  ? ""
                  : ", line " + malformed.getLocation().getLineNr())
              + ": "
              + malformed.getOriginalMessage()
              + ".",
          malformed);
    }
  }

  private static Object value(Path file, String name, JsonNode value) {
    if (value.isObject()) {
      return value.toString();
    }
    if (value.isArray()) {
      if (!StreamSupport.stream(value.spliterator(), false).allMatch(JsonNode::isTextual)) {
        throw new RefusedInputException(file + ": '" + name + "' must be a list of strings.");
      }
      return StreamSupport.stream(value.spliterator(), false)
          .map(JsonNode::textValue)
          .toArray(String[]::new);
    }
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return value.longValue();
    }
    if (value.isNumber()) {
      return value.doubleValue();
    }
    return value.isBoolean() ? (Object) value.booleanValue() : value.textValue();
  }

  private static void requireJson(Path file, Map<String, Object> properties, String name) {
    if (!properties.containsKey(name)) {
      return;
    }
    try {
      if (!(properties.get(name) instanceof String text) || !JSON.readTree(text).isObject()) {
        throw new RefusedInputException(
            file + ": '" + name + "' must be a JSON object, or one as a string.");
      }
    } catch (JsonProcessingException malformed) {
      throw new RefusedInputException(
          file + ": the string '" + name + "' is not JSON: " + malformed.getOriginalMessage() + ".",
          malformed);
    }
  }
}
