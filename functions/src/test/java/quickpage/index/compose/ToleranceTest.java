package quickpage.index.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quickpage.index.model.run.UnavailableType;

class ToleranceTest {

  private static List<UnavailableType> unavailable(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new UnavailableType("T" + i, "NeuPrint was busy."))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, true",
    "0, 10, 0, true",
    "1, 100, 1, true",
    "2, 100, 1, false",
    "1, 99, 1, false",
    "1, 1000000, 0, false",
    "10, 10, 100, true",
    "113, 10000, 1.13, true",
    "114, 10000, 1.13, false"
  })
  void strictlyMoreThanThePercentageIsNotTolerated(
      int count, int asked, double percentage, boolean tolerated) {
    assertThat(Tolerance.exceeded(unavailable(count), asked, percentage).isEmpty())
        .isEqualTo(tolerated);
  }

  @Test
  void theSentenceSaysHowManyAndWhichAndWhy() {
    assertThat(Tolerance.exceeded(unavailable(2), 10, 1))
        .contains(
            "2 of 10 types are unavailable, more than the tolerated 1 %, so nothing is published:"
                + " T0, T1; because: NeuPrint was busy (2).");
  }

  @Test
  void oneTypeIsOneType() {
    assertThat(Tolerance.exceeded(unavailable(1), 1, 0.5))
        .contains(
            "1 of 1 type is unavailable, more than the tolerated 0.5 %, so nothing is published:"
                + " T0; because: NeuPrint was busy (1).");
  }

  @Test
  void theMostFrequentReasonComesFirstAndMoreThanAPersonReadsIsLeftOut() {
    List<UnavailableType> many =
        IntStream.range(0, 60)
            .mapToObj(i -> new UnavailableType("T" + i, i < 50 ? "often" : "reason " + i))
            .toList();

    String sentence = Tolerance.exceeded(many, 100, 1).orElseThrow();

    assertThat(sentence)
        .contains(": T0, T1, T2, T3, T4, …; because: often (50); ")
        .endsWith("; ….")
        .doesNotContain("T5,");
  }
}
