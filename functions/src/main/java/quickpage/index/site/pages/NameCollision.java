package quickpage.index.site.pages;

import java.util.List;

/**
 * Several types whose pages have the same file name.
 *
 * @param fileName what stands before the side and {@code .html}
 * @param listed the type that the pages count as: the one called exactly so, otherwise the first
 * @param others the types that are therefore not listed, sorted by code point
 */
public record NameCollision(String fileName, String listed, List<String> others) {

  public NameCollision {
    others = List.copyOf(others);
  }
}
