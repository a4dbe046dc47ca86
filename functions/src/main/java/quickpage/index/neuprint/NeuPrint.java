package quickpage.index.neuprint;

import quickpage.index.error.DatasetEditedException;
import quickpage.index.error.RefusedException;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.run.QueryStatistics;

/**
 * The questions that an index run asks NeuPrint. Each retries what another attempt may mend; what
 * is left is a {@link RefusedException} whose sentence names the server and what to do. An answer
 * about the dataset that is not whole by its own numbers is refused, too.
 */
public interface NeuPrint {

  /**
   * Checks that the token may read the dataset and that its name is spelled as the server spells
   * it.
   *
   * @throws RefusedException if not, with the names that come near
   */
  void checkDataset(String dataset);

  /**
   * The version of the dataset as it is now; one query that reads nothing else.
   *
   * @throws RefusedException if the dataset has no Meta node, so that no version is known
   */
  DatasetVersion version(String dataset);

  /** All types with their neuron counts; one query. */
  TypeCensus types(String dataset);

  /** Version, ROI hierarchy and primary ROIs; one query. */
  DatasetMeta meta(String dataset);

  /** Whether any neuron has a side property; one query. */
  SideProperties sideProperties(String dataset);

  /**
   * Describes many types, several queries in flight, and returns when each has been heard of.
   *
   * @throws DatasetEditedException as soon as an answer comes from another version; no type of that
   *     answer is reported
   */
  void describe(TypeQuestion question, DescribeListener listener);

  /** What was asked so far, by all callers of this object. */
  QueryStatistics statistics();
}
