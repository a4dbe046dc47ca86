package quickpage.index.site.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** A bucket in memory, for tests of what stages decide; how S3 behaves is tested with S3. */
public class MemoryStore implements ObjectStore {

  public final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();

  /** Of what was written through the store. */
  private final Map<String, ObjectHeaders> headers = new ConcurrentHashMap<>();

  private ObjectHeaders headers(String key) {
    return headers.getOrDefault(key, ObjectHeaders.NONE);
  }

  @Override
  public String bucket() {
    return "memory";
  }

  @Override
  public String address(String key) {
    return "memory/" + key;
  }

  @Override
  public List<String> htmlFilesIn(String folder) {
    return objects.keySet().stream()
        .filter(key -> key.startsWith(folder) && key.endsWith(".html"))
        .map(key -> key.substring(folder.length()))
        .filter(name -> name.indexOf('/') < 0)
        .toList();
  }

  @Override
  public List<String> keysUnder(String prefix) {
    return objects.keySet().stream().filter(key -> key.startsWith(prefix)).toList();
  }

  @Override
  public Optional<Head> head(String key) {
    return Optional.ofNullable(objects.get(key)).map(bytes -> new Head(etag(bytes), headers(key)));
  }

  private static String etag(byte[] bytes) {
    return "\"" + Arrays.hashCode(bytes) + "\"";
  }

  @Override
  public Optional<Stored> read(String key) {
    return Optional.ofNullable(objects.get(key))
        .map(bytes -> new Stored(new ByteArrayInputStream(bytes), etag(bytes), headers(key)));
  }

  @Override
  public String write(String key, Content content) {
    try (var in = content.open()) {
      byte[] bytes = in.readAllBytes();
      objects.put(key, bytes);
      headers.put(key, content.headers());
      return etag(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized Optional<String> writeIfUnchanged(
      String key, Content content, Optional<String> seen) {
    return etag(key).equals(seen) ? Optional.of(write(key, content)) : Optional.empty();
  }

  @Override
  public void delete(Collection<String> keys) {
    objects.keySet().removeAll(keys);
  }
}
