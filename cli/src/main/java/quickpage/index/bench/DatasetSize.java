package quickpage.index.bench;

/**
 * A generated dataset to measure with.
 *
 * @param name as the results call it
 * @param types neuron types
 * @param neurons neurons of all types
 */
record DatasetSize(String name, int types, int neurons) {
  static final DatasetSize SMALL = new DatasetSize("small", 2_000, 30_000);
  static final DatasetSize MALE_CNS = new DatasetSize("male-cns", 11_700, 166_000);
}
