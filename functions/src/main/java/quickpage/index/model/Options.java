package quickpage.index.model;

import java.util.List;

/**
 * The options of a run, all decided.
 *
 * @param roiAnalysis false asks NeuPrint nothing
 * @param roiThreshold the least share, in percent of a type's pre- or postsynaptic sites over its
 *     primary ROIs, that lists an ROI
 * @param roiLimit the most ROIs listed for a type; null for all
 * @param minNeuronsForRois types with fewer neurons get no ROIs and are not asked for them
 * @param typesPerQuery the most types in one query; null chooses from the neuron counts
 * @param maxConcurrency the most NeuPrint queries in flight in the whole run, 1 to 40
 * @param cacheTtlHours how long a type's facts are kept
 * @param refresh ignores what is cached and rewrites it
 * @param toleratedFailurePercentage unavailable types, in percent of those asked for, above which
 *     nothing is published
 * @param indexFile name of the index page; null for the layout's own
 * @param ignorePages globs of file names that are passed over; null, as former versions left it,
 *     for none
 * @param facets properties that are read beside the usual ones; null, as former versions left it,
 *     for none
 */
public record Options(
    boolean roiAnalysis,
    double roiThreshold,
    Integer roiLimit,
    int minNeuronsForRois,
    Integer typesPerQuery,
    int maxConcurrency,
    double cacheTtlHours,
    boolean refresh,
    double toleratedFailurePercentage,
    String indexFile,
    List<String> ignorePages,
    List<Facet> facets) {

  public Options {
    ignorePages = ignorePages == null ? List.of() : List.copyOf(ignorePages);
    facets = facets == null ? List.of() : List.copyOf(facets);
  }

  /** The names of the properties that are facets. */
  public List<String> facetProperties() {
    return facets.stream().map(Facet::property).toList();
  }
}
