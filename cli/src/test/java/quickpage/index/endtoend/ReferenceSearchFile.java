package quickpage.index.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** {@code data/neurons.json} as it has to be for an index. */
final class ReferenceSearchFile {
  /**
   * RFC 3986's pchar, without the colon that could make a scheme, and the plus that S3 reads as a
   * space.
   */
  private static final String ALLOWED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*,;=@";

  private static final ObjectMapper JSON = new ObjectMapper();

  private ReferenceSearchFile() {}

  static JsonNode of(JsonNode index) {
    ObjectNode file = JSON.createObjectNode();
    ArrayNode names = file.putArray("names");
    ArrayNode neurons = file.putArray("neurons");
    for (JsonNode type : index.get("types")) {
      names.add(type.get("name"));
      ObjectNode neuron = neurons.addObject();
      neuron.set("name", type.get("name"));
      ObjectNode urls = neuron.putObject("urls");
      type.get("pages")
          .properties()
          .forEach(
              page -> {
                if (page.getValue().isTextual()) {
                  urls.put(page.getKey(), url(page.getValue().textValue()));
                }
              });
      otherNames(neuron, type);
    }
    String time = index.get("generatedAt").asText();
    ObjectNode metadata = file.putObject("metadata");
    metadata.put("generated", time.substring(0, 10) + " " + time.substring(11, 19));
    metadata.put("total_types", index.get("types").size()).put("version", "2.0");
    return ReferenceIndex.reread(file);
  }

  private static void otherNames(ObjectNode neuron, JsonNode type) {
    ArrayNode flywire = JSON.createArrayNode();
    for (JsonNode value : type.get("flywireTypes")) {
      for (String part : value.asText().split(",", -1)) {
        flywire.add(part.strip());
      }
    }
    ArrayNode synonyms = JSON.createArrayNode();
    if (type.get("synonyms").isTextual()) {
      for (String part : type.get("synonyms").asText().split(";", -1)) {
        if (!part.isBlank()) {
          synonyms.add(part.strip());
        }
      }
    }
    if (!flywire.isEmpty()) {
      neuron.withObject("/types").set("flywire", flywire);
    }
    if (!synonyms.isEmpty()) {
      neuron.withObject("/types").set("synonyms", synonyms);
    }
  }

  /** A path without its folder, percent-encoded byte by byte. */
  static String url(String path) {
    StringBuilder url = new StringBuilder();
    for (byte b : path.replaceFirst("^types/", "").getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      url.append(ALLOWED.indexOf(c) >= 0 ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return url.toString();
  }
}
