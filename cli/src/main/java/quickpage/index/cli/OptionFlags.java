package quickpage.index.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of the run input as flags; what is not given is left to the defaults. */
final class OptionFlags {

  @Option(
      names = "--roi-analysis",
      negatable = true,
      description = "Ask NeuPrint at all; --no-roi-analysis lists the pages alone. Default: yes.")
  private Boolean roiAnalysis;

  @Option(
      names = "--roi-threshold",
      paramLabel = "PERCENT",
      description =
          "List an ROI from this share of a type's pre- or postsynaptic sites. Default: 1.5.")
  private Double roiThreshold;

  @Option(
      names = "--roi-limit",
      paramLabel = "N",
      description = "List at most so many ROIs of a type. Default: all.")
  private Integer roiLimit;

  @Option(
      names = "--min-neurons-for-rois",
      paramLabel = "N",
      description = "List no ROIs of types with fewer neurons. Default: 1.")
  private Integer minNeuronsForRois;

  @Option(
      names = "--types-per-query",
      paramLabel = "N",
      description = "Ask for at most so many types at once. Default: chosen from their neurons.")
  private Integer typesPerQuery;

  @Option(
      names = "--max-concurrency",
      paramLabel = "N",
      description = "At most so many queries at NeuPrint at once, 1 to 40. Default: 20.")
  private Integer maxConcurrency;

  @Option(
      names = "--cache-ttl-hours",
      paramLabel = "HOURS",
      description = "Keep what NeuPrint says for so long. Default: 24.")
  private Double cacheTtlHours;

  @Option(
      names = "--refresh",
      negatable = true,
      description = "Ignore what is cached and fetch it anew. Default: no.")
  private Boolean refresh;

  @Option(
      names = "--tolerated-failure-percentage",
      paramLabel = "PERCENT",
      description = "Publish nothing if more types than this are unavailable. Default: 1.")
  private Double toleratedFailurePercentage;

  @Option(
      names = "--index-file",
      paramLabel = "NAME",
      description =
          "Name of the index page. Default: index.html, or types.html where pages are in types/.")
  private String indexFile;

  @Option(
      names = "--ignore-pages",
      paramLabel = "GLOB",
      description =
          "Pass over HTML files of such names, unless they are pages of a type; may be given"
              + " several times, '' for none. Default: google*.html.")
  private List<String> ignorePages;

  @Option(
      names = "--facet",
      paramLabel = "PROPERTY=LABEL",
      description =
          "Read this property of neurons, too, and make it a filter of the page; may be given"
              + " several times, '' for none. Default: none.")
  private List<String> facets;

  /** Whether the run asks NeuPrint. */
  boolean asksNeuPrint() {
    return roiAnalysis == null || roiAnalysis;
  }

  /** The run input's {@code options}. */
  ObjectNode toJson() {
    ObjectNode options = JsonNodeFactory.instance.objectNode();
    if (roiAnalysis != null) {
      options.put("roiAnalysis", roiAnalysis);
    }
    if (roiThreshold != null) {
      options.put("roiThreshold", roiThreshold);
    }
    if (roiLimit != null) {
      options.put("roiLimit", roiLimit);
    }
    if (minNeuronsForRois != null) {
      options.put("minNeuronsForRois", minNeuronsForRois);
    }
    if (typesPerQuery != null) {
      options.put("typesPerQuery", typesPerQuery);
    }
    if (maxConcurrency != null) {
      options.put("maxConcurrency", maxConcurrency);
    }
    if (cacheTtlHours != null) {
      options.put("cacheTtlHours", cacheTtlHours);
    }
    if (refresh != null) {
      options.put("refresh", refresh);
    }
    if (toleratedFailurePercentage != null) {
      options.put("toleratedFailurePercentage", toleratedFailurePercentage);
    }
    if (indexFile != null) {
      options.put("indexFile", indexFile);
    }
    if (ignorePages != null) {
      ArrayNode globs = options.putArray("ignorePages");
      ignorePages.stream().filter(glob -> !glob.isEmpty()).forEach(globs::add);
    }
    if (facets != null) {
      ArrayNode list = options.putArray("facets");
      facets.stream().filter(facet -> !facet.isEmpty()).forEach(facet -> add(list, facet));
    }
    return options;
  }

  /** Without a label where there is no {@code =}: the run names what is wrong with all of them. */
  private static void add(ArrayNode facets, String text) {
    int equals = text.indexOf('=');
    ObjectNode facet =
        facets.addObject().put("property", equals < 0 ? text : text.substring(0, equals));
    if (equals >= 0) {
      facet.put("label", text.substring(equals + 1));
    }
  }
}
