package quickpage.index.render.page;

import java.io.IOException;

/** A column of texts that repeat: each distinct text once, and a number for each type. */
final class ValueColumn {
  private final Dictionary dictionary = new Dictionary();
  private final IntColumn numbers = new IntColumn();

  void add(String value) {
    numbers.add(value == null || value.isEmpty() ? -1 : dictionary.number(value));
  }

  /** {@code {"values": sorted texts, "ids": for each type its place in values, -1 for none}}. */
  void write(ColumnFile file, String field) throws IOException {
    file.beginObject(field);
    file.texts("values", dictionary.sorted());
    file.numbers("ids", dictionary.inPlace(numbers));
    file.endObject();
  }
}
