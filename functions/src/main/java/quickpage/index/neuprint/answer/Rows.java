package quickpage.index.neuprint.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import quickpage.index.neuprint.failure.ErrorAnswerException;
import quickpage.index.neuprint.failure.IncompleteAnswerException;
import quickpage.index.neuprint.http.AnswerLimits;

/**
 * The rows of a query's answer, {@code {"columns": […], "data": [[…], …], "debug": "…"}}: one at a
 * time, so that an answer of many megabytes takes the memory of a row.
 */
public final class Rows {
  private static final JsonFactory JSON = AnswerLimits.json();
  private static final ObjectMapper TREES = new ObjectMapper(JSON);

  private Rows() {}

  /** Takes one row, an array. */
  @FunctionalInterface
  public interface Row {
    void take(JsonNode values) throws IOException;
  }

  public static void read(InputStream body, Row row) throws IOException {
    try (JsonParser parser = JSON.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IncompleteAnswerException("it is no JSON object");
      }
      boolean read = false;
      String error = null;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("data")) {
          if (read) {
            throw new IncompleteAnswerException("it has rows twice");
          }
          readRows(parser, value, row);
          read = true;
        } else if (name.equals("error") && value == JsonToken.VALUE_STRING) {
          error = parser.getText();
        } else {
          parser.skipChildren();
        }
      }
      if (error != null) {
        throw new ErrorAnswerException(error);
      }
      // Reading on to the end of the body frees the connection, and finds bodies that break off.
      if (!read || parser.nextToken() != null) {
        throw new IncompleteAnswerException("it has no rows, or more than rows");
      }
    }
  }

  /** A whole answer that is no table; null if it is empty. */
  static JsonNode tree(InputStream body) throws IOException {
    try (JsonParser parser = JSON.createParser(body)) {
      JsonNode tree = TREES.readTree(new BoundedRow(parser));
      if (parser.nextToken() != null) {
        throw new IncompleteAnswerException("it has more than one value");
      }
      return tree;
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
      throw new IncompleteAnswerException("its rows are no list");
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      JsonNode values = TREES.readTree(new BoundedRow(parser));
      if (values == null || !values.isArray()) {
        throw new IncompleteAnswerException("a row is no list");
      }
      row.take(values);
    }
  }

  /** A row is kept as a tree, which takes far more memory than its bytes. */
  private static final class BoundedRow extends JsonParserDelegate {
    private int values;

    BoundedRow(JsonParser parser) {
      super(parser);
    }

    @Override
    public JsonToken nextToken() throws IOException {
      if (++values > AnswerLimits.VALUES_OF_A_ROW) {
        throw new IncompleteAnswerException("a row has more values than one may have");
      }
      return super.nextToken();
    }
  }
}
