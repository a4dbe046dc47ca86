package quickpage.index.bench;

/** What a run of ours finds when it starts. */
enum Scenario {
  /** No cache, and a site that was never indexed. */
  COLD("cold"),
  /** Everything cached. */
  WARM("warm"),
  /** One type in a hundred is not in the cache. */
  NEW_TYPES("1 % new types"),
  /** What is cached of one type in ten is past its time. */
  EXPIRED("10 % expired"),
  /** The dataset was edited, so nothing that is cached serves. */
  NEW_VERSION("a new version");

  private final String label;

  Scenario(String label) {
    this.label = label;
  }

  /** As the results call it. */
  String label() {
    return label;
  }
}
