package quickpage.index.neuprint.cypher;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import quickpage.index.model.Facet;
import quickpage.index.model.SideRule;
import quickpage.index.model.TypeProperties;
import quickpage.index.neuprint.TypeQuestion.TypeToAsk;
import quickpage.index.neuprint.answer.TypeAnswer;

/**
 * The query that describes many types at once: parts with equal columns, joined with {@code UNION
 * ALL}, so that one round trip brings them all. Every row is {@code [part, type, value]}; rows come
 * in no order. Each value holds the numbers by which {@link TypeAnswer} sees that it is whole.
 *
 * <table>
 * <caption>Parts</caption>
 * <tr><td>{@code type}</td><td>[neurons, pre, post, number of first values that are not null, number
 *     of all distinct values, [{@link #FIRST_VALUES}…], [{@link #distinctValues}…]]; a row for each
 *     type</td></tr>
 * <tr><td>{@code sides}</td><td>[[rootSide, somaSide, side, instance, neurons], …]; a row for each
 *     type, what the rule does not look at is null; all neurons are in it</td></tr>
 * <tr><td>{@code rois}</td><td>[number of entries, [[roi, neurons, pre, post], …]]; a row for each
 *     type; beside its ROIs a type has an entry for each of {@link #READ}, {@link #NOT_READ} and
 *     {@link #NO_ROI_INFO} that it has neurons of, and every neuron is in one of these</td></tr>
 * <tr><td>{@code roiInfo}</td><td>[bodyId, the JSON text or null] (the plain form, instead of {@code
 *     rois}); a row for each neuron</td></tr>
 * <tr><td>{@code version}</td><td>[uuid, lastDatabaseEdit]; one row, read last, type null</td></tr>
 * </table>
 *
 * <p>Written for Neo4j 3.5 to 5. Nothing is divided (a NaN would make the answer a 500). Why the
 * forms are as they are: docs/performance.md.
 */
public final class TypeQuery {
  public static final String PART_TYPE = "type";
  public static final String PART_SIDES = "sides";
  public static final String PART_ROIS = "rois";
  public static final String PART_ROI_INFO = "roiInfo";
  public static final String PART_VERSION = "version";

  /** In the place of an ROI: the neurons whose {@code roiInfo} was read. */
  public static final String READ = "";

  /** In the place of an ROI: the neurons whose {@code roiInfo} is there and could not be read. */
  public static final String NOT_READ = "?";

  /** In the place of an ROI: the neurons without {@code roiInfo}. */
  public static final String NO_ROI_INFO = "-";

  /** How JSON writes that there is nothing; as a {@code roiInfo} it counts as none. */
  public static final String JSON_NULL = "null";

  /** Properties of which the first non-empty value, in {@code bodyId} order, is the type's. */
  public static final List<String> FIRST_VALUES =
      List.of(
          "consensusNt",
          "celltypePredictedNt",
          "celltypePredictedNtConfidence",
          "celltypeTotalNtPredictions",
          "dimorphism",
          "synonyms",
          // These two stand in for the first three where the rule says so, and are asked only
          // there.
          "predictedNt",
          "predictedNtProb");

  /** Stands in for {@code trumanHl} where the rule says so, and is asked only there. */
  public static final String HEMILINEAGE_STAND_IN = "hemilineage";

  private static final List<String> DISTINCT_VALUES =
      Stream.of(
              List.of(
                  "superclass", "class", "subclass", "flywireType", "somaNeuromere", "trumanHl"),
              List.of(HEMILINEAGE_STAND_IN, "itoleeHl", "supertype"),
              TypeProperties.OTHER_TYPES,
              TypeProperties.OTHER_CLASSES)
          .flatMap(List::stream)
          .toList();

  private TypeQuery() {}

  /** Whether this can be the name of an ROI in the query, where some texts have a meaning. */
  public static boolean canBeAsked(String roi) {
    return CypherLiteral.canExist(roi) && !List.of(READ, NOT_READ, NO_ROI_INFO).contains(roi);
  }

  /**
   * Properties whose distinct values are the type's, in the order of the answer.
   *
   * @param facets those of a run, beside the usual ones
   */
  public static List<String> distinctValues(Collection<String> facets) {
    return Stream.concat(DISTINCT_VALUES.stream(), facets.stream()).distinct().toList();
  }

  /**
   * Whether {@code predictedNt} stands in for what a type lacks: on flywire-fafb, and in datasets
   * of no family that we know.
   */
  static boolean predictedNtStandsIn(SideRule rule) {
    return switch (rule) {
      case FLYWIRE, FLYWIRE_WITH_INSTANCE, ANY_SPELLING -> true;
      case PROPERTIES, INSTANCE_SUFFIX, INSTANCE_PATTERN -> false;
    };
  }

  /** Whether {@code hemilineage} stands in for what a type lacks. */
  public static boolean hemilineageStandsIn(SideRule rule) {
    return rule == SideRule.ANY_SPELLING;
  }

  /**
   * The query.
   *
   * @param facets properties to read beside the usual ones
   * @param plain fetch {@code roiInfo} as it is, rather than sum it with APOC
   * @throws IllegalArgumentException if a facet is no property's name
   */
  public static String of(
      Collection<TypeToAsk> types,
      SideRule rule,
      List<String> primaryRois,
      List<String> facets,
      boolean plain) {
    String names = CypherLiteral.listOf(types.stream().map(TypeToAsk::name).toList());
    List<String> withRois =
        types.stream().filter(TypeToAsk::withRois).map(TypeToAsk::name).toList();
    List<String> parts = new ArrayList<>();
    parts.add(properties(names, rule, facets));
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

  private static String properties(String names, SideRule rule, List<String> facets) {
    StringBuilder aggregates = new StringBuilder();
    List<String> firsts = new ArrayList<>();
    for (String property : FIRST_VALUES) {
      boolean asked = predictedNtStandsIn(rule) || !property.startsWith("predictedNt");
      if (asked) {
        aggregates.append(", collect(n.%s) AS %s".formatted(property, alias(property)));
      }
      // Empty strings are dropped once a type rather than once a neuron.
      firsts.add(
          asked ? "head([value IN %s WHERE value <> ''])".formatted(alias(property)) : "null");
    }
    List<String> lists = new ArrayList<>();
    for (String property : distinctValues(facets)) {
      if (!Facet.isProperty(property)) {
        throw new IllegalArgumentException(property + " cannot be the name of a property");
      }
      if (property.equals(HEMILINEAGE_STAND_IN)
          && !hemilineageStandsIn(rule)
          && !facets.contains(property)) {
        lists.add("[]");
      } else {
        // Numbered, for names of facets may differ from another's in the case of a letter alone.
        String values = "values" + lists.size();
        aggregates.append(", collect(DISTINCT n.%s) AS %s".formatted(property, values));
        lists.add(values);
      }
    }
    // The sort comes before the grouping: collect keeps the order of the rows it gets.
    return "MATCH (n:Neuron) WHERE n.type IN %s WITH n ORDER BY n.bodyId WITH n.type AS type, count(*) AS neurons, sum(n.pre) AS pre, sum(n.post) AS post%s WITH type, neurons, pre, post, [%s] AS firsts, [%s] AS lists RETURN 'type' AS part, type, [neurons, pre, post, size([value IN firsts WHERE value IS NOT NULL]), reduce(sum = 0, list IN lists | sum + size(list)), firsts, lists] AS value"
        .formatted(names, aggregates, String.join(", ", firsts), String.join(", ", lists));
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
      case ANY_SPELLING -> side = "n.side";
      // These two and FLYWIRE rest on no neuron having a side property: the ones read show it.
      case INSTANCE_SUFFIX -> instance = "right(toString(n.instance), 2)";
      case INSTANCE_PATTERN -> instance = "n.instance";
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
    // Looking each primary ROI up is quicker than looking through the keys, most of them others.
    return "MATCH (n:Neuron) WHERE n.type IN %1$s WITH n.type AS type, n.roiInfo AS text WITH type, text, CASE WHEN %2$s THEN apoc.convert.fromJsonMap(text) END AS info UNWIND [CASE WHEN info IS NOT NULL THEN '%3$s' WHEN %2$s THEN '%4$s' ELSE '%5$s' END] + [name IN %6$s WHERE info[name] IS NOT NULL] AS roi WITH type, roi, count(*) AS neurons, sum(info[roi].pre) AS pre, sum(info[roi].post) AS post WITH type, collect([roi, neurons, pre, post]) AS entries RETURN 'rois' AS part, type, [size(entries), entries] AS value"
        .formatted(
            names,
            "text <> '' AND text <> '%s'".formatted(JSON_NULL),
            READ,
            NOT_READ,
            NO_ROI_INFO,
            primaryRois);
  }

  private static String roiInfo(String names) {
    return "MATCH (n:Neuron) WHERE n.type IN %s RETURN 'roiInfo' AS part, n.type AS type, [n.bodyId, n.roiInfo] AS value"
        .formatted(names);
  }
}
