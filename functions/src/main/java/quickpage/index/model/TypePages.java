package quickpage.index.model;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The pages of one type: raw paths relative to the site root ({@code types/LC10a_L.html}), null
 * where there is none. Percent-encoding happens where a path becomes an href.
 */
public record TypePages(String combined, String left, String right, String middle) {

  /** The existing pages: combined, left, right, middle. */
  public List<String> all() {
    return Stream.of(combined, left, right, middle).filter(Objects::nonNull).toList();
  }
}
