package quickpage.index.site.pages;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import quickpage.index.io.ContentChecksum;

/**
 * The HTML files of a site's page folder, as they were listed.
 *
 * @param fileNames those that may be pages of a type, without the folder
 * @param skipped those that are not: overview pages, and what the index run itself publishes
 */
public record PageListing(PageLayout layout, List<String> fileNames, List<String> skipped) {

  private static final Set<String> OVERVIEW = Set.of("index", "main");
  private static final Set<String> OVERVIEW_IN_ROOT = Set.of("index", "main", "types", "help");

  public PageListing {
    fileNames = List.copyOf(fileNames);
    skipped = List.copyOf(skipped);
  }

  /**
   * Finds the layout and what may be pages.
   *
   * @param paths of files, relative to the site root
   * @param publishedNames names of files in the root that the index run publishes
   */
  public static PageListing of(Collection<String> paths, Set<String> publishedNames) {
    PageLayout layout = PageLayout.detect(paths);
    Set<String> html = new LinkedHashSet<>(layout.htmlFiles(paths));
    List<String> candidates = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    for (String fileName : html) {
      boolean published = layout == PageLayout.QUICKPAGE && publishedNames.contains(fileName);
      (published || isOverview(layout, fileName) ? skipped : candidates).add(fileName);
    }
    return new PageListing(layout, candidates, skipped);
  }

  /**
   * Whether a change of one file may change a listing, whatever layout the site has.
   *
   * @param path relative to the site root
   * @param publishedPaths of files that the index run publishes
   */
  public static boolean mayList(String path, Set<String> publishedPaths) {
    PageLayout layout = PageLayout.detect(List.of(path));
    return layout.htmlFiles(List.of(path)).stream()
        .anyMatch(name -> !publishedPaths.contains(path) && !isOverview(layout, name));
  }

  /** The same for two listings of the same pages, and for no others. */
  public String checksum() {
    List<String> sorted = fileNames.stream().sorted().toList();
    String text = layout.name() + "\n" + String.join("\n", sorted);
    return ContentChecksum.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isOverview(PageLayout layout, String fileName) {
    String base = PageName.parse(fileName).base().toLowerCase(Locale.ROOT);
    return (layout == PageLayout.QUICKPAGE ? OVERVIEW_IN_ROOT : OVERVIEW).contains(base);
  }
}
