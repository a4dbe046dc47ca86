package quickpage.index.render.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * The columns as bytes: four bytes of length (little-endian), a JSON object of that length, and the
 * numbers. Numbers stand in planes: first the lowest byte of each, then the next, and so on; that
 * compresses to some 60 % of what the same numbers take as JSON, and needs no parsing.
 */
final class ColumnFile {
  private final ByteArrayOutputStream text = new ByteArrayOutputStream(1 << 20);
  private final ByteArrayOutputStream numbers = new ByteArrayOutputStream(1 << 20);

  /** Where each plane ends in them. */
  private final List<Integer> planeEnds = new ArrayList<>();

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
      planeEnds.add(numbers.size());
    }
  }

  /**
   * Writes all of it as a zlib stream. The text and each plane are blocks of their own, because
   * what is frequent in one is not in the next.
   */
  void writeTo(OutputStream out) throws IOException {
    json.writeEndObject();
    json.close();
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try {
      DeflaterOutputStream zlib = new DeflaterOutputStream(out, deflater, 1 << 16, true);
      int length = text.size();
      for (int shift = 0; shift < 32; shift += 8) {
        zlib.write(length >>> shift);
      }
      text.writeTo(zlib);
      zlib.flush();
      // Short strings of numbers repeat by chance: to refer back to one takes more than it saves.
      deflater.setStrategy(Deflater.FILTERED);
      byte[] planes = numbers.toByteArray();
      int start = 0;
      for (int end : planeEnds) {
        zlib.write(planes, start, end - start);
        zlib.flush();
        start = end;
      }
      zlib.finish();
    } finally {
      deflater.end();
    }
  }
}
