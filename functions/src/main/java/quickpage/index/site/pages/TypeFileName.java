package quickpage.index.site.pages;

/** How the programs that write pages name them after a type. */
public final class TypeFileName {

  private TypeFileName() {}

  /**
   * The type's name with {@code _} for each slash and space, as it stands in file names before the
   * side and {@code .html}. It cannot be turned back: {@code DNp16/17} and {@code DNp16_17} give
   * the same.
   */
  public static String of(String type) {
    return type.replace('/', '_').replace(' ', '_');
  }
}
