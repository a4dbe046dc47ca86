package quickpage.index.workflow;

/** Reads the object that holds the items of a Distributed Map. */
@FunctionalInterface
public interface ItemSource {
  /**
   * Reads one object whole.
   *
   * @return JSON in UTF-8
   * @throws RuntimeException the object is not there or cannot be read: {@code
   *     States.ItemReaderFailed} with the exception's message
   */
  byte[] read(String bucket, String key);
}
