package quickpage.index.site.pages;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import quickpage.index.model.TypePages;
import quickpage.index.text.CodePointOrder;

/**
 * Finds the type of each page (docs/index-semantics.md, "Pages and types"). A page's file name
 * cannot be turned back into a type's name, so every type of the dataset is turned into its file
 * name and looked up.
 */
public final class PageDirectory {

  private final PageLayout layout;
  private final Map<String, Long> census;
  private final boolean asked;
  private final Map<String, TypesOfOneFileName> byFileName;
  private final Map<String, EnumMap<PageSide, String>> pagesByName = new HashMap<>();
  private final Set<String> knownNames = new HashSet<>();
  private final List<String> unmatched = new ArrayList<>();
  private final List<AmbiguousPage> ambiguous = new ArrayList<>();
  private final List<String> ignored = new ArrayList<>();
  private final IgnoredPages ignoring;

  private PageDirectory(PageLayout layout, Map<String, Long> census, IgnoredPages ignoring) {
    this.layout = layout;
    this.ignoring = ignoring;
    this.asked = census != null;
    this.census = asked ? census : Map.of();
    this.byFileName = byFileName(this.census.keySet());
  }

  /**
   * Puts every page in its place.
   *
   * @param fileNames of the pages, without their folder, each ending in {@code .html}; a name that
   *     comes twice counts once
   * @param census how many neurons each type of the dataset has; null if the dataset was not asked:
   *     then the file names alone name the types
   * @param ignoring what is passed over where it is no page of a type of the dataset
   */
  public static ResolvedPages resolve(
      PageLayout layout,
      Collection<String> fileNames,
      Map<String, Long> census,
      IgnoredPages ignoring) {
    PageDirectory directory = new PageDirectory(layout, census, ignoring);
    new LinkedHashSet<>(fileNames).forEach(directory::place);
    return directory.resolved();
  }

  private void place(String fileName) {
    String path = layout.folder() + fileName;
    PageName page = PageName.parse(fileName);
    TypesOfOneFileName whole = byFileName.get(page.stem());
    TypesOfOneFileName base = page.side() == PageSide.COMBINED ? null : byFileName.get(page.base());
    if (base != null) {
      list(base.listed(), page.side(), path);
      knownNames.add(base.listed());
      if (whole != null) {
        ambiguous.add(new AmbiguousPage(path, base.listed(), whole.listed()));
      }
    } else if (whole != null) {
      list(whole.listed(), PageSide.COMBINED, path);
      knownNames.add(whole.listed());
    } else if (ignoring.contain(fileName)) {
      ignored.add(path);
    } else if (page.accepted()) {
      list(page.base(), page.side(), path);
    } else {
      unmatched.add(path);
    }
  }

  private void list(String name, PageSide side, String path) {
    String other =
        pagesByName
            .computeIfAbsent(name, n -> new EnumMap<>(PageSide.class))
            .putIfAbsent(side, path);
    if (other != null) {
      throw new IllegalStateException(
          "%s and %s both are the %s page of %s".formatted(other, path, side, name));
    }
  }

  private ResolvedPages resolved() {
    List<PlannedType> types = new ArrayList<>();
    sorted(pagesByName.keySet()).forEach(name -> types.add(planned(name, pagesByName.get(name))));
    List<NameCollision> collisions = new ArrayList<>();
    List<String> withoutPage = new ArrayList<>();
    for (TypesOfOneFileName shared : byFileName.values()) {
      if (!knownNames.contains(shared.listed())) {
        withoutPage.addAll(shared.types());
      } else if (shared.types().size() > 1) {
        collisions.add(shared.collision());
      }
    }
    withoutPage.sort(CodePointOrder.BY_CODE_POINT);
    unmatched.sort(CodePointOrder.BY_CODE_POINT);
    ignored.sort(CodePointOrder.BY_CODE_POINT);
    ambiguous.sort(Comparator.comparing(AmbiguousPage::path, CodePointOrder.BY_CODE_POINT));
    collisions.sort(Comparator.comparing(NameCollision::fileName, CodePointOrder.BY_CODE_POINT));
    return new ResolvedPages(types, unmatched, ignored, collisions, ambiguous, withoutPage);
  }

  private PlannedType planned(String name, EnumMap<PageSide, String> pages) {
    TypePages typePages =
        new TypePages(
            pages.get(PageSide.COMBINED),
            pages.get(PageSide.LEFT),
            pages.get(PageSide.RIGHT),
            pages.get(PageSide.MIDDLE));
    if (knownNames.contains(name)) {
      return new PlannedType(name, PlannedType.Match.KNOWN, census.get(name), typePages);
    }
    PlannedType.Match match = asked ? PlannedType.Match.NO_NEURONS : PlannedType.Match.NOT_ASKED;
    return new PlannedType(name, match, null, typePages);
  }

  private static Map<String, TypesOfOneFileName> byFileName(Collection<String> types) {
    Map<String, List<String>> grouped = new HashMap<>();
    types.forEach(
        type -> grouped.computeIfAbsent(TypeFileName.of(type), n -> new ArrayList<>()).add(type));
    Map<String, TypesOfOneFileName> byFileName = new HashMap<>();
    grouped.forEach((name, same) -> byFileName.put(name, TypesOfOneFileName.of(name, same)));
    return byFileName;
  }

  private static List<String> sorted(Collection<String> names) {
    return names.stream().sorted(CodePointOrder.BY_CODE_POINT).toList();
  }

  /** The types that a file name may stand for, sorted, and the one that it does stand for. */
  private record TypesOfOneFileName(String fileName, String listed, List<String> types) {

    static TypesOfOneFileName of(String fileName, List<String> types) {
      List<String> sorted = PageDirectory.sorted(types);
      String listed = sorted.contains(fileName) ? fileName : sorted.get(0);
      return new TypesOfOneFileName(fileName, listed, sorted);
    }

    NameCollision collision() {
      return new NameCollision(
          fileName, listed, types.stream().filter(type -> !type.equals(listed)).toList());
    }
  }
}
