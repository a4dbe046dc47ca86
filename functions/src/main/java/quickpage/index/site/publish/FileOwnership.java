package quickpage.index.site.publish;

import java.util.Optional;
import quickpage.index.site.store.ContentIdentity;
import quickpage.index.site.store.ObjectStore;

/** Whose the files of a site with fixed names are. */
final class FileOwnership {

  private final PublishedSite site;
  private final PublicationRecord record;

  FileOwnership(PublishedSite site, PublicationRecord record) {
    this.site = site;
    this.record = record;
  }

  /**
   * Whether nobody else's file is at a path: there is none, or it is one that we published. Files
   * say so themselves, by their metadata, also where the record was removed. Of forgotten
   * publications only the names are known, so what does not say so there may be somebody else's.
   */
  boolean mayReplace(String path) {
    String key = site.key(path);
    return site.store().head(key).map(head -> isPublished(path, head)).orElse(true)
        || site.store()
            .read(key)
            .map(stored -> record.publishedWith(path, ContentIdentity.of(stored)))
            // Somebody has removed it since the first look.
            .orElse(true);
  }

  /** Whether an object, as it is described, is one that we published. */
  boolean isPublished(String path, ObjectStore.Head head) {
    return record.publishedAs(path, head.etag()) || PublishedMetadata.isIn(head.headers());
  }

  /**
   * What is at a path and may be replaced by a rollback: a file of ours, one that an earlier
   * rollback brought back, or none.
   *
   * @return the ETag, empty for no file; empty as a whole if the file is somebody else's
   */
  Optional<Replaceable> replaceable(String path) {
    Optional<ObjectStore.Stored> stored = site.store().read(site.key(path));
    if (stored.isEmpty()) {
      return Optional.of(new Replaceable(Optional.empty()));
    }
    ContentIdentity content = ContentIdentity.of(stored.get());
    return record.has(path, content) || PublishedMetadata.isIn(stored.get().headers())
        ? Optional.of(new Replaceable(Optional.of(stored.get().etag())))
        : Optional.empty();
  }

  /**
   * What a rollback may replace.
   *
   * @param etag empty where there is no file
   */
  record Replaceable(Optional<String> etag) {}
}
