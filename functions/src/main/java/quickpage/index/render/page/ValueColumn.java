package quickpage.index.render.page;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** A column of texts that repeat: each distinct text once, and a number for each type. */
final class ValueColumn {
  private final Dictionary dictionary = new Dictionary();
  private final IntColumn numbers = new IntColumn();

  void add(String value) {
    numbers.add(value == null || value.isEmpty() ? -1 : dictionary.number(value));
  }

  /** {@code {"values": sorted texts, "ids": for each type 0 for none, else 1 + place}}. */
  void write(JsonGenerator json, String field) throws IOException {
    int[] places = dictionary.places();
    json.writeObjectFieldStart(field);
    json.writeArrayFieldStart("values");
    for (String value : dictionary.sorted()) {
      json.writeString(value);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("ids");
    for (int row = 0; row < numbers.size(); row++) {
      int number = numbers.get(row);
      json.writeNumber(number < 0 ? 0 : places[number] + 1);
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
