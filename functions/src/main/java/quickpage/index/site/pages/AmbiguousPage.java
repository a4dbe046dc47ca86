package quickpage.index.site.pages;

/**
 * A page that may be one side of one type or the combined page of another, such as {@code X_L.html}
 * where both {@code X} and {@code X_L} are types.
 *
 * @param path relative to the site root
 * @param listed the type that the page counts as: the one whose side it shows
 * @param alternative the type that it would otherwise be the combined page of
 */
public record AmbiguousPage(String path, String listed, String alternative) {}
