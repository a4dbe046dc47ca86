package quickpage.index.site.publish;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import quickpage.index.io.InParallel;
import quickpage.index.model.TransientFailure;
import quickpage.index.site.publish.PublicationRecord.Publication;
import quickpage.index.site.publish.PublicationRecord.PublishedFile;
import quickpage.index.site.store.Content;
import quickpage.index.site.store.ObjectHeaders;
import quickpage.index.site.store.ObjectStore;

/**
 * Files of somebody else in the places of ours: copied before they are replaced, as publication 0,
 * so that a rollback can bring them back with all their headers.
 */
final class Originals {

  private final PublishedSite site;
  private final FileOwnership ownership;

  Originals(PublishedSite site, PublicationRecord record) {
    this.site = site;
    this.ownership = new FileOwnership(site, record);
  }

  /**
   * Copies what is somebody else's.
   *
   * @param paths of all files that are about to be written
   * @return the record with them; the same if there is none
   */
  PublicationRecord keep(PublicationRecord record, Set<String> paths) {
    List<PublishedFile> kept =
        InParallel.map(
                List.copyOf(paths),
                path -> ownership.mayReplace(path) ? Optional.<PublishedFile>empty() : keep(path))
            .stream()
            .flatMap(Optional::stream)
            .toList();
    if (kept.isEmpty()) {
      return record;
    }
    Set<String> replaced = PublishedFile.paths(kept);
    Stream<PublishedFile> before =
        record.numbered(0).map(Publication::files).orElse(List.of()).stream()
            .filter(file -> !replaced.contains(file.path()));
    return record.with(
        Publication.ofOriginals(Stream.concat(before, kept.stream()).toList()), record.current());
  }

  /** Empty if it was removed meanwhile. */
  private Optional<PublishedFile> keep(String path) {
    Optional<ObjectStore.Stored> found = site.store().read(site.key(path));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (ObjectStore.Stored stored = found.get()) {
      ObjectHeaders headers =
          stored.headers().contentType() == null
              ? ObjectHeaders.of(contentType(path), null)
              : stored.headers();
      Content content = new Content(stored.body().readAllBytes(), null, headers);
      site.store().write(site.copyKey(0, path), content);
      return Optional.of(PublishedFile.of(path, content, stored.etag()));
    } catch (IOException e) {
      throw new TransientFailure("Reading " + site.key(path) + " ended too early.", e);
    }
  }

  /** Where the store keeps none. */
  private static String contentType(String path) {
    if (path.endsWith(".html")) {
      return "text/html; charset=utf-8";
    }
    return path.endsWith(".json") ? "application/json" : "text/javascript; charset=utf-8";
  }
}
