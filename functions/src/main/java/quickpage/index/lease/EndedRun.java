package quickpage.index.lease;

import quickpage.index.model.run.Execution;

/**
 * A run whose end is told.
 *
 * @param name of its execution
 * @param hasLease whether it has the site's lease still: then no other has listed pages since
 */
public record EndedRun(String name, boolean hasLease) {

  static EndedRun of(Execution execution, boolean hasLease) {
    return new EndedRun(execution.name(), hasLease);
  }

  boolean byUploads() {
    return Executions.isByUploads(name);
  }
}
