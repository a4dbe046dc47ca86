package quickpage.index.site.publish;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quickpage.index.error.RefusedException;
import quickpage.index.io.InParallel;
import quickpage.index.json.Json;
import quickpage.index.model.Remedy;
import quickpage.index.model.TransientFailure;
import quickpage.index.site.publish.PublicationRecord.Publication;
import quickpage.index.site.publish.PublicationRecord.PublishedFile;
import quickpage.index.site.run.RunFolder;
import quickpage.index.site.store.Content;
import quickpage.index.site.store.ContentIdentity;
import quickpage.index.site.store.ObjectStore;

/**
 * Publishing an index in a site, so that readers never see half of one. S3 changes one object at a
 * time: files with hashed names go first, then those with fixed names, each whole, and last the
 * page that names the hashed files, only if it is still the one that was seen when the run began to
 * compose. Files that were there before and are not ours are kept as publication 0.
 */
public final class Publications {

  private static final Logger LOG = LoggerFactory.getLogger(Publications.class);

  /** Hashed files of a publication stay for two more, for readers who still have its page. */
  private static final int KEPT = 3;

  /** More than a file's ETag takes in the record. */
  private static final int ETAG_BYTES = 100;

  private final ObjectStore store;
  private final String prefix;
  private final String folder;
  private final PublicationRecord record;

  private Publications(ObjectStore store, String prefix, PublicationRecord record) {
    this.store = store;
    this.prefix = prefix;
    this.folder = prefix + RunFolder.OWN + "published/";
    this.record = record;
  }

  /** What was published in a site until now. */
  public static Publications of(ObjectStore store, String prefix) {
    String key = prefix + RunFolder.OWN + "published/state.json";
    PublicationRecord record =
        store.read(key).map(stored -> parse(key, stored)).orElse(PublicationRecord.EMPTY);
    return new Publications(store, prefix, record);
  }

  private static PublicationRecord parse(String key, ObjectStore.Stored stored) {
    try (stored) {
      JsonNode tree = Json.MAPPER.readTree(stored.body());
      if (!tree.has("format")) {
        throw damaged(key, null);
      }
      int format = tree.path("format").asInt();
      if (format != PublicationRecord.FORMAT) {
        throw new RefusedException(
            Remedy.LATER,
            "The file %s was written by another version (format %d, this version reads %d): publish with that version."
                .formatted(key, format, PublicationRecord.FORMAT));
      }
      return Json.convert(tree, PublicationRecord.class);
    } catch (IOException | IllegalArgumentException e) {
      if (Json.isDamage(e)) {
        throw damaged(key, e);
      }
      throw new TransientFailure("Reading " + key + " ended too early.", e);
    }
  }

  private static RefusedException damaged(String key, Exception cause) {
    return new RefusedException(
        "The file %s is damaged: restore or remove it, then start the run again.".formatted(key),
        cause);
  }

  /** Paths, relative to the site root, of all files with fixed names that are or were ours. */
  public Set<String> ownPaths() {
    return record.ownPaths();
  }

  /**
   * Whether nobody else's file is at a path: there is none, or it is one that we published. Of
   * forgotten publications only the names are known, so what is there may be somebody else's.
   */
  public boolean mayReplace(String path) {
    Optional<String> etag = store.etag(prefix + path);
    return etag.isEmpty()
        || record.publishedAs(path, etag.get())
        || record.publishedWith(path, ContentIdentity.of(store.read(prefix + path).orElseThrow()));
  }

  /** The page's ETag, to be read before the work that its replacement rests on. */
  public Optional<String> pageSeen(String page) {
    return store.etag(prefix + page);
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
      Content pageContent) {}

  /**
   * Publishes a release.
   *
   * @param seen the page's ETag when the run began to compose
   * @return the publication's number
   * @throws RefusedException if the page was changed by somebody else meanwhile
   */
  public int publish(Release release, Optional<String> seen) {
    if (!store.etag(prefix + release.page()).equals(seen)) {
      throw changedMeanwhile(release.page());
    }
    Map<String, Content> all = new HashMap<>(release.files());
    all.put(release.page(), release.pageContent());
    PublicationRecord withOriginals = keepForeignFiles(all.keySet());

    int number = record.nextNumber();
    List<PublishedFile> files =
        InParallel.map(sorted(all), file -> described(file.getKey(), file.getValue(), null));
    List<String> assets = release.assets().keySet().stream().sorted().toList();
    Publication begun =
        new Publication(
            number,
            release.run(),
            release.generatedAt(),
            false,
            files,
            assets,
            release.page(),
            false);
    PublicationRecord pending = with(withOriginals, begun, withOriginals.current());
    write(pending);

    PublicationRecord done;
    try (PreparedRelease prepared = prepared(release, pending, number)) {
      Map<String, String> etags = prepared.write(seen);
      List<PublishedFile> finished =
          files.stream().map(file -> file.withEtag(etags.get(file.path()))).toList();
      done = with(pending, finished(begun, finished), number);
    }
    forgetOld(done);
    return number;
  }

  /** All of a release, but for what readers see of it. */
  private PreparedRelease prepared(Release release, PublicationRecord pending, int number) {
    Map<String, Content> copies = new HashMap<>(release.files());
    copies.put(release.page(), release.pageContent());
    try {
      InParallel.map(
          Stream.concat(
                  sorted(release.assets()).stream()
                      .map(asset -> Map.entry(prefix + asset.getKey(), asset.getValue())),
                  sorted(copies).stream()
                      .map(
                          copy ->
                              Map.entry(folder + number + "/" + copy.getKey(), copy.getValue())))
              .toList(),
          object -> store.write(object.getKey(), object.getValue()));
      return new PreparedRelease(release, pending);
    } catch (RefusedException e) {
      removeUnseen(release, copies.keySet(), number);
      throw e;
    }
  }

  /** A full disk is not to be kept full by what no reader will see. */
  private void removeUnseen(Release release, Set<String> copies, int number) {
    Set<String> seen = new TreeSet<>();
    record.publications().forEach(publication -> seen.addAll(publication.assets()));
    List<String> unseen = new ArrayList<>();
    copies.forEach(path -> unseen.add(folder + number + "/" + path));
    release.assets().keySet().stream()
        .filter(asset -> !seen.contains(asset))
        .forEach(asset -> unseen.add(prefix + asset));
    try {
      store.delete(unseen);
    } catch (RefusedException | TransientFailure e) {
      LOG.warn("{} files that nobody sees could not be removed: {}", unseen.size(), e.getMessage());
    }
  }

  private static Publication finished(Publication begun, List<PublishedFile> files) {
    return new Publication(
        begun.number(),
        begun.run(),
        begun.generatedAt(),
        true,
        files,
        begun.assets(),
        begun.page(),
        false);
  }

  /**
   * What readers are about to see, ready in the store before the first of it gets its name: a disk
   * that is full then leaves every file as it was.
   */
  private final class PreparedRelease implements AutoCloseable {
    private final Release release;
    private final Map<String, ObjectStore.Prepared> files = new ConcurrentSkipListMap<>();
    private final List<ObjectStore.Prepared> others = new ArrayList<>();
    private final ObjectStore.Prepared page;

    PreparedRelease(Release release, PublicationRecord pending) {
      this.release = release;
      try {
        InParallel.map(
            sorted(release.files()),
            file ->
                files.computeIfAbsent(
                    file.getKey(), path -> store.prepare(prefix + path, file.getValue())));
        page = store.prepare(prefix + release.page(), release.pageContent());
        others.add(page);
        // Room for the record that is written afterwards, with an ETag for each file.
        byte[] record = Json.bytes(pending);
        byte[] room = Arrays.copyOf(record, record.length + (files.size() + 1) * ETAG_BYTES);
        others.add(store.prepare(folder + "state.json", Content.json(room)));
      } catch (RuntimeException e) {
        close();
        throw e;
      }
    }

    /** Gives all of it its names, the page last; gives the ETags by path. */
    Map<String, String> write(Optional<String> seen) {
      Map<String, String> etags = new ConcurrentHashMap<>();
      InParallel.map(
          List.copyOf(files.entrySet()), file -> etags.put(file.getKey(), file.getValue().write()));
      etags.put(
          release.page(),
          page.writeIfUnchanged(seen)
              .or(() -> writtenUnheard(release))
              .orElseThrow(() -> changedMeanwhile(release.page())));
      return etags;
    }

    @Override
    public void close() {
      files.values().forEach(ObjectStore.Prepared::close);
      others.forEach(ObjectStore.Prepared::close);
    }
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
    return new Rollback(store, prefix, record).run(to);
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
    record
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
    return record.publications().stream()
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
    if (record.current() != null && publication.number() == record.current()) {
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
    return record.publications().stream()
        .filter(Publication::complete)
        .max(Comparator.comparingInt(Publication::number))
        .filter(Publication::withdrawn)
        .isPresent();
  }

  /** The page that readers open, relative to the site root; empty before the first publication. */
  public Optional<String> page() {
    return Optional.ofNullable(record.current())
        .filter(number -> number > 0)
        .flatMap(record::numbered)
        .flatMap(Publication::pagePath);
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

  /**
   * The page's ETag if it is this release's after all: where the answer to a write is lost, the
   * client repeats the write, and finds its own page changed.
   */
  private Optional<String> writtenUnheard(Release release) {
    String ours = ContentIdentity.checksum(release.pageContent());
    return store
        .read(prefix + release.page())
        .filter(stored -> ContentIdentity.of(stored).checksum().equals(ours))
        .map(ObjectStore.Stored::etag);
  }

  private RefusedException changedMeanwhile(String page) {
    return new RefusedException(
        Remedy.LATER,
        "The page %s was changed by somebody else while this run worked; it stays as it is: start the run again."
            .formatted(store.address(prefix + page)));
  }

  /** Copies what is about to be replaced and is not ours, so that a rollback can bring it back. */
  private PublicationRecord keepForeignFiles(Set<String> paths) {
    List<String> foreign =
        InParallel.map(List.copyOf(paths), path -> mayReplace(path) ? null : path).stream()
            .filter(path -> path != null)
            .toList();
    if (foreign.isEmpty()) {
      return record;
    }
    List<PublishedFile> kept = InParallel.map(foreign, this::keep);
    List<PublishedFile> before =
        record.numbered(0).map(Publication::files).orElse(List.of()).stream()
            .filter(file -> !foreign.contains(file.path()))
            .toList();
    List<PublishedFile> files = Stream.concat(before.stream(), kept.stream()).toList();
    return with(
        record, new Publication(0, "", "", true, files, List.of(), null, false), record.current());
  }

  private PublishedFile keep(String path) {
    try (ObjectStore.Stored stored = store.read(prefix + path).orElseThrow()) {
      Content content = new Content(stored.body().readAllBytes(), null, contentType(path), null);
      store.write(folder + "0/" + path, content);
      return described(path, content, stored.etag());
    } catch (IOException e) {
      throw new TransientFailure("Reading " + prefix + path + " ended too early.", e);
    }
  }

  private static String contentType(String path) {
    if (path.endsWith(".html")) {
      return "text/html; charset=utf-8";
    }
    return path.endsWith(".json") ? "application/json" : "text/javascript; charset=utf-8";
  }

  private static PublishedFile described(String path, Content content, String etag) {
    return new PublishedFile(
        path,
        "",
        ContentIdentity.checksum(content),
        etag,
        content.contentType(),
        content.cacheControl());
  }

  /** Incomplete publications are ignored. */
  private void forgetOld(PublicationRecord now) {
    int oldest =
        now.publications().stream()
            .filter(p -> p.number() > 0 && p.complete() && !p.withdrawn())
            .map(Publication::number)
            .sorted(Comparator.reverseOrder())
            .limit(KEPT)
            .reduce(Integer.MAX_VALUE, Math::min);
    List<Publication> kept =
        now.publications().stream().filter(p -> p.number() == 0 || p.number() >= oldest).toList();
    write(now.with(now.current(), kept));

    Set<String> assetsInUse = new TreeSet<>();
    kept.forEach(p -> assetsInUse.addAll(p.assets()));
    List<String> gone = new ArrayList<>();
    for (Publication old : now.publications()) {
      if (old.number() > 0 && old.number() < oldest) {
        old.files().forEach(file -> gone.add(folder + old.number() + "/" + file.path()));
        old.assets().stream()
            .filter(asset -> !assetsInUse.contains(asset))
            .forEach(asset -> gone.add(prefix + asset));
      }
    }
    try {
      store.delete(gone);
    } catch (RefusedException | TransientFailure e) {
      // The index is published, whatever becomes of old files.
      LOG.warn(
          "{} files of old publications could not be removed: {}", gone.size(), e.getMessage());
    }
  }

  private void write(PublicationRecord state) {
    store.write(folder + "state.json", Content.json(Json.bytes(state)));
  }

  private static PublicationRecord with(
      PublicationRecord record, Publication publication, Integer current) {
    List<Publication> publications =
        Stream.concat(
                record.publications().stream().filter(p -> p.number() != publication.number()),
                Stream.of(publication))
            .sorted(Comparator.comparingInt(Publication::number))
            .toList();
    return record.with(current, publications);
  }

  private static List<Map.Entry<String, Content>> sorted(Map<String, Content> files) {
    return files.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
  }
}
