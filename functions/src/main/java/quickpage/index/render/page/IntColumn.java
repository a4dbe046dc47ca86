package quickpage.index.render.page;

import java.util.Arrays;

/** A growing column of whole numbers from -1 up; four bytes a value. */
final class IntColumn {
  private int[] values = new int[1024];
  private int size;

  void add(int value) {
    if (value < -1) {
      throw new IllegalArgumentException("a column holds numbers from -1 up, not " + value);
    }
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  /**
   * Adds a count; -1 stands for one that nobody knows, and for a sum that a database's broken
   * values have brought below 0.
   */
  void addCount(Long count) {
    add(count == null || count < 0 ? -1 : (int) Math.min(count, Integer.MAX_VALUE - 1));
  }

  int size() {
    return size;
  }

  int get(int index) {
    return values[index];
  }
}
