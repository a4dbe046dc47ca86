package quickpage.index.render.page;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A column of lists of texts; most types share their list with many others, so each is kept once.
 */
final class ListColumn {
  private final Dictionary dictionary = new Dictionary();
  private final Map<List<Integer>, Integer> known = new HashMap<>();
  private final List<List<Integer>> lists = new ArrayList<>();
  private final IntColumn numbers = new IntColumn();

  void add(List<String> values) {
    if (values.isEmpty()) {
      numbers.add(-1);
      return;
    }
    List<Integer> list = values.stream().map(dictionary::number).toList();
    Integer number = known.get(list);
    if (number == null) {
      number = lists.size();
      lists.add(list);
      known.put(list, number);
    }
    numbers.add(number);
  }

  /**
   * {@code {"values": sorted texts, "lists": lists of places in values, "ids": for each type its
   * place in lists, -1 for the empty list}}.
   */
  void write(ColumnFile file, String field) throws IOException {
    file.beginObject(field);
    writeFields(file);
    file.endObject();
  }

  /** Whether no type has a value. */
  boolean isEmpty() {
    return lists.isEmpty();
  }

  /** The same within an object that is begun. */
  void writeFields(ColumnFile file) throws IOException {
    int[] places = dictionary.places();
    file.texts("values", dictionary.sorted());
    JsonGenerator json = file.json();
    json.writeArrayFieldStart("lists");
    for (List<Integer> list : lists) {
      json.writeStartArray();
      for (int number : list) {
        json.writeNumber(places[number]);
      }
      json.writeEndArray();
    }
    json.writeEndArray();
    file.numbers("ids", numbers);
  }
}
