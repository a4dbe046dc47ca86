package quickpage.index.neuprint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a query's answer, {@code {"columns": […], "data": [[…], …], "debug": "…"}}: one at a
 * time, so that an answer of many megabytes takes the memory of a row.
 */
final class Rows {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Rows() {}

  /** Takes one row, an array. */
  @FunctionalInterface
  interface Row {
    void take(JsonNode values) throws IOException;
  }

  static void read(InputStream body, Row row) throws IOException {
    try (JsonParser parser = JSON.getFactory().createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new Unreadable("no JSON object");
      }
      boolean read = false;
      String error = null;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("data")) {
          readRows(parser, value, row);
          read = true;
        } else if (name.equals("error") && value == JsonToken.VALUE_STRING) {
          error = parser.getText();
        } else {
          parser.skipChildren();
        }
      }
      if (error != null) {
        throw new ErrorAnswer(error);
      }
      // Reading on to the end of the body frees the connection, and finds bodies that break off.
      if (!read || parser.nextToken() != null) {
        throw new Unreadable("no rows, or more than rows");
      }
    }
  }

  static List<JsonNode> all(InputStream body) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    read(body, rows::add);
    return rows;
  }

  private static void readRows(JsonParser parser, JsonToken start, Row row) throws IOException {
    if (start == JsonToken.VALUE_NULL) {
      return; // how Go writes a list that was never made
    }
    if (start != JsonToken.START_ARRAY) {
      throw new Unreadable("data is not a list");
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      JsonNode values = JSON.readTree(parser);
      if (values == null || !values.isArray()) {
        throw new Unreadable("a row is not a list");
      }
      row.take(values);
    }
  }
}
