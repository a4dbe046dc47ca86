package quickpage.index.site.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The objects of one bucket, as far as an index run needs them. Failures that another attempt may
 * mend are {@link quickpage.index.model.TransientFailure}, the others {@link
 * quickpage.index.error.RefusedException}s that name bucket and key.
 */
public interface ObjectStore {

  /** The bucket's name. */
  String bucket();

  /** Where a key is, for a sentence: {@code s3://bucket/key}, or a path on one machine. */
  String address(String key);

  /**
   * Names of the {@code *.html} objects directly in a folder, without the folder; in no order.
   *
   * @param folder "" or ending in a slash
   */
  List<String> htmlFilesIn(String folder);

  /** All keys that begin with a prefix, sorted. */
  List<String> keysUnder(String prefix);

  /** What is known of an object without reading it; empty where there is none. */
  Optional<Head> head(String key);

  /** The object's ETag; empty where there is none. */
  default Optional<String> etag(String key) {
    return head(key).map(Head::etag);
  }

  /** The object, to be closed by the caller; empty where there is none. */
  Optional<Stored> read(String key);

  /** Writes an object whole, replacing what was there; gives its ETag. */
  String write(String key, Content content);

  /**
   * Writes an object only if what is there is what the caller has seen.
   *
   * @param seen the ETag; empty if there was none
   * @return the new ETag; empty if somebody else has written meanwhile
   */
  Optional<String> writeIfUnchanged(String key, Content content, Optional<String> seen);

  /**
   * Makes an object ready to be written later. Where a store can, the object is whole in it from
   * now on but for its name, so that what is lacking, such as room on a disk, shows now and not
   * when readers see a part of a release already; elsewhere nothing is written before {@link
   * Prepared#write}.
   */
  default Prepared prepare(String key, Content content) {
    return new Prepared() {
      @Override
      public String write() {
        return ObjectStore.this.write(key, content);
      }

      @Override
      public Optional<String> writeIfUnchanged(Optional<String> seen) {
        return ObjectStore.this.writeIfUnchanged(key, content, seen);
      }

      @Override
      public void close() {}
    };
  }

  /** An object that is ready to be written; closed without that, nothing is left of it. */
  interface Prepared extends AutoCloseable {

    /** As {@link ObjectStore#write}. */
    String write();

    /** As {@link ObjectStore#writeIfUnchanged}. */
    Optional<String> writeIfUnchanged(Optional<String> seen);

    @Override
    void close();
  }

  /**
   * Removes objects; keys that are not there do no harm. It tries all of them before it fails for
   * one.
   */
  void delete(Collection<String> keys);

  /** What is known of an object beside its content. */
  record Head(String etag, ObjectHeaders headers) {}

  /** An object being read. */
  record Stored(InputStream body, String etag, ObjectHeaders headers) implements AutoCloseable {

    /** An object of a store that keeps no headers. */
    public Stored(InputStream body, String etag) {
      this(body, etag, ObjectHeaders.NONE);
    }

    @Override
    public void close() throws IOException {
      body.close();
    }
  }
}
