package quickpage.index.render.page;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * What the page says of the run and the dataset as a whole.
 *
 * @param server base URL of the NeuPrint server; null where none was asked
 * @param uuid {@code Meta.uuid}; null or "" where unknown
 * @param lastDatabaseEdit {@code Meta.lastDatabaseEdit}; null or "" where unknown
 * @param generatedAt when the run began
 * @param roiAnalysis false where NeuPrint was asked nothing
 * @param roiDescriptions full names of ROIs ({@code Meta.roiInfo}), by raw ROI name ({@code
 *     ME(R)}); may be empty
 */
public record PageFacts(
    String server,
    String dataset,
    String uuid,
    String lastDatabaseEdit,
    Instant generatedAt,
    boolean roiAnalysis,
    Map<String, String> roiDescriptions) {

  public PageFacts {
    Objects.requireNonNull(dataset, "dataset");
    Objects.requireNonNull(generatedAt, "generatedAt");
    roiDescriptions = Map.copyOf(roiDescriptions);
  }

  /**
   * Where neuPrintExplorer shows the dataset: on the server itself. Null where the index asked
   * nothing, and for a server without https, which is one of a machine or a network of somebody's
   * own.
   */
  public String explorer() {
    return roiAnalysis && server != null && server.startsWith("https://") ? server : null;
  }
}
