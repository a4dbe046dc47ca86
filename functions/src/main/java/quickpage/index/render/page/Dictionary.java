package quickpage.index.render.page;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import quickpage.index.text.CodePointOrder;

/** The distinct values of a column, numbered as they come and written sorted by code point. */
final class Dictionary {
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> values = new ArrayList<>();

  int number(String value) {
    Integer known = numbers.putIfAbsent(value, values.size());
    if (known != null) {
      return known;
    }
    values.add(value);
    return values.size() - 1;
  }

  List<String> sorted() {
    List<String> sorted = new ArrayList<>(values);
    sorted.sort(CodePointOrder.BY_CODE_POINT);
    return sorted;
  }

  /** For each number given out, the place of its value in {@link #sorted}. */
  int[] places() {
    Map<String, Integer> place = new HashMap<>();
    for (String value : sorted()) {
      place.put(value, place.size());
    }
    int[] places = new int[values.size()];
    for (int number = 0; number < places.length; number++) {
      places[number] = place.get(values.get(number));
    }
    return places;
  }

  /** Numbers given out, each replaced by the place of its value; -1 stays. */
  IntColumn inPlace(IntColumn numbers) {
    int[] places = places();
    IntColumn replaced = new IntColumn();
    for (int i = 0; i < numbers.size(); i++) {
      int number = numbers.get(i);
      replaced.add(number < 0 ? -1 : places[number]);
    }
    return replaced;
  }
}
