package quickpage.index.neuprint.client;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import quickpage.index.neuprint.TypeQuestion.TypeToAsk;
import quickpage.index.neuprint.cypher.CypherLiteral;

/**
 * The types of one query.
 *
 * @param plain whether to fetch their {@code roiInfo} as it is, without APOC
 * @param again whether their query has failed or been answered wrongly before, so that the search
 *     for the cause has begun
 */
public record Chunk(List<TypeToAsk> types, boolean plain, boolean again) {
  /**
   * The most neurons of a query, if it has more than one type: an answer of some 280 KB and, on the
   * machine of the measurements (docs/performance.md), a sixth of a second of the server's time.
   */
  static final int NEURONS = 5_000;

  /** The same in the plain form, whose answer has 1 to 10 KB a neuron. */
  static final int NEURONS_PLAIN = 500;

  static final int TYPES = 500;

  /** The most characters of names in a query; each name stands in it up to three times. */
  static final int CHARACTERS = 64 * 1024;

  public Chunk {
    types = List.copyOf(types);
  }

  /**
   * Cuts types into queries, in their order.
   *
   * @param typesPerQuery the most types in one query, whatever their neurons; null chooses
   */
  static List<Chunk> of(List<TypeToAsk> types, Integer typesPerQuery, boolean plain) {
    long mostNeurons = typesPerQuery != null ? Long.MAX_VALUE : plain ? NEURONS_PLAIN : NEURONS;
    int mostTypes = typesPerQuery != null ? Math.max(1, typesPerQuery) : TYPES;
    List<Chunk> chunks = new ArrayList<>();
    List<TypeToAsk> current = new ArrayList<>();
    long neurons = 0;
    long characters = 0;
    for (TypeToAsk type : types) {
      long length = 3L * CypherLiteral.of(type.name()).length();
      boolean isFull =
          current.size() >= mostTypes
              || neurons + type.neurons() > mostNeurons
              || characters + length > CHARACTERS;
      if (isFull && !current.isEmpty()) {
        chunks.add(new Chunk(current, plain, false));
        current = new ArrayList<>();
        neurons = 0;
        characters = 0;
      }
      current.add(type);
      neurons += type.neurons();
      characters += length;
    }
    if (!current.isEmpty()) {
      chunks.add(new Chunk(current, plain, false));
    }
    return chunks;
  }

  /**
   * The same chunks, those with the most neurons first: what begins last is short, so that few wait
   * for one at the end.
   */
  static List<Chunk> largestFirst(List<Chunk> chunks) {
    return chunks.stream().sorted(Comparator.comparingLong(Chunk::neurons).reversed()).toList();
  }

  private long neurons() {
    return types.stream().mapToLong(TypeToAsk::neurons).sum();
  }

  boolean isLone() {
    return types.size() == 1;
  }

  boolean asksRois() {
    return types.stream().anyMatch(TypeToAsk::withRois);
  }

  Chunk inPlainForm() {
    return new Chunk(types, true, again);
  }

  /** Some of the types, to be asked for once more. */
  Chunk onceMore(List<TypeToAsk> some) {
    return new Chunk(some, plain, true);
  }

  /** Two chunks of about as many neurons each, in order. */
  List<Chunk> halves() {
    long half = neurons() / 2;
    long first = types.get(0).neurons();
    int cut = 1;
    while (cut < types.size() - 1 && first + types.get(cut).neurons() <= half) {
      first += types.get(cut).neurons();
      cut++;
    }
    return List.of(
        new Chunk(types.subList(0, cut), plain, true),
        new Chunk(types.subList(cut, types.size()), plain, true));
  }
}
