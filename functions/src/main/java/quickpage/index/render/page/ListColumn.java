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
      numbers.add(0);
      return;
    }
    List<Integer> list = values.stream().map(dictionary::number).toList();
    Integer number = known.get(list);
    if (number == null) {
      lists.add(list);
      number = lists.size();
      known.put(list, number);
    }
    numbers.add(number);
  }

  /**
   * {@code {"values": sorted texts, "lists": lists of places in values, "ids": for each type 0 for
   * the empty list, else 1 + place in lists}}.
   */
  void write(JsonGenerator json, String field) throws IOException {
    int[] places = dictionary.places();
    json.writeObjectFieldStart(field);
    json.writeArrayFieldStart("values");
    for (String value : dictionary.sorted()) {
      json.writeString(value);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("lists");
    for (List<Integer> list : lists) {
      json.writeStartArray();
      for (int number : list) {
        json.writeNumber(places[number]);
      }
      json.writeEndArray();
    }
    json.writeEndArray();
    numbers.write(json, "ids");
    json.writeEndObject();
  }
}
