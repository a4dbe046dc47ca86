package quickpage.index.model;

import java.util.regex.Pattern;

/**
 * A property of neurons that a run reads beside the usual ones (option {@code facets}): a key of
 * {@code otherClasses} in the index, and a filter of the page.
 *
 * @param property as the dataset names it
 * @param label the filter's heading
 */
public record Facet(String property, String label) {

  /** What Cypher takes as a name without quotes, in ASCII: the name goes into a query. */
  private static final Pattern PROPERTY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

  /** Whether a text looks like the name of a property. */
  public static boolean isProperty(String text) {
    return PROPERTY.matcher(text).matches();
  }
}
