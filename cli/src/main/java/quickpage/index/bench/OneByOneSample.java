package quickpage.index.bench;

import java.util.List;

/**
 * QuickPage's way: one type after the other and never two requests at once, four queries a type:
 * its neurons with their roiInfo, partners upstream and downstream, and Meta again. The sandbox has
 * no connections, so two of the answers are empty, which favours the old program.
 *
 * @param types how many were asked for
 * @param seconds for all of them
 */
record OneByOneSample(int types, double seconds) {

  /**
   * Asks for some types, evenly spread over all.
   *
   * @param count at most so many
   */
  static OneByOneSample ask(BenchmarkServer server, List<String> all, int count) {
    int asked = Math.min(count, all.size());
    long begun = System.nanoTime();
    for (int i = 0; i < asked; i++) {
      String name =
          all.get((int) ((long) i * all.size() / asked)).replace("\\", "\\\\").replace("'", "\\'");
      server.query(
          "MATCH (n:Neuron) WHERE n.type = '%s' RETURN n.bodyId, n.instance, n.pre, n.post, n.roiInfo"
              .formatted(name));
      server.query(
          "MATCH (n:Neuron)<-[c:ConnectsTo]-(m:Neuron) WHERE n.type = '%s' RETURN m.type, sum(c.weight)"
              .formatted(name));
      server.query(
          "MATCH (n:Neuron)-[c:ConnectsTo]->(m:Neuron) WHERE n.type = '%s' RETURN m.type, sum(c.weight)"
              .formatted(name));
      server.query("MATCH (m:Meta) RETURN m.roiHierarchy, m.roiInfo, m.primaryRois");
    }
    return new OneByOneSample(asked, (System.nanoTime() - begun) / 1e9);
  }

  /** What as many types would take at this pace, in seconds. */
  double scaledTo(int all) {
    return seconds / types * all;
  }
}
