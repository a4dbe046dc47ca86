package quickpage.index.cache;

import java.util.Collection;
import java.util.List;

/** A cache as a person looks after it: what is in it, and clearing it. */
public interface CacheMaintenance {

  /** What is kept, by dataset and version. */
  List<Kept> stats(Selection selection);

  /** Removes facts of types and gives how many. */
  long clear(Selection selection);

  /**
   * What is kept of one version of a dataset.
   *
   * @param types entries, the expired ones included
   * @param expired entries past their time, which are misses until they are removed
   * @param bytes of the payloads
   */
  record Kept(
      String dataset, String uuid, String lastDatabaseEdit, long types, long expired, long bytes) {}

  /**
   * Which entries are meant.
   *
   * @param dataset null for all
   * @param types empty for all
   */
  record Selection(String dataset, Collection<String> types) {

    boolean holds(String datasetOfEntry, String type) {
      return (dataset == null || dataset.equals(datasetOfEntry))
          && (types.isEmpty() || types.contains(type));
    }
  }
}
