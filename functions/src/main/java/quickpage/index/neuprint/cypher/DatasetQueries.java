package quickpage.index.neuprint.cypher;

/**
 * The queries about a dataset as a whole; one row each. They are written for Neo4j 3.5 to 5: no
 * subqueries, {@code IS NOT NULL} rather than {@code exists}, labels without a space before them
 * (the server finds them by their text). The Meta node is read last, so that an edit which happens
 * while the neurons are read shows in the version.
 */
public final class DatasetQueries {
  private static final String VERSION_COLUMNS =
      "m.uuid AS uuid, m.lastDatabaseEdit AS lastDatabaseEdit";

  /** One row: uuid, lastDatabaseEdit; none without a Meta. */
  public static final String VERSION = "MATCH (m:Meta) RETURN " + VERSION_COLUMNS + " LIMIT 1";

  /**
   * One row: [[type, neurons], …], uuid, lastDatabaseEdit, and by what it is seen to be whole: the
   * number of types, the sum of their neurons, the summed length of their names (of those that are
   * text).
   */
  public static final String TYPES =
      "MATCH (n:Neuron) WHERE n.type IS NOT NULL AND n.type <> ''"
          + " WITH n.type AS type, count(*) AS neurons"
          + " WITH collect([type, neurons]) AS types, count(*) AS number, sum(neurons) AS neurons,"
          + " sum(CASE WHEN type = toString(type) THEN size(type) ELSE 0 END) AS characters"
          + " OPTIONAL MATCH (m:Meta)"
          + " RETURN types, "
          + VERSION_COLUMNS
          + ", number, neurons, characters LIMIT 1";

  /**
   * One row: primaryRois, roiHierarchy, roiInfo, neuronProperties, uuid, lastDatabaseEdit, and the
   * sizes of the first four; none without a Meta.
   */
  public static final String META =
      "MATCH (m:Meta) RETURN m.primaryRois AS primaryRois, m.roiHierarchy AS roiHierarchy,"
          + " m.roiInfo AS roiInfo, m.neuronProperties AS neuronProperties, "
          + VERSION_COLUMNS
          + ", size(m.primaryRois) AS primaryRoiCount, size(m.roiHierarchy) AS roiHierarchySize,"
          + " size(m.roiInfo) AS roiInfoSize, size(m.neuronProperties) AS neuronPropertiesSize"
          + " LIMIT 1";

  /** One row: three booleans, uuid, lastDatabaseEdit. Each search ends at the first hit. */
  public static final String SIDE_PROPERTIES =
      anyNeuronHas("rootSide", "")
          + anyNeuronHas("somaSide", "rootSide, ")
          + anyNeuronHas("side", "rootSide, somaSide, ")
          + "OPTIONAL MATCH (m:Meta) RETURN rootSide, somaSide, side, "
          + VERSION_COLUMNS
          + " LIMIT 1";

  private DatasetQueries() {}

  private static String anyNeuronHas(String property, String carried) {
    return "OPTIONAL MATCH (n:Neuron) WHERE n.%1$s IS NOT NULL AND n.%1$s <> '' WITH %2$sn LIMIT 1 WITH %2$sn IS NOT NULL AS %1$s "
        .formatted(property, carried);
  }
}
