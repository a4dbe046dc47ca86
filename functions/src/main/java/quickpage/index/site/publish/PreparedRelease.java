package quickpage.index.site.publish;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import quickpage.index.io.InParallel;
import quickpage.index.json.Json;
import quickpage.index.site.publish.Publications.Release;
import quickpage.index.site.store.Content;
import quickpage.index.site.store.ObjectStore;

/**
 * What readers are about to see, ready in the store before the first of it gets its name: a disk
 * that is full then leaves every file as it was.
 */
final class PreparedRelease implements AutoCloseable {

  /** More than a file's ETag takes in the record. */
  private static final int ETAG_BYTES = 100;

  private final PublishedSite site;
  private final Release release;
  private final Map<String, ObjectStore.Prepared> files = new ConcurrentSkipListMap<>();
  private final List<ObjectStore.Prepared> others = new ArrayList<>();
  private final ObjectStore.Prepared page;

  PreparedRelease(PublishedSite site, Release release, PublicationRecord pending) {
    this.site = site;
    this.release = release;
    try {
      InParallel.map(
          List.copyOf(release.files().entrySet()),
          file ->
              files.computeIfAbsent(
                  file.getKey(), path -> site.store().prepare(site.key(path), file.getValue())));
      page = site.store().prepare(site.key(release.page()), release.pageContent());
      others.add(page);
      // Room for the record that is written afterwards, with an ETag for each file.
      byte[] record = Json.bytes(pending);
      byte[] room = Arrays.copyOf(record, record.length + (files.size() + 1) * ETAG_BYTES);
      others.add(site.store().prepare(site.recordKey(), Content.json(room)));
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * Gives all of it its names, the page last.
   *
   * @param seen the page's ETag when the run began to compose
   * @return the ETags by path; empty if somebody else has changed the page, which then stays
   */
  Optional<Map<String, String>> write(Optional<String> seen) {
    Map<String, String> etags = new ConcurrentHashMap<>();
    InParallel.map(
        List.copyOf(files.entrySet()), file -> etags.put(file.getKey(), file.getValue().write()));
    return ConditionalWrite.write(
            site.store(), site.key(release.page()), page, release.pageContent(), seen)
        .map(
            etag -> {
              etags.put(release.page(), etag);
              return etags;
            });
  }

  @Override
  public void close() {
    files.values().forEach(ObjectStore.Prepared::close);
    others.forEach(ObjectStore.Prepared::close);
  }
}
