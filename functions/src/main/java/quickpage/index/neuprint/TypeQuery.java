package quickpage.index.neuprint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import quickpage.index.model.SideRule;
import quickpage.index.neuprint.TypeQuestion.TypeToAsk;

/**
 * The query that describes many types at once: parts with equal columns, joined with {@code UNION
 * ALL}, so that one round trip brings them all. Every row is {@code [part, type, value]}; rows come
 * in no order.
 *
 * <table>
 * <caption>Parts</caption>
 * <tr><td>{@code type}</td><td>[pre, post, {@link #FIRST_VALUES}…, {@link
 *     #DISTINCT_VALUES}…]; a row for each type</td></tr>
 * <tr><td>{@code sides}</td><td>[[rootSide, somaSide, side, instance, neurons], …]; a row for each
 *     type, what the rule does not look at is null</td></tr>
 * <tr><td>{@code rois}</td><td>[[roi, pre, post], …]; a row for each type with any</td></tr>
 * <tr><td>{@code roiInfo}</td><td>the JSON text of one neuron (the plain form, instead of {@code
 *     rois}); a row for each neuron</td></tr>
 * <tr><td>{@code version}</td><td>[uuid, lastDatabaseEdit]; one row, read last, type null</td></tr>
 * </table>
 *
 * <p>Written for Neo4j 3.5 to 5. Nothing is divided (a NaN would make the answer a 500).
 */
final class TypeQuery {
  static final String PART_TYPE = "type";
  static final String PART_SIDES = "sides";
  static final String PART_ROIS = "rois";
  static final String PART_ROI_INFO = "roiInfo";
  static final String PART_VERSION = "version";

  /** Properties of which the first non-empty value, in {@code bodyId} order, is the type's. */
  static final List<String> FIRST_VALUES =
      List.of(
          "consensusNt",
          "celltypePredictedNt",
          "celltypePredictedNtConfidence",
          "celltypeTotalNtPredictions",
          "dimorphism",
          "synonyms",
          // These two stand in for the first three on flywire-fafb, and are asked for only there.
          "predictedNt",
          "predictedNtProb");

  /** Properties whose distinct values are the type's. */
  static final List<String> DISTINCT_VALUES =
      List.of("superclass", "class", "subclass", "flywireType", "somaNeuromere", "trumanHl");

  private TypeQuery() {}

  /** Whether the rule is one of flywire-fafb, where {@code predictedNt} stands in. */
  static boolean isFlywire(SideRule rule) {
    return rule == SideRule.FLYWIRE || rule == SideRule.FLYWIRE_WITH_INSTANCE;
  }

  /**
   * The query.
   *
   * @param plain fetch {@code roiInfo} as it is, rather than sum it with APOC
   */
  static String of(
      Collection<TypeToAsk> types, SideRule rule, List<String> primaryRois, boolean plain) {
    String names = CypherLiteral.listOf(types.stream().map(TypeToAsk::name).toList());
    List<String> withRois =
        types.stream().filter(TypeToAsk::withRois).map(TypeToAsk::name).toList();
    List<String> parts = new ArrayList<>();
    parts.add(properties(names, rule));
    parts.add(sides(names, rule));
    if (!withRois.isEmpty() && !primaryRois.isEmpty()) {
      String asked = CypherLiteral.listOf(withRois);
      parts.add(plain ? roiInfo(asked) : rois(asked, CypherLiteral.listOf(primaryRois)));
    }
    parts.add(
        "MATCH (m:Meta) RETURN 'version' AS part, null AS type,"
            + " [m.uuid, m.lastDatabaseEdit] AS value");
    return String.join(" UNION ALL ", parts);
  }

  private static String properties(String names, SideRule rule) {
    StringBuilder aggregates = new StringBuilder();
    StringBuilder values = new StringBuilder();
    for (String property : FIRST_VALUES) {
      boolean asked = isFlywire(rule) || !property.startsWith("predictedNt");
      values.append(", ").append(asked ? alias(property) : "null");
      if (asked) {
        aggregates.append(
            ", head(collect(CASE n.%1$s WHEN '' THEN null ELSE n.%1$s END)) AS %2$s"
                .formatted(property, alias(property)));
      }
    }
    for (String property : DISTINCT_VALUES) {
      values.append(", ").append(alias(property));
      aggregates.append(", collect(DISTINCT n.%s) AS %s".formatted(property, alias(property)));
    }
    // The sort comes before the grouping: collect keeps the order of the rows it gets.
    return "MATCH (n:Neuron) WHERE n.type IN %s WITH n ORDER BY n.bodyId WITH n.type AS type, sum(n.pre) AS pre, sum(n.post) AS post%s RETURN 'type' AS part, type, [pre, post%s] AS value"
        .formatted(names, aggregates, values);
  }

  /** A variable for a property; some of their names are words of Cypher's grammar. */
  private static String alias(String property) {
    return "its" + Character.toUpperCase(property.charAt(0)) + property.substring(1);
  }

  private static String sides(String names, SideRule rule) {
    String rootSide = "n.rootSide";
    String somaSide = "n.somaSide";
    String side = "null";
    String instance = "null";
    switch (rule) {
      case PROPERTIES -> {}
      case INSTANCE_SUFFIX -> {
        rootSide = "null";
        somaSide = "null";
        instance = "right(toString(n.instance), 2)";
      }
      case INSTANCE_PATTERN -> {
        rootSide = "null";
        somaSide = "null";
        instance = "n.instance";
      }
      case FLYWIRE -> side = "n.side";
      case FLYWIRE_WITH_INSTANCE -> {
        side = "n.side";
        // Every neuron may have an instance of its own: only those that decide are sent.
        instance =
            "CASE WHEN n.rootSide <> '' OR n.somaSide <> '' OR n.side IN %s THEN null ELSE n.instance END"
                .formatted(
                    CypherLiteral.listOf(Sides.SIDE_WORDS.keySet().stream().sorted().toList()));
      }
    }
    return "MATCH (n:Neuron) WHERE n.type IN %s WITH n.type AS type, %s AS rootSide, %s AS somaSide, %s AS side, %s AS instance, count(*) AS neurons RETURN 'sides' AS part, type, collect([rootSide, somaSide, side, instance, neurons]) AS value"
        .formatted(names, rootSide, somaSide, side, instance);
  }

  private static String rois(String names, String primaryRois) {
    // The keys are filtered before they are unwound: that is half of the server's work.
    return "MATCH (n:Neuron) WHERE n.type IN %s AND n.roiInfo <> '' WITH n.type AS type, apoc.convert.fromJsonMap(n.roiInfo) AS info UNWIND [name IN keys(info) WHERE name IN %s] AS roi WITH type, roi, sum(info[roi].pre) AS pre, sum(info[roi].post) AS post RETURN 'rois' AS part, type, collect([roi, pre, post]) AS value"
        .formatted(names, primaryRois);
  }

  private static String roiInfo(String names) {
    return "MATCH (n:Neuron) WHERE n.type IN %s AND n.roiInfo <> '' RETURN 'roiInfo' AS part, n.type AS type, n.roiInfo AS value"
        .formatted(names);
  }
}
