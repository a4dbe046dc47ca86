package quickpage.index.deployed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionSizeTest {

  @ParameterizedTest
  @CsvSource({
    "128, 2",
    "1769, 2",
    "3008, 2",
    "3009, 3",
    "5308, 4",
    "7077, 5",
    "8846, 6",
    "10240, 6"
  })
  void aFunctionSeesTwoProcessorsAndMoreFromThreeGigabytesOn(int megabytes, int processors) {
    assertThat(new FunctionSize(megabytes).visibleProcessors()).isEqualTo(processors);
  }

  @Test
  void itsShareOfAProcessorIsProportionalToItsMemory() {
    assertThat(new FunctionSize(1769).processors()).isEqualTo(1);
    assertThat(new FunctionSize(3538).processors()).isEqualTo(2);
  }

  /** By hand: 2 s × 0.5 GB × 0.0000133334 + 0.0000002. */
  @Test
  void itsPriceIsThatOfMemoryTimeAndOneRequest() {
    assertThat(new FunctionSize(512).price(2)).isCloseTo(0.0000135334, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"127", "10241"})
  void whatLambdaDoesNotOfferIsRefused(int megabytes) {
    assertThatThrownBy(() -> new FunctionSize(megabytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("A function has 128 to 10,240 MB of memory, not ");
  }
}
