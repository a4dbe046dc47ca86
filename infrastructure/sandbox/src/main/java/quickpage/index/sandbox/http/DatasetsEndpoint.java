package quickpage.index.sandbox.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import quickpage.index.sandbox.graph.NeuronGraph;
import quickpage.index.sandbox.graph.QueryFailedException;
import quickpage.index.sandbox.graph.RowVisitor;

/** {@code GET /api/dbmeta/datasets}: what the Meta nodes say at this moment. */
final class DatasetsEndpoint {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String QUERY =
      "MATCH (m:Meta) RETURN m.dataset AS dataset, m.tag AS tag, m.uuid AS uuid,"
          + " m.lastDatabaseEdit AS edit, m.roiInfo AS roiInfo, m.superLevelRois AS superLevelRois,"
          + " m.info AS info, m.hideDataSet AS hidden";

  private final NeuronGraph graph;

  DatasetsEndpoint(NeuronGraph graph) {
    this.graph = graph;
  }

  Reply answer() throws QueryFailedException {
    Map<String, Object> datasets = new LinkedHashMap<>();
    graph.read(
        QUERY,
        Duration.ZERO,
        new RowVisitor() {
          @Override
          public void columns(List<String> names) {
            // They are those of the query above.
          }

          @Override
          public void row(Object[] m) {
            Map<String, Object> dataset = new LinkedHashMap<>();
            dataset.put("last-mod", m[3] == null ? "" : m[3]);
            dataset.put("uuid", m[2] == null ? "latest" : m[2]);
            dataset.put("ROIs", regions(m[4]));
            dataset.put("superLevelROIs", m[5] == null ? List.of() : m[5]);
            dataset.put("info", m[6] == null ? "N/A" : m[6]);
            dataset.put("hidden", Boolean.TRUE.equals(m[7]));
            datasets.put(m[1] == null ? (String) m[0] : m[0] + ":" + m[1], dataset);
          }
        });
    return Reply.json(200, datasets);
  }

  private static List<String> regions(Object roiInfo) {
    if (roiInfo == null) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    try {
      JSON.readTree((String) roiInfo).fieldNames().forEachRemaining(names::add);
    } catch (JsonProcessingException malformed) {
      throw new IllegalStateException("The Meta node's roiInfo is not JSON.", malformed);
    }
    return names;
  }
}
