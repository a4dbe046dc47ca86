package quickpage.index.site.publish;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import quickpage.index.site.store.ContentIdentity;

/**
 * What was published in a site, {@code .quickpage-index/published/state.json}.
 *
 * @param format {@link #FORMAT}
 * @param current number of the publication that readers see, 0 for what was there before ours; null
 *     before the first
 * @param publications kept ones, by number; 0 holds the files that were there before ours
 * @param formerPaths names that only forgotten publications wrote, relative to the site root: the
 *     files may still lie there, and are no type's pages. Records of versions that forgot the names
 *     too do not have it; those versions pass it over, so that the format stays the same
 */
public record PublicationRecord(
    int format, Integer current, List<Publication> publications, Set<String> formerPaths) {

  static final int FORMAT = 1;

  static final PublicationRecord EMPTY = new PublicationRecord(FORMAT, null, List.of(), Set.of());

  public PublicationRecord {
    publications = List.copyOf(publications);
    formerPaths =
        Collections.unmodifiableSet(new TreeSet<>(formerPaths == null ? Set.of() : formerPaths));
  }

  /** The next state, which forgets no name that was ever ours. */
  PublicationRecord with(Integer current, List<Publication> publications) {
    Set<String> former = ownPaths();
    ownFiles(publications).map(PublishedFile::path).forEach(former::remove);
    return new PublicationRecord(FORMAT, current, publications, former);
  }

  /**
   * One publication; its files with fixed names are kept under {@code published/NUMBER/}.
   *
   * @param complete false while it is being published, and for ever if that never ended
   * @param files with fixed names
   * @param assets paths of the files with hashed names that its page loads
   * @param page path of the page among the files that is switched last; null for 0, and in records
   *     of versions that could not roll back
   * @param withdrawn whether a rollback went behind it, so that no other goes to it
   */
  record Publication(
      int number,
      String run,
      String generatedAt,
      boolean complete,
      List<PublishedFile> files,
      List<String> assets,
      String page,
      boolean withdrawn) {

    Publication {
      files = List.copyOf(files);
      assets = List.copyOf(assets);
    }

    Publication asWithdrawn() {
      return new Publication(number, run, generatedAt, complete, files, assets, page, true);
    }

    /** The same under other ETags: published again. */
    Publication with(List<PublishedFile> again) {
      return new Publication(number, run, generatedAt, complete, again, assets, page, withdrawn);
    }

    Optional<PublishedFile> file(String path) {
      return files.stream().filter(file -> file.path().equals(path)).findFirst();
    }

    /** Where a record does not say: the layouts' names for the page, else the only one there is. */
    Optional<String> pagePath() {
      if (page != null) {
        return Optional.of(page);
      }
      List<String> pages =
          files.stream().map(PublishedFile::path).filter(path -> path.endsWith(".html")).toList();
      return List.of("types.html", "index.html").stream()
          .filter(pages::contains)
          .findFirst()
          .or(() -> pages.stream().findFirst());
    }
  }

  /**
   * A file with a fixed name.
   *
   * @param path relative to the site root
   * @param sha256 in records of former versions; "" in those of this one, for former ones read it
   * @param checksum {@link ContentChecksum}; null in records of former versions
   * @param etag as the store gave it; null while it is being published
   */
  record PublishedFile(
      String path,
      String sha256,
      String checksum,
      String etag,
      String contentType,
      String cacheControl) {

    PublishedFile withEtag(String published) {
      return new PublishedFile(path, sha256, checksum, published, contentType, cacheControl);
    }

    /** Whether this content is the file's. */
    boolean has(ContentIdentity content) {
      return checksum == null
          ? content.sha256().equals(sha256)
          : content.checksum().equals(checksum);
    }
  }

  Optional<Publication> numbered(int number) {
    return publications.stream().filter(p -> p.number() == number).findFirst();
  }

  int nextNumber() {
    return publications.stream().mapToInt(Publication::number).max().orElse(0) + 1;
  }

  /** Whether a file with this ETag is known to be ours. */
  boolean publishedAs(String path, String etag) {
    return ownFiles(publications)
        .anyMatch(file -> file.path().equals(path) && etag.equals(file.etag()));
  }

  /** Whether a file with this content is ours. */
  boolean publishedWith(String path, ContentIdentity content) {
    return ownFiles(publications).anyMatch(file -> file.path().equals(path) && file.has(content));
  }

  private static Stream<PublishedFile> ownFiles(List<Publication> publications) {
    return publications.stream().filter(p -> p.number() > 0).flatMap(p -> p.files().stream());
  }

  /** Paths of all files with fixed names that are or were ours. */
  Set<String> ownPaths() {
    Set<String> paths = new TreeSet<>(formerPaths);
    ownFiles(publications).map(PublishedFile::path).forEach(paths::add);
    return paths;
  }
}
