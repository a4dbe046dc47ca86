package quickpage.index.site.pages;

import java.util.Objects;
import quickpage.index.model.TypePages;

/**
 * One entry that the index will have.
 *
 * @param name the dataset's name of the type, or the one that its pages' file names give
 * @param neurons how many the dataset has of it; null unless it is {@link Match#KNOWN}
 */
public record PlannedType(String name, Match match, Long neurons, TypePages pages) {

  /** What the dataset says of a type that has pages. */
  public enum Match {
    /** It has neurons of this type. */
    KNOWN,
    /** It has none. */
    NO_NEURONS,
    /** It was not asked. */
    NOT_ASKED
  }

  public PlannedType {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(pages, "pages");
    if ((match == Match.KNOWN) == (neurons == null)) {
      throw new IllegalArgumentException(
          "%s: %s and its number of neurons is %s".formatted(name, match, neurons));
    }
  }
}
