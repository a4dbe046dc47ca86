package quickpage.index.neuprint;

import java.time.Instant;
import java.util.List;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.SideRule;

/**
 * Many types to be described.
 *
 * @param version the version that every answer must come from
 * @param primaryRois the ROIs whose synapses are summed, as the database names them
 * @param facets properties whose values are asked for beside the usual ones
 * @param types what is asked for; neighbours share queries, and the largest queries are asked first
 * @param typesPerQuery the most types in one query; null chooses from their neuron counts
 * @param queriesInFlight the most queries at the server at once, at least 1
 * @param mostUnavailable when more types than this have failed for what is in their own queries,
 *     the run cannot be published any more, and nothing more is asked
 * @param deadline types not described by then are unavailable
 */
public record TypeQuestion(
    DatasetVersion version,
    SideRule sideRule,
    List<String> primaryRois,
    List<String> facets,
    List<TypeToAsk> types,
    Integer typesPerQuery,
    int queriesInFlight,
    long mostUnavailable,
    Instant deadline) {

  /** A question for the usual properties that goes on whatever fails. */
  public TypeQuestion(
      DatasetVersion version,
      SideRule sideRule,
      List<String> primaryRois,
      List<TypeToAsk> types,
      Integer typesPerQuery,
      int queriesInFlight,
      Instant deadline) {
    this(
        version,
        sideRule,
        primaryRois,
        List.of(),
        types,
        typesPerQuery,
        queriesInFlight,
        Long.MAX_VALUE,
        deadline);
  }

  public TypeQuestion {
    primaryRois = List.copyOf(primaryRois);
    facets = List.copyOf(facets);
    types = List.copyOf(types);
  }

  /**
   * One type to be described.
   *
   * @param neurons as the census counted them
   * @param withRois whether to sum its synapses by ROI
   */
  public record TypeToAsk(String name, long neurons, boolean withRois) {}
}
