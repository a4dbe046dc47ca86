package quickpage.index.site.publish;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import quickpage.index.error.RefusedException;
import quickpage.index.io.InParallel;
import quickpage.index.json.Json;
import quickpage.index.model.TransientFailure;
import quickpage.index.site.publish.PublicationRecord.Publication;
import quickpage.index.site.publish.PublicationRecord.PublishedFile;
import quickpage.index.site.publish.Publications.RolledBack;
import quickpage.index.site.run.RunFolder;
import quickpage.index.site.store.Content;
import quickpage.index.site.store.ContentIdentity;
import quickpage.index.site.store.ObjectStore;

/**
 * Publishes an earlier publication again, in the order in which it was published: its hashed files
 * are still there, files with fixed names go before the page, and what only later publications
 * brought is removed when the page is switched. Broken off, it can be repeated from the beginning,
 * for the record says at the end what is current.
 */
public final class Rollback {

  private final ObjectStore store;
  private final String prefix;
  private final String folder;
  private final PublicationRecord record;

  Rollback(ObjectStore store, String prefix, PublicationRecord record) {
    this.store = store;
    this.prefix = prefix;
    this.folder = prefix + RunFolder.OWN + "published/";
    this.record = record;
  }

  /** Goes back to a number, or to the publication before the current one if it is null. */
  RolledBack run(Integer to) {
    Publication current = current();
    Publication target = to == null ? target(current) : target(current, to);
    refuseIfIncomplete(target);
    String page = current.pagePath().orElseThrow(() -> nothing(current));
    Optional<String> seen = ownPage(page);

    List<PublishedFile> restored = new ArrayList<>(restoreFiles(target, page));
    switchPage(target, page, seen).ifPresent(restored::add);
    removeNewer(target, page);
    write(target, restored);
    return new RolledBack(current.number(), target.number(), target.run(), target.generatedAt());
  }

  private Publication current() {
    if (record.current() == null) {
      throw new RefusedException(
          "There is nothing to go back to in %s: no index was published there yet."
              .formatted(store.address(prefix)));
    }
    Publication current = unheard().or(() -> record.numbered(record.current())).orElseThrow();
    if (current.number() == 0) {
      throw nothing(current);
    }
    return current;
  }

  /** A publication that ended after its page was switched: the record does not know it yet. */
  private Optional<Publication> unheard() {
    return record.publications().stream()
        .filter(p -> p.number() > record.current() && !p.complete() && !p.withdrawn())
        .filter(p -> p.pagePath().flatMap(p::file).filter(this::isThere).isPresent())
        .max(Comparator.comparingInt(Publication::number));
  }

  private boolean isThere(PublishedFile file) {
    return store
        .read(prefix + file.path())
        .filter(stored -> file.has(ContentIdentity.of(stored)))
        .isPresent();
  }

  private Publication target(Publication current) {
    return record.publications().stream()
        .filter(p -> p.number() < current.number() && p.complete() && !p.withdrawn())
        .max(Comparator.comparingInt(Publication::number))
        .orElseThrow(() -> nothing(current));
  }

  private Publication target(Publication current, int number) {
    List<Publication> earlier =
        record.publications().stream()
            .filter(p -> p.number() < current.number() && p.complete() && !p.withdrawn())
            .toList();
    return earlier.stream()
        .filter(p -> p.number() == number)
        .findFirst()
        .orElseThrow(
            () ->
                earlier.isEmpty()
                    ? nothing(current)
                    : new RefusedException(
                        "There is no publication %d to go back to in %s: readers see %d, and kept before it are %s."
                            .formatted(
                                number,
                                store.address(prefix),
                                current.number(),
                                earlier.stream()
                                    .map(p -> Integer.toString(p.number()))
                                    .collect(Collectors.joining(", ")))));
  }

  private RefusedException nothing(Publication current) {
    return new RefusedException(
        current.number() == 0
            ? "There is nothing to go back to in %s: readers see what was there before the first index; start a run to publish one."
                .formatted(store.address(prefix))
            : "There is nothing to go back to in %s: publication %d is the oldest that is kept, and there was no page before it."
                .formatted(store.address(prefix), current.number()));
  }

  /** Before anything is changed. */
  private void refuseIfIncomplete(Publication target) {
    List<String> keys = new ArrayList<>();
    target.assets().forEach(asset -> keys.add(prefix + asset));
    target.files().forEach(file -> keys.add(copy(target, file)));
    List<Boolean> there = InParallel.map(keys, key -> store.etag(key).isPresent());
    if (there.contains(false)) {
      throw new RefusedException(
          "Publication %d cannot be published again, for its file %s is gone: start a run instead."
              .formatted(target.number(), store.address(keys.get(there.indexOf(false)))));
    }
  }

  /** The ETag of the page, which is ours or is not there. */
  private Optional<String> ownPage(String page) {
    Optional<String> seen = store.etag(prefix + page);
    if (seen.isPresent() && !isOurs(page)) {
      throw changed(page);
    }
    return seen;
  }

  private RefusedException changed(String page) {
    return new RefusedException(
        "The page %s was changed by somebody else since it was published; it stays as it is: remove it, or start a run, which keeps it."
            .formatted(store.address(prefix + page)));
  }

  /** Ours, or what an earlier rollback brought back. */
  private boolean isOurs(String path) {
    return store
        .read(prefix + path)
        .map(ContentIdentity::of)
        .map(
            content ->
                record.publications().stream()
                    .anyMatch(p -> p.file(path).filter(f -> f.has(content)).isPresent()))
        .orElse(true);
  }

  private List<PublishedFile> restoreFiles(Publication target, String page) {
    return InParallel.map(
        target.files().stream().filter(file -> !file.path().equals(page)).toList(),
        file -> {
          // What somebody else wrote there since is not ours to replace by what is older.
          String etag =
              isOurs(file.path())
                  ? store.write(prefix + file.path(), content(target, file))
                  : file.etag();
          return file.withEtag(etag);
        });
  }

  /** The page of before, or none where there was none of that name. */
  private Optional<PublishedFile> switchPage(
      Publication target, String page, Optional<String> seen) {
    Optional<PublishedFile> before = target.file(page);
    if (before.isEmpty()) {
      if (!store.etag(prefix + page).equals(seen)) {
        throw changed(page);
      }
      store.delete(List.of(prefix + page));
      return Optional.empty();
    }
    PublishedFile file = before.get();
    String etag =
        store
            .writeIfUnchanged(prefix + page, content(target, file), seen)
            .or(() -> writtenUnheard(page, file))
            .orElseThrow(() -> changed(page));
    return Optional.of(file.withEtag(etag));
  }

  /** Where the answer to a write is lost, the client repeats it and finds its own page changed. */
  private Optional<String> writtenUnheard(String page, PublishedFile file) {
    return store
        .read(prefix + page)
        .filter(stored -> file.has(ContentIdentity.of(stored)))
        .map(ObjectStore.Stored::etag);
  }

  /** Files with fixed names that only later publications have. */
  private void removeNewer(Publication target, String page) {
    Set<String> kept = target.files().stream().map(PublishedFile::path).collect(Collectors.toSet());
    Set<String> newer = new TreeSet<>();
    record.publications().stream()
        .filter(p -> p.number() > target.number())
        .flatMap(p -> p.files().stream())
        .map(PublishedFile::path)
        .filter(path -> !kept.contains(path) && !path.equals(page))
        .forEach(newer::add);
    List<String> paths = List.copyOf(newer);
    List<Boolean> ours = InParallel.map(paths, this::isOurs);
    List<String> gone = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      if (ours.get(i)) {
        gone.add(prefix + paths.get(i));
      }
    }
    if (!gone.isEmpty()) {
      store.delete(gone);
    }
  }

  private void write(Publication target, List<PublishedFile> restored) {
    List<Publication> publications =
        record.publications().stream()
            .map(
                p -> {
                  if (p.number() == target.number()) {
                    return target.with(restored);
                  }
                  return p.number() > target.number() ? p.asWithdrawn() : p;
                })
            .toList();
    PublicationRecord now = record.with(target.number(), publications);
    store.write(folder + "state.json", Content.json(Json.bytes(now)));
  }

  private Content content(Publication target, PublishedFile file) {
    String key = copy(target, file);
    try (ObjectStore.Stored stored = store.read(key).orElseThrow()) {
      return new Content(
          stored.body().readAllBytes(), null, file.contentType(), file.cacheControl());
    } catch (IOException e) {
      throw new TransientFailure("Reading " + key + " ended too early.", e);
    }
  }

  private String copy(Publication publication, PublishedFile file) {
    return folder + publication.number() + "/" + file.path();
  }
}
