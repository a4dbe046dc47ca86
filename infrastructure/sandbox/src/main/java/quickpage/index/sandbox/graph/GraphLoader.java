package quickpage.index.sandbox.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.neo4j.graphdb.Label;
import org.neo4j.graphdb.Node;
import org.neo4j.graphdb.Transaction;
import quickpage.index.sandbox.connectome.Connectome;
import quickpage.index.sandbox.connectome.DatasetName;

/**
 * Writes a connectome into an empty graph.
 *
 * <p>Nodes carry the plain labels and the dataset's own ({@code Neuron}, {@code male-cns_Neuron}):
 * the server rewrites the plain ones in queries, so the indexes have to be on the dataset's too.
 */
public final class GraphLoader {
  /** Enough for the cost of a commit to vanish, few enough (some 10 MB) for any heap. */
  private static final int NODES_PER_TRANSACTION = 4_000;

  private final NeuronGraph graph;
  private final DatasetName dataset;

  private GraphLoader(NeuronGraph graph, DatasetName dataset) {
    this.graph = graph;
    this.dataset = dataset;
  }

  /**
   * Loads everything and waits until the indexes answer.
   *
   * @return what was loaded
   */
  public static Loaded load(NeuronGraph graph, Connectome connectome) {
    return new GraphLoader(graph, connectome.name()).load(connectome);
  }

  private Loaded load(Connectome connectome) {
    graph.inTransaction(tx -> create(tx, labels("Meta"), connectome.meta()));
    Set<Object> types = new HashSet<>();
    long[] typedNeurons = new long[1];
    try (Batch neurons = new Batch(labels("Neuron", "Segment"))) {
      connectome.neurons(
          neuron -> {
            neurons.add(neuron);
            Object type = neuron.get("type");
            if (type != null && !"".equals(type)) {
              types.add(type);
              typedNeurons[0]++;
            }
          });
    }
    try (Batch fragments = new Batch(labels("Segment"))) {
      connectome.fragments(fragments::add);
    }
    index();
    return new Loaded(types.size(), typedNeurons[0]);
  }

  private Label[] labels(String... plain) {
    List<Label> labels = new ArrayList<>();
    for (String name : plain) {
      labels.add(Label.label(name));
      labels.add(Label.label(dataset.label(name)));
    }
    return labels.toArray(Label[]::new);
  }

  private void index() {
    graph.inTransaction(
        tx -> {
          for (Label label : labels("Neuron", "Segment")) {
            for (String property : List.of("type", "bodyId")) {
              tx.schema().indexFor(label).on(property).create();
            }
          }
        });
    graph.inTransaction(tx -> tx.schema().awaitIndexesOnline(10, TimeUnit.MINUTES));
  }

  private static void create(Transaction tx, Label[] labels, Map<String, Object> properties) {
    Node node = tx.createNode(labels);
    properties.forEach(node::setProperty);
  }

  /** What a load found. Neurons without a type are not counted. */
  public record Loaded(int types, long neurons) {}

  /** Collects nodes and writes them many at once. */
  private final class Batch implements AutoCloseable {
    private final Label[] labels;
    private final List<Map<String, Object>> waiting = new ArrayList<>();

    Batch(Label[] labels) {
      this.labels = labels;
    }

    void add(Map<String, Object> properties) {
      waiting.add(properties);
      if (waiting.size() == NODES_PER_TRANSACTION) {
        write();
      }
    }

    private void write() {
      graph.inTransaction(tx -> waiting.forEach(properties -> create(tx, labels, properties)));
      waiting.clear();
    }

    @Override
    public void close() {
      write();
    }
  }
}
