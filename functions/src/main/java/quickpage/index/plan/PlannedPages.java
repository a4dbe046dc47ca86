package quickpage.index.plan;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import quickpage.index.error.RefusedException;
import quickpage.index.model.run.Settings;
import quickpage.index.site.pages.IgnoredPages;
import quickpage.index.site.pages.PageDirectory;
import quickpage.index.site.pages.PageLayout;
import quickpage.index.site.pages.PageListing;
import quickpage.index.site.pages.PlannedType.Match;
import quickpage.index.site.pages.ResolvedPages;
import quickpage.index.site.run.RunPlan;
import quickpage.index.text.CodePointOrder;

/** The pages of a site and the types that they are of; pages that no run can use are refused. */
record PlannedPages(ResolvedPages resolved) {

  /**
   * Resolves the pages.
   *
   * @param address of the site, for sentences
   * @throws RefusedException if there is no page, none of a type of the dataset, or the index would
   *     lie where a type's page belongs
   */
  static PlannedPages of(
      Settings settings, String address, PageListing pages, PlannedDataset dataset) {
    if (pages.fileNames().isEmpty()) {
      throw new RefusedException(
          "There are no pages in %s: neither types/*.html nor *.html directly in it."
              .formatted(address));
    }
    PlannedPages planned =
        new PlannedPages(
            PageDirectory.resolve(
                pages.layout(),
                pages.fileNames(),
                dataset.neurons(),
                IgnoredPages.of(settings.options().ignorePages())));
    if (settings.options().roiAnalysis() && planned.known() == 0) {
      throw new RefusedException(
          "Not one of the %d pages in %s is of a type of %s (the first is %s): is it the right dataset?"
              .formatted(
                  pages.fileNames().size(),
                  address,
                  settings.dataset(),
                  Collections.min(pages.fileNames(), CodePointOrder.BY_CODE_POINT)));
    }
    refuseTypePageAsIndex(settings, pages.layout(), dataset.neurons());
    return planned;
  }

  /** An index page under the name of a type's page would be in the way of one that comes later. */
  private static void refuseTypePageAsIndex(
      Settings settings, PageLayout layout, Map<String, Long> census) {
    String indexFile = settings.options().indexFile();
    if (layout == PageLayout.QUICKPAGE
        && indexFile != null
        && census != null
        && count(
                PageDirectory.resolve(
                    layout, List.of(indexFile), census, IgnoredPages.of(List.of())),
                Match.KNOWN)
            > 0) {
      throw new RefusedException(
          "options.indexFile %s is the name of a type's page; choose another."
              .formatted(indexFile));
    }
  }

  /** Types with pages that the dataset has. */
  int known() {
    return count(resolved, Match.KNOWN);
  }

  /** The entries that the index will have, by what the dataset says of their types. */
  RunPlan.Entries entries() {
    int noNeurons = count(resolved, Match.NO_NEURONS);
    return new RunPlan.Entries(known(), noNeurons, resolved.types().size() - known() - noNeurons);
  }

  private static int count(ResolvedPages resolved, Match match) {
    return (int) resolved.types().stream().filter(type -> type.match() == match).count();
  }
}
