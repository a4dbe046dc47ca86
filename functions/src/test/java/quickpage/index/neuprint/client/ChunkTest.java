package quickpage.index.neuprint.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import quickpage.index.neuprint.TypeQuestion.TypeToAsk;

public class ChunkTest {

  private static List<TypeToAsk> types(LongStream neurons) {
    return neurons.mapToObj(count -> new TypeToAsk("T", count, true)).toList();
  }

  private static long neurons(Chunk chunk) {
    return chunk.types().stream().mapToLong(TypeToAsk::neurons).sum();
  }

  @Property
  void everyTypeIsInOneChunkInOrderAndNoChunkHasTooManyNeurons(
      @ForAll @Size(max = 600) List<@LongRange(min = 1, max = 6000) Long> counts,
      @ForAll boolean plain) {
    List<TypeToAsk> types = types(counts.stream().mapToLong(Long::longValue));
    List<Chunk> chunks = Chunk.of(types, null, plain);
    assertThat(chunks.stream().flatMap(chunk -> chunk.types().stream()).toList()).isEqualTo(types);
    assertThat(chunks)
        .allSatisfy(
            chunk -> {
              assertThat(chunk.types().size()).isBetween(1, Chunk.TYPES);
              assertThat(
                      chunk.isLone()
                          || neurons(chunk) <= (plain ? Chunk.NEURONS_PLAIN : Chunk.NEURONS))
                  .isTrue();
            });
  }

  @Property
  void theLargestChunksComeFirst(
      @ForAll @Size(max = 600) List<@LongRange(min = 1, max = 6000) Long> counts) {
    List<Chunk> chunks = Chunk.of(types(counts.stream().mapToLong(Long::longValue)), null, false);
    assertThat(Chunk.largestFirst(chunks)).containsExactlyInAnyOrderElementsOf(chunks);
    assertThat(Chunk.largestFirst(chunks))
        .extracting(ChunkTest::neurons)
        .isSortedAccordingTo(Comparator.reverseOrder());
  }

  @Property
  void typesPerQueryAloneDecidesWhereItIsGiven(
      @ForAll @IntRange(min = 1, max = 300) int most, @ForAll @IntRange(max = 700) int count) {
    List<Chunk> chunks = Chunk.of(types(LongStream.range(0, count)), most, false);
    assertThat(chunks).hasSize((count + most - 1) / most);
  }

  @Test
  void longNamesMakeSmallerChunks() {
    TypeToAsk longName = new TypeToAsk("x".repeat(5_000), 1, true);
    assertThat(Chunk.of(List.of(longName, longName, longName, longName, longName), null, false))
        .extracting(chunk -> chunk.types().size())
        .containsExactly(4, 1);
  }

  @Property
  void halvesAreTheWholeInOrder(
      @ForAll @Size(min = 2, max = 100) List<@LongRange(min = 1, max = 6000) Long> counts) {
    Chunk whole = new Chunk(types(counts.stream().mapToLong(Long::longValue)), false, false);
    List<Chunk> halves = whole.halves();
    assertThat(halves).hasSize(2).allSatisfy(half -> assertThat(half.types()).isNotEmpty());
    assertThat(halves.stream().flatMap(half -> half.types().stream()).toList())
        .isEqualTo(whole.types());
  }

  @Test
  void halvesHaveAboutAsManyNeurons() {
    Chunk whole = new Chunk(types(LongStream.of(1, 1, 1, 1, 1, 1, 100)), false, false);
    assertThat(whole.halves()).extracting(ChunkTest::neurons).containsExactly(6L, 100L);
  }
}
