package quickpage.index.render.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A column of lists of texts that hardly repeat and that many types do not have. A type's own name,
 * which is often in its list, is written as the empty text.
 */
final class TextColumn {
  private final IntColumn lengths = new IntColumn();
  private final List<String> texts = new ArrayList<>();

  void add(String typeName, List<String> values) {
    lengths.add(values.size());
    for (String value : values) {
      texts.add(Objects.equals(value, typeName) ? "" : value);
    }
  }

  void add(String typeName, String value) {
    add(typeName, value == null || value.isEmpty() ? List.of() : List.of(value));
  }

  /** {@code {"texts": one after the other, "lengths": how many of them each type has}}. */
  void write(ColumnFile file, String field) throws IOException {
    file.beginObject(field);
    writeFields(file);
    file.endObject();
  }

  /** The same within an object that is begun. */
  void writeFields(ColumnFile file) throws IOException {
    file.texts("texts", texts);
    file.numbers("lengths", lengths);
  }

  /** Whether no type has a text. */
  boolean isEmpty() {
    return texts.isEmpty();
  }
}
