package quickpage.index.embedded.site;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import quickpage.index.error.RefusedException;
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

  /** Runs before each write on condition but that of the record: before the page is written. */
  public Runnable meanwhile = () -> {};

  /** Is told of each key before it is read. */
  Consumer<String> beforeRead = key -> {};

  /** Keys that the store does not let go, as where s3:DeleteObject is missing. */
  Predicate<String> keeps = key -> false;

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
  public Optional<Head> head(String key) {
    return store.head(key);
  }

  @Override
  public Optional<Stored> read(String key) {
    beforeRead.accept(key);
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
    if (!key.endsWith("state.json")) {
      meanwhile.run();
    }
    written.add(key);
    Optional<String> etag = store.writeIfUnchanged(key, content, seen);
    breakIf(breaksBehind.test(key));
    return etag;
  }

  @Override
  public void delete(Collection<String> keys) {
    store.delete(keys.stream().filter(keeps.negate()).toList());
    keys.stream()
        .filter(keeps)
        .findFirst()
        .ifPresent(
            key -> {
              throw new RefusedException("S3 does not let this run remove %s.".formatted(key));
            });
  }
}
