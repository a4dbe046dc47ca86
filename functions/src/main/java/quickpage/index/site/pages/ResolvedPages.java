package quickpage.index.site.pages;

import java.util.List;

/**
 * Every page in its place: it belongs to exactly one type, is unmatched or ignored. Every type of
 * the dataset likewise: it is listed, stands back in a collision, or has no page. All lists are
 * sorted by code point.
 *
 * @param types the entries of the index
 * @param unmatchedPages paths relative to the site root that belong to no type and whose names are
 *     none that a page would have
 * @param ignoredPages paths of files that are passed over for their names, see {@link IgnoredPages}
 * @param collisions types that share a file name and have a page
 * @param ambiguousPages pages that two types could claim
 * @param typesWithoutPage types of the dataset that are not in the index for want of a page
 */
public record ResolvedPages(
    List<PlannedType> types,
    List<String> unmatchedPages,
    List<String> ignoredPages,
    List<NameCollision> collisions,
    List<AmbiguousPage> ambiguousPages,
    List<String> typesWithoutPage) {

  public ResolvedPages {
    types = List.copyOf(types);
    unmatchedPages = List.copyOf(unmatchedPages);
    ignoredPages = List.copyOf(ignoredPages);
    collisions = List.copyOf(collisions);
    ambiguousPages = List.copyOf(ambiguousPages);
    typesWithoutPage = List.copyOf(typesWithoutPage);
  }
}
