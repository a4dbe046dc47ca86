package quickpage.index.site.publish;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import quickpage.index.site.publish.Publications.Release;
import quickpage.index.site.store.Content;
import quickpage.index.site.store.ContentIdentity;
import quickpage.index.site.store.ObjectHeaders;

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
 * @param unremoved files of forgotten publications that could not be removed, relative to the site
 *     root; missing in records of former versions
 */
public record PublicationRecord(
    int format,
    Integer current,
    List<Publication> publications,
    Set<String> formerPaths,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Set<String> unremoved) {

  static final int FORMAT = 1;

  static final PublicationRecord EMPTY =
      new PublicationRecord(FORMAT, null, List.of(), Set.of(), Set.of());

  public PublicationRecord {
    publications = List.copyOf(publications);
    formerPaths = sorted(formerPaths);
    unremoved = sorted(unremoved);
  }

  private static Set<String> sorted(Set<String> paths) {
    return Collections.unmodifiableSet(new TreeSet<>(paths == null ? Set.of() : paths));
  }

  /** The next state, which forgets no name that was ever ours. */
  PublicationRecord with(Integer current, List<Publication> publications) {
    Set<String> former = ownPaths();
    ownFiles(publications).map(PublishedFile::path).forEach(former::remove);
    return new PublicationRecord(FORMAT, current, publications, former, unremoved);
  }

  /** The next state, with one publication added or replaced. */
  PublicationRecord with(Publication publication, Integer current) {
    return with(
        current,
        Stream.concat(
                publications.stream().filter(p -> p.number() != publication.number()),
                Stream.of(publication))
            .sorted(Comparator.comparingInt(Publication::number))
            .toList());
  }

  PublicationRecord withUnremoved(Set<String> paths) {
    return new PublicationRecord(FORMAT, current, publications, formerPaths, paths);
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

    /** Publication 0: somebody else's files. */
    static Publication ofOriginals(List<PublishedFile> files) {
      return new Publication(0, "", "", true, files, List.of(), null, false);
    }

    /** One that is being published. */
    static Publication begun(int number, Release release, List<PublishedFile> files) {
      return new Publication(
          number,
          release.run(),
          release.generatedAt(),
          false,
          files,
          release.assets().keySet().stream().sorted().toList(),
          release.page(),
          false);
    }

    /** The same when readers see all of it. */
    Publication finished(List<PublishedFile> published) {
      return new Publication(number, run, generatedAt, true, published, assets, page, false);
    }

    Publication asWithdrawn() {
      return new Publication(number, run, generatedAt, complete, files, assets, page, true);
    }

    /** The same under other ETags: published again. */
    Publication with(List<PublishedFile> again) {
      return new Publication(number, run, generatedAt, complete, again, assets, page, withdrawn);
    }

    /** Whether a file is one of its own, with a fixed or a hashed name. */
    boolean names(String path) {
      return file(path).isPresent() || assets.contains(path);
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
   * @param otherHeaders {@link ObjectHeaders#others}; missing in records of former versions, like
   *     the next
   * @param metadata {@link ObjectHeaders#metadata}
   */
  record PublishedFile(
      String path,
      String sha256,
      String checksum,
      String etag,
      String contentType,
      String cacheControl,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> otherHeaders,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> metadata) {

    PublishedFile {
      ObjectHeaders headers = new ObjectHeaders(contentType, cacheControl, otherHeaders, metadata);
      otherHeaders = headers.others();
      metadata = headers.metadata();
    }

    /** A file that is about to be written, or was found. */
    static PublishedFile of(String path, Content content, String etag) {
      ObjectHeaders headers = content.headers();
      return new PublishedFile(
          path,
          "",
          ContentIdentity.checksum(content),
          etag,
          headers.contentType(),
          headers.cacheControl(),
          headers.others(),
          headers.metadata());
    }

    static Set<String> paths(Collection<PublishedFile> files) {
      return files.stream().map(PublishedFile::path).collect(Collectors.toSet());
    }

    PublishedFile withEtag(String published) {
      return new PublishedFile(
          path, sha256, checksum, published, contentType, cacheControl, otherHeaders, metadata);
    }

    /** With which it was published, or found. */
    ObjectHeaders headers() {
      return new ObjectHeaders(contentType, cacheControl, otherHeaders, metadata);
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

  /** Whether a file with this content is ours, or is kept as somebody else's. */
  boolean has(String path, ContentIdentity content) {
    return publications.stream()
        .anyMatch(p -> p.file(path).filter(file -> file.has(content)).isPresent());
  }

  /** The publication that readers see; empty before the first, and after going back to 0. */
  Optional<Publication> currentOfOurs() {
    return Optional.ofNullable(current).filter(number -> number > 0).flatMap(this::numbered);
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
