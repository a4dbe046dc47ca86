package quickpage.index.deployed;

import quickpage.index.finish.RunCost;

/**
 * What Lambda gives a function for its memory.
 *
 * @param megabytes from 128 to 10,240
 */
record FunctionSize(int megabytes) {

  /**
   * For one whole processor. See
   * https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html.
   */
  private static final double MEGABYTES_OF_A_PROCESSOR = 1769;

  /**
   * From how many MB on a third, fourth, fifth and sixth processor shows; two always do. AWS does
   * not say; measured in https://github.com/rwnx/lambda-cpuinfo.
   */
  private static final int[] MORE_PROCESSORS_FROM = {3009, 5308, 7077, 8846};

  FunctionSize {
    if (megabytes < 128 || megabytes > 10_240) {
      throw new IllegalArgumentException(
          "A function has 128 to 10,240 MB of memory, not %,d.".formatted(megabytes));
    }
  }

  /** Seconds of processor time that it may use in a second. */
  double processors() {
    return megabytes / MEGABYTES_OF_A_PROCESSOR;
  }

  /** How many processors the function sees, whatever its share of them is. */
  int visibleProcessors() {
    int count = 2;
    for (int from : MORE_PROCESSORS_FROM) {
      count += megabytes >= from ? 1 : 0;
    }
    return count;
  }

  /** As Lambda's own Java runtimes choose it: 85 % of the memory, and some room less. */
  int heapMegabytes() {
    return (int) (megabytes * 0.85) - 40;
  }

  /** US dollars for one call, the request included. */
  double price(double seconds) {
    return seconds * megabytes / 1024.0 * RunCost.GIGABYTE_SECOND + RunCost.INVOCATION;
  }
}
