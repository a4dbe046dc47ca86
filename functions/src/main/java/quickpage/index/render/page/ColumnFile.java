package quickpage.index.render.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * The columns as bytes: four bytes of length (little-endian), a JSON object of that length, and the
 * numbers. Numbers stand in planes: first the lowest byte of each, then the next, and so on; that
 * compresses to some 60 % of what the same numbers take as JSON, and needs no parsing.
 */
final class ColumnFile {
  private final ByteArrayOutputStream text = new ByteArrayOutputStream(1 << 20);
  private final ByteArrayOutputStream numbers = new ByteArrayOutputStream(1 << 20);
  private final JsonGenerator json;

  ColumnFile() throws IOException {
    json = new JsonFactory().createGenerator(text);
    json.writeStartObject();
  }

  /** For what is neither a list of texts nor of numbers. */
  JsonGenerator json() {
    return json;
  }

  void beginObject(String field) throws IOException {
    json.writeObjectFieldStart(field);
  }

  void endObject() throws IOException {
    json.writeEndObject();
  }

  void texts(String field, List<String> texts) throws IOException {
    json.writeArrayFieldStart(field);
    for (String value : texts) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  /**
   * Writes {@code field: {"at": first byte among the numbers, "count", "planes"}}. What is stored
   * is each number plus one, so that -1 is zero.
   */
  void numbers(String field, IntColumn column) throws IOException {
    int largest = 0;
    for (int i = 0; i < column.size(); i++) {
      largest = Math.max(largest, column.get(i) + 1);
    }
    int planes = (32 - Integer.numberOfLeadingZeros(largest) + 7) / 8;
    json.writeObjectFieldStart(field);
    json.writeNumberField("at", numbers.size());
    json.writeNumberField("count", column.size());
    json.writeNumberField("planes", planes);
    json.writeEndObject();
    for (int plane = 0; plane < planes; plane++) {
      for (int i = 0; i < column.size(); i++) {
        numbers.write((column.get(i) + 1) >>> (8 * plane));
      }
    }
  }

  void writeTo(OutputStream out) throws IOException {
    json.writeEndObject();
    json.close();
    int length = text.size();
    for (int shift = 0; shift < 32; shift += 8) {
      out.write(length >>> shift);
    }
    text.writeTo(out);
    numbers.writeTo(out);
  }
}
