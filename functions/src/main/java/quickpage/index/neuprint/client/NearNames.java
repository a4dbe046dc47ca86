package quickpage.index.neuprint.client;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The names that a misspelled one may stand for. Its twenty lines of edit distance weigh less in a
 * Lambda than a library of text algorithms.
 */
public final class NearNames {
  private static final int MOST = 3;

  private NearNames() {}

  /**
   * Up to three names: first those that differ in case alone, then those with the same beginning up
   * to {@code :} (another version of the dataset), then by edit distance up to half the length.
   */
  static List<String> of(String wrong, Collection<String> names) {
    String sought = wrong.toLowerCase(Locale.ROOT);
    record Near(String name, int distance) {}
    return names.stream()
        .map(name -> new Near(name, distance(sought, name.toLowerCase(Locale.ROOT))))
        .map(
            near ->
                near.distance() > 0 && family(sought).equals(family(near.name()))
                    ? new Near(near.name(), 1)
                    : near)
        .filter(near -> near.distance() <= Math.max(2, wrong.length() / 2))
        .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
        .limit(MOST)
        .map(Near::name)
        .toList();
  }

  private static String family(String name) {
    return name.toLowerCase(Locale.ROOT).replaceFirst(":.*", "");
  }

  /** Levenshtein's: insertions, deletions and replacements of one character. */
  static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
