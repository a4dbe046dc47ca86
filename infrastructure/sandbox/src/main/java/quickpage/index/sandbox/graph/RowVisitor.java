package quickpage.index.sandbox.graph;

import java.util.List;

/** Receives a query's answer while its transaction is open. */
public interface RowVisitor {

  /** Called once, before any row. */
  void columns(List<String> names);

  /**
   * One row, in the order of the columns. Values are null, String, Boolean, Long, Double, List, Map
   * and Neo4j's nodes, relationships, paths, points and times; none may be kept.
   */
  void row(Object[] values);
}
