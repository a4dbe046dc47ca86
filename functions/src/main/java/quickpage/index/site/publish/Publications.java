package quickpage.index.site.publish;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import quickpage.index.error.RefusedException;
import quickpage.index.site.publish.PublicationRecord.Publication;
import quickpage.index.site.publish.PublicationRecord.PublishedFile;
import quickpage.index.site.store.Content;
import quickpage.index.site.store.ObjectStore;

/**
 * Publishing an index in a site, so that readers never see half of one. S3 changes one object at a
 * time: files with hashed names go first, then those with fixed names, each whole, and last the
 * page that names the hashed files, only if it is still the one that was seen when the run began to
 * compose. Files that were there before and are not ours are kept as publication 0.
 *
 * <p>What was published until now is read once; for one thread.
 */
public final class Publications {

  /** The file with all types, which every publication has. */
  public static final String INDEX = "data/index.json";

  private final PublishedSite site;
  private final RecordFile file;

  private Publications(PublishedSite site, RecordFile file) {
    this.site = site;
    this.file = file;
  }

  /** What was published in a site until now. */
  public static Publications of(ObjectStore store, String prefix) {
    PublishedSite site = new PublishedSite(store, prefix);
    return new Publications(site, RecordFile.read(site));
  }

  /** Paths, relative to the site root, of all files with fixed names that are or were ours. */
  public Set<String> ownPaths() {
    return record().ownPaths();
  }

  private PublicationRecord record() {
    return file.record();
  }

  /**
   * Whether nobody else's file is at a path: there is none, or it is one that we published. Of
   * forgotten publications only the names are known, so what is there and does not say itself that
   * it is ours may be somebody else's.
   */
  public boolean mayReplace(String path) {
    return new FileOwnership(site, record()).mayReplace(path);
  }

  /**
   * Whether the index that readers see needs a file that is not there as it was published: it was
   * removed, or somebody else has written over it. The next run publishes it anew.
   *
   * <p>Where nothing is known of publications, for that record was removed with all else, {@link
   * #INDEX} tells, which nobody but a run writes.
   *
   * @param path relative to the site root
   */
  public boolean lacks(String path) {
    boolean needed =
        record().publications().isEmpty()
            ? path.equals(INDEX)
            : record().currentOfOurs().filter(current -> current.names(path)).isPresent();
    return needed
        && site.store()
            .head(site.key(path))
            .filter(head -> new FileOwnership(site, record()).isPublished(path, head))
            .isEmpty();
  }

  /** The page's ETag, to be read before the work that its replacement rests on. */
  public Optional<String> pageSeen(String page) {
    return site.store().etag(site.key(page));
  }

  /**
   * An index to be published.
   *
   * @param assets files with hashed names, by path relative to the site root
   * @param files files with fixed names but for the page
   * @param page path of the page that is switched last
   */
  public record Release(
      String run,
      String generatedAt,
      Map<String, Content> assets,
      Map<String, Content> files,
      String page,
      Content pageContent) {

    Release withMetadata(Map<String, String> metadata) {
      return new Release(
          run,
          generatedAt,
          withMetadata(assets, metadata),
          withMetadata(files, metadata),
          page,
          pageContent.withMetadata(metadata));
    }

    private static Map<String, Content> withMetadata(
        Map<String, Content> contents, Map<String, String> metadata) {
      return contents.entrySet().stream()
          .collect(
              Collectors.toMap(Map.Entry::getKey, one -> one.getValue().withMetadata(metadata)));
    }
  }

  /**
   * Publishes a release.
   *
   * @param seen the page's ETag when the run began to compose
   * @return the publication's number
   * @throws RefusedException if the page, or the record of publications, was changed by somebody
   *     else meanwhile
   */
  public int publish(Release release, Optional<String> seen) {
    return new ReleasePublisher(site, file, release).publish(seen);
  }

  /**
   * Publishes again what readers saw before: the newest publication before the current one that no
   * rollback has withdrawn, or what was there before ours. The same again goes one further back,
   * and never forward: for that a run is started.
   *
   * <p>Whoever calls holds the site's lease.
   *
   * @throws RefusedException if there is nothing to go back to, or somebody else changed the page
   */
  public RolledBack rollback() {
    return rollback(null);
  }

  /**
   * The same, as far back as a certain publication.
   *
   * @param to number of an earlier one that {@link #history} has, 0 for what was there before ours;
   *     null for the one before the current
   * @throws RefusedException also if there is no such publication to go back to
   */
  public RolledBack rollback(Integer to) {
    return rollback(to, () -> {});
  }

  /**
   * The same for somebody who may do so only for a time.
   *
   * @param guard called before each step that changes the site; throws if it must not be changed
   *     any more
   */
  public RolledBack rollback(Integer to, Runnable guard) {
    return new Rollback(site, file, guard).run(to);
  }

  /**
   * One publication that is kept.
   *
   * @param number 0 for the files that were there before ours
   * @param run that made it; "" for 0
   * @param generatedAt when that run began; "" for 0
   * @param status what a rollback may do with it
   * @param files with fixed names, relative to the site root, sorted
   */
  public record Kept(
      int number, String run, String generatedAt, ReleaseStatus status, List<String> files) {}

  /** What a publication is to readers. */
  public enum ReleaseStatus {
    /** They see it. */
    CURRENT,
    /** They saw it before; a rollback can bring it back. */
    EARLIER,
    /** A rollback went behind it; only a run publishes anew. */
    WITHDRAWN,
    /** Its publication did not come to its end. */
    INCOMPLETE
  }

  /** Somebody else's files that are kept as number 0, with what tells their contents apart. */
  public Map<String, String> originals() {
    Map<String, String> originals = new HashMap<>();
    record()
        .numbered(0)
        .map(Publication::files)
        .orElse(List.of())
        .forEach(
            file ->
                originals.put(
                    file.path(), file.checksum() == null ? file.sha256() : file.checksum()));
    return originals;
  }

  /** What is kept, the newest first. */
  public List<Kept> history() {
    return record().publications().stream()
        .sorted(Comparator.comparingInt(Publication::number).reversed())
        .map(
            p ->
                new Kept(
                    p.number(),
                    p.run(),
                    p.generatedAt(),
                    status(p),
                    p.files().stream().map(PublishedFile::path).sorted().toList()))
        .toList();
  }

  private ReleaseStatus status(Publication publication) {
    if (record().current() != null && publication.number() == record().current()) {
      return ReleaseStatus.CURRENT;
    }
    if (publication.withdrawn()) {
      return ReleaseStatus.WITHDRAWN;
    }
    return publication.complete() ? ReleaseStatus.EARLIER : ReleaseStatus.INCOMPLETE;
  }

  /**
   * Whether a rollback was the last thing that happened: then only a person publishes anew, and no
   * change of a page does.
   */
  public boolean isRolledBack() {
    return record().publications().stream()
        .filter(Publication::complete)
        .max(Comparator.comparingInt(Publication::number))
        .filter(Publication::withdrawn)
        .isPresent();
  }

  /** The page that readers open, relative to the site root; empty before the first publication. */
  public Optional<String> page() {
    return record().currentOfOurs().flatMap(Publication::pagePath);
  }

  /**
   * What a rollback did.
   *
   * @param from number of the publication that readers saw until now
   * @param to number of the one that they see now; 0 for what was there before ours
   * @param run that made it; "" for 0
   * @param generatedAt when that run began; "" for 0
   */
  public record RolledBack(int from, int to, String run, String generatedAt) {}
}
