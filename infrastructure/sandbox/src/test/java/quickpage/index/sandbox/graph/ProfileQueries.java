package quickpage.index.sandbox.graph;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.neo4j.graphdb.Result;

/**
 * Prints how Neo4j runs queries: operators, rows and database hits of each (docs/performance.md).
 * The store must not be in use.
 *
 * <p>Usage: {@code ProfileQueries STORE FILE…}; the store is the folder of the sandbox's {@code
 * --store}, a file is one query, with the labels as they are in the database.
 */
public final class ProfileQueries {

  private ProfileQueries() {}

  public static void main(String[] arguments) throws IOException {
    Path graph = Path.of(arguments[0], "graph");
    if (!Files.isDirectory(graph)) {
      throw new IllegalArgumentException(arguments[0] + " is no store of the sandbox");
    }
    try (NeuronGraph neurons = NeuronGraph.open(graph, Optional.empty())) {
      for (int i = 1; i < arguments.length; i++) {
        String query = Files.readString(Path.of(arguments[i]));
        System.out.println(arguments[i]);
        neurons.inTransaction(
            transaction -> {
              try (Result result = transaction.execute("PROFILE " + query)) {
                result.accept(row -> true);
                System.out.println(result.getExecutionPlanDescription());
              }
            });
      }
    }
  }
}
