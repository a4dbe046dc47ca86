package quickpage.index.render.page;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Arrays;

/** A growing column of whole numbers; four bytes a value. */
final class IntColumn {
  private int[] values = new int[1024];
  private int size;

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  /** Adds a count; -1 stands for one that nobody knows. */
  void addCount(Long count) {
    add(count == null ? -1 : (int) Math.min(count, Integer.MAX_VALUE));
  }

  int size() {
    return size;
  }

  int get(int index) {
    return values[index];
  }

  void write(JsonGenerator json, String field) throws IOException {
    json.writeFieldName(field);
    json.writeArray(values, 0, size);
  }
}
