package quickpage.index.embedded.site;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import quickpage.index.model.TransientFailure;
import quickpage.index.site.store.Content;
import quickpage.index.site.store.ObjectStore;

/** A store whose writes are watched, and may break off as where a function is killed. */
public final class WatchedStore implements ObjectStore {

  private final ObjectStore store;

  /** Keys in the order in which their writes began. */
  final List<String> written = Collections.synchronizedList(new ArrayList<>());

  /** Before the write of such a key all ends. */
  Predicate<String> breaksBefore = key -> false;

  /** Behind the write of such a key all ends. */
  Predicate<String> breaksBehind = key -> false;

  /** Runs once before the page is written on condition. */
  public Runnable meanwhile = () -> {};

  public WatchedStore(ObjectStore store) {
    this.store = store;
  }

  private void breakIf(boolean here) {
    if (here) {
      throw new TransientFailure("broken off", null);
    }
  }

  @Override
  public String bucket() {
    return store.bucket();
  }

  @Override
  public String address(String key) {
    return store.address(key);
  }

  @Override
  public List<String> htmlFilesIn(String folder) {
    return store.htmlFilesIn(folder);
  }

  @Override
  public List<String> keysUnder(String prefix) {
    return store.keysUnder(prefix);
  }

  @Override
  public Optional<String> etag(String key) {
    return store.etag(key);
  }

  @Override
  public Optional<Stored> read(String key) {
    return store.read(key);
  }

  @Override
  public String write(String key, Content content) {
    breakIf(breaksBefore.test(key));
    written.add(key);
    String etag = store.write(key, content);
    breakIf(breaksBehind.test(key));
    return etag;
  }

  @Override
  public Optional<String> writeIfUnchanged(String key, Content content, Optional<String> seen) {
    breakIf(breaksBefore.test(key));
    meanwhile.run();
    written.add(key);
    Optional<String> etag = store.writeIfUnchanged(key, content, seen);
    breakIf(breaksBehind.test(key));
    return etag;
  }

  @Override
  public void delete(Collection<String> keys) {
    store.delete(keys);
  }
}
