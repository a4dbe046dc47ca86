package quickpage.index.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import quickpage.index.sandbox.connectome.Connectome;
import quickpage.index.sandbox.connectome.RefusedInputException;
import quickpage.index.sandbox.graph.GraphLoader;
import quickpage.index.sandbox.graph.NeuronGraph;
import quickpage.index.sandbox.graph.StoredGraph;
import quickpage.index.sandbox.http.NeuPrintServer;

/** A running sandbox: a loaded graph and the server in front of it. */
public final class Sandbox implements AutoCloseable {
  private final NeuronGraph graph;
  private final NeuPrintServer server;
  private final GraphLoader.Loaded loaded;
  private final Optional<Path> folderToDelete;

  private Sandbox(
      NeuronGraph graph,
      NeuPrintServer server,
      GraphLoader.Loaded loaded,
      Optional<Path> folderToDelete) {
    this.graph = graph;
    this.server = server;
    this.loaded = loaded;
    this.folderToDelete = folderToDelete;
  }

  /**
   * Loads a connectome, or opens the store that holds it, and serves it.
   *
   * @param store folder that keeps the graph; if empty, it is gone when this is closed
   * @param transactionMemory bytes that one query may hold, if limited
   * @throws RefusedInputException if the store was made from something else, or is in use
   * @throws IOException if a folder cannot be written or the port not be had
   */
  public static Sandbox start(
      Connectome connectome,
      Optional<Path> store,
      Optional<Long> transactionMemory,
      NeuPrintServer.Settings settings)
      throws IOException {
    Path folder = store.isPresent() ? store.get() : Files.createTempDirectory("quickpage-sandbox");
    Optional<Path> folderToDelete = store.isPresent() ? Optional.empty() : Optional.of(folder);
    StoredGraph kept = StoredGraph.at(folder, connectome.origin());
    Optional<GraphLoader.Loaded> found = kept.loaded();
    if (found.isEmpty()) {
      kept.beginLoading();
    }
    NeuronGraph graph = open(kept, transactionMemory);
    try {
      GraphLoader.Loaded loaded;
      if (found.isPresent()) {
        loaded = found.get();
      } else {
        loaded = GraphLoader.load(graph, connectome);
        kept.finishLoading(loaded);
      }
      if (settings.control()) {
        kept.forget(); // tests may edit the graph: it must not pass for what it was made from
      }
      NeuPrintServer server = NeuPrintServer.start(settings, graph, connectome.name());
      return new Sandbox(graph, server, loaded, folderToDelete);
    } catch (IOException | RuntimeException failure) {
      graph.close();
      if (folderToDelete.isPresent()) {
        StoredGraph.delete(folder);
      }
      throw failure;
    }
  }

  private static NeuronGraph open(StoredGraph kept, Optional<Long> transactionMemory) {
    try {
      return NeuronGraph.open(kept.graphFolder(), transactionMemory);
    } catch (NeuronGraph.InUseException busy) {
      throw new RefusedInputException(
          "The store in " + kept.graphFolder().getParent() + " is in use by another sandbox.",
          busy);
    }
  }

  public int port() {
    return server.port();
  }

  /** How many types and typed neurons are served. */
  public GraphLoader.Loaded loaded() {
    return loaded;
  }

  @Override
  public void close() {
    server.close();
    graph.close();
    if (folderToDelete.isPresent()) {
      try {
        StoredGraph.delete(folderToDelete.get());
      } catch (IOException left) {
        System.err.println("Could not delete " + folderToDelete.get() + ": " + left.getMessage());
      }
    }
  }
}
