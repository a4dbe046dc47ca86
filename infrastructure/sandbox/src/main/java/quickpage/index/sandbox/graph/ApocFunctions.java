package quickpage.index.sandbox.graph;

import java.util.List;
import org.neo4j.internal.kernel.api.exceptions.ProcedureException;
import org.neo4j.kernel.api.procedure.GlobalProcedures;

/**
 * The functions of APOC core that NeuPrint's clients use in queries, registered by class: an
 * embedded database finds plug-ins only as jars in a folder.
 *
 * <p>Left out are those that reach beyond the query (files, network, other queries), which a
 * research server does not allow either.
 */
final class ApocFunctions {
  private static final List<Class<?>> FUNCTIONS =
      List.of(
          apoc.coll.Coll.class,
          apoc.convert.Convert.class,
          apoc.convert.Json.class,
          apoc.map.Maps.class,
          apoc.math.Maths.class,
          apoc.number.Numbers.class,
          apoc.text.Strings.class);

  private static final List<Class<?>> AGGREGATIONS =
      List.of(
          apoc.agg.CollAggregation.class,
          apoc.agg.MaxAndMinItems.class,
          apoc.agg.Median.class,
          apoc.agg.Percentiles.class,
          apoc.agg.Product.class,
          apoc.agg.Statistics.class);

  private ApocFunctions() {}

  static void register(GlobalProcedures procedures) {
    try {
      for (Class<?> functions : FUNCTIONS) {
        procedures.registerFunction(functions);
      }
      for (Class<?> aggregations : AGGREGATIONS) {
        procedures.registerAggregationFunction(aggregations);
      }
    } catch (ProcedureException unexpected) {
      throw new IllegalStateException("APOC does not fit this Neo4j.", unexpected);
    }
  }
}
