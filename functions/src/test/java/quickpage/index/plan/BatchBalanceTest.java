package quickpage.index.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import quickpage.index.json.Json;
import quickpage.index.model.TypePages;
import quickpage.index.model.run.Batch;
import quickpage.index.model.run.Batch.BatchType;

class BatchBalanceTest {

  /** Step Functions' limit for the input of a child. */
  private static final int ITEM_LIMIT = 256 * 1024;

  private static final TypePages PAGES = new TypePages("a.html", null, null, null);

  private static BatchType type(int number, long neurons) {
    return new BatchType("T%05d".formatted(number), neurons, PAGES);
  }

  private static List<BatchType> types(List<Integer> neurons) {
    return IntStream.range(0, neurons.size()).mapToObj(i -> type(i, neurons.get(i))).toList();
  }

  /** Mostly small types and a few of thousands of neurons, as in every dataset. */
  @Provide
  Arbitrary<List<Integer>> neurons() {
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(20, Arbitraries.integers().between(1, 30)),
            net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(1, 40_000)))
        .list()
        .ofMinSize(1)
        .ofMaxSize(800);
  }

  @Property(tries = 200)
  void everyTypeIsInExactlyOneBatchInTheOrderOfTheTypes(
      @ForAll("neurons") List<Integer> neurons, @ForAll @IntRange(min = 1, max = 40) int most) {
    List<BatchType> types = types(neurons);

    List<Batch> batches = BatchBalance.of(types, most).batches();

    List<BatchType> planned = new ArrayList<>();
    for (int i = 0; i < batches.size(); i++) {
      assertThat(batches.get(i).number()).isEqualTo(i);
      assertThat(batches.get(i).types()).isNotEmpty();
      planned.addAll(batches.get(i).types());
    }
    assertThat(planned).isEqualTo(types);
  }

  @Property(tries = 200)
  void noMoreQueriesAreInFlightThanTheRunAllows(
      @ForAll("neurons") List<Integer> neurons, @ForAll @IntRange(min = 1, max = 40) int most) {
    BatchBalance balance = BatchBalance.of(types(neurons), most);

    assertThat(balance.children()).isBetween(1, balance.batches().size());
    assertThat(balance.queriesInFlight()).isPositive();
    assertThat(balance.children() * balance.queriesInFlight()).isLessThanOrEqualTo(most);
  }

  /**
   * A batch ends at the type whose middle lies beyond its share, so it misses the share by at most
   * half of a type, but for the last one, which has what is left, and one before a type that is
   * more than a share and stands alone.
   */
  @Property(tries = 200)
  void noBatchIsFurtherFromItsShareThanHalfOfAType(
      @ForAll("neurons") List<Integer> neurons, @ForAll @IntRange(min = 1, max = 40) int most) {
    List<BatchType> types = types(neurons);
    List<Batch> batches = BatchBalance.of(types, most).batches();
    double all = types.stream().mapToDouble(BatchBalanceTest::work).sum();
    double largest = types.stream().mapToDouble(BatchBalanceTest::work).max().orElseThrow();
    // What one batch may hold: two queries of 5,000 neurons, or one where no more is allowed.
    double share = all / Math.ceil(all / 5000 / Math.min(2, most));

    for (Batch batch : batches) {
      double work = batch.types().stream().mapToDouble(BatchBalanceTest::work).sum();
      if (batch.types().size() > 1) {
        assertThat(work).isLessThanOrEqualTo(share + largest / 2);
      }
      boolean beforeOneThatStandsAlone =
          batch.number() < batches.size() - 1
              && work(batches.get(batch.number() + 1).types().get(0)) > share;
      if (batch.number() < batches.size() - 1 && !beforeOneThatStandsAlone) {
        assertThat(work).isGreaterThanOrEqualTo(share - largest / 2);
      }
    }
  }

  @Test
  void aTypeOfMoreThanABatchsShareIsABatchOfItsOwn() {
    List<BatchType> types =
        List.of(
            type(0, 100), type(1, 9_000), type(2, 100), type(3, 30_000), type(4, 50), type(5, 60));

    assertThat(BatchBalance.of(types, 20).batches())
        .extracting(batch -> batch.types().size())
        .containsExactly(3, 1, 2);
  }

  private static double work(BatchType type) {
    return type.neurons() + 5;
  }

  /** Names as long as an S3 key may be, of what JSON makes six bytes of. */
  @Provide
  Arbitrary<List<BatchType>> hostile() {
    Arbitrary<String> names =
        Arbitraries.strings().withChars('\u0001', '"', '\\', 'x', '\u2603').ofMaxLength(1000);
    return Combinators.combine(names, Arbitraries.longs().between(1, 100))
        .as(
            (name, neurons) ->
                new BatchType(
                    name,
                    neurons,
                    new TypePages(
                        "types/" + name + ".html",
                        "types/" + name + "_L.html",
                        "types/" + name + "_R.html",
                        "types/" + name + "_M.html")))
        .list()
        .ofMinSize(1)
        .ofMaxSize(120);
  }

  @Property(tries = 40)
  void anItemStaysFarBelowWhatAChildMayBeGiven(@ForAll("hostile") List<BatchType> types) {
    List<Batch> batches = BatchBalance.of(types, 20).batches();

    for (Batch batch : batches) {
      assertThat(Json.bytes(batch).length).isLessThan(ITEM_LIMIT / 2 + 32 * 1024);
    }
    assertThat(batches.stream().flatMap(batch -> batch.types().stream())).isEqualTo(types);
  }

  @Test
  void noTypesMakeNoBatch() {
    assertThat(BatchBalance.of(List.of(), 20)).isEqualTo(new BatchBalance(List.of(), 1, 1));
  }

  @Test
  void aDatasetOfMaleCnsSizeKeepsEveryAllowedQueryBusy() {
    List<BatchType> types = IntStream.range(0, 11_700).mapToObj(i -> type(i, 14)).toList();

    BatchBalance balance = BatchBalance.of(types, 20);

    assertThat(balance.batches()).hasSizeBetween(20, 25);
    assertThat(balance.children()).isEqualTo(10);
    assertThat(balance.queriesInFlight()).isEqualTo(2);
  }

  /** docs/deploying.md reckons with the size of male-cns. */
  @Test
  void theDocumentsCountTheBatchesOfMaleCns() throws IOException {
    Matcher told =
        Pattern.compile(
                "([\\d,]+)\\s+types with ([\\d,]+) neurons, in [\\d,]+ pages, which makes (\\d+)"
                    + " batches")
            .matcher(Files.readString(Path.of("../docs/deploying.md")));
    assertThat(told.find()).isTrue();
    int types = Integer.parseInt(told.group(1).replace(",", ""));
    int neurons = Integer.parseInt(told.group(2).replace(",", ""));
    List<Integer> counts = new ArrayList<>();
    for (int left = types, neuronsLeft = neurons; left > 0; left--) {
      counts.add(neuronsLeft / left);
      neuronsLeft -= neuronsLeft / left;
    }

    assertThat(BatchBalance.of(types(counts), 20).batches().size())
        .isEqualTo(Integer.parseInt(told.group(3)));
  }
}
