package quickpage.index.site.publish;

import java.util.Optional;
import quickpage.index.site.store.Content;
import quickpage.index.site.store.ContentIdentity;
import quickpage.index.site.store.ObjectStore;

/**
 * Writing an object only over what was seen. Where the answer to a write is lost, the client
 * repeats it and finds its own object changed: what has our content was written by us.
 */
final class ConditionalWrite {

  private ConditionalWrite() {}

  /**
   * Writes an object.
   *
   * @param seen the ETag of what is there; empty for nothing
   * @return the new ETag; empty if somebody else has written meanwhile
   */
  static Optional<String> write(
      ObjectStore store, String key, Content content, Optional<String> seen) {
    return store.writeIfUnchanged(key, content, seen).or(() -> written(store, key, content));
  }

  /** The same for an object that is ready already. */
  static Optional<String> write(
      ObjectStore store,
      String key,
      ObjectStore.Prepared prepared,
      Content content,
      Optional<String> seen) {
    return prepared.writeIfUnchanged(seen).or(() -> written(store, key, content));
  }

  private static Optional<String> written(ObjectStore store, String key, Content content) {
    String ours = ContentIdentity.checksum(content);
    return store
        .read(key)
        .filter(stored -> ContentIdentity.of(stored).checksum().equals(ours))
        .map(ObjectStore.Stored::etag);
  }
}
