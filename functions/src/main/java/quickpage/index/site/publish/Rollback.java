package quickpage.index.site.publish;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import quickpage.index.error.RefusedException;
import quickpage.index.io.InParallel;
import quickpage.index.model.TransientFailure;
import quickpage.index.site.publish.FileOwnership.Replaceable;
import quickpage.index.site.publish.PublicationRecord.Publication;
import quickpage.index.site.publish.PublicationRecord.PublishedFile;
import quickpage.index.site.publish.Publications.RolledBack;
import quickpage.index.site.store.Content;
import quickpage.index.site.store.ObjectHeaders;
import quickpage.index.site.store.ObjectStore;

/**
 * Publishes an earlier publication again, in the order in which it was published: its hashed files
 * are still there, files with fixed names go before the page, and what only later publications
 * brought is removed when the page is switched. Broken off, it can be repeated from the beginning,
 * for the record says at the end what is current. Every write rests on what was seen before, so
 * that one which sleeps for long replaces nothing that was published meanwhile.
 */
final class Rollback {

  private final PublishedSite site;
  private final RecordFile file;
  private final PublicationRecord record;
  private final FileOwnership ownership;
  private final Runnable guard;

  /**
   * A rollback.
   *
   * @param guard called before each step that changes the site; throws if it must not be changed
   */
  Rollback(PublishedSite site, RecordFile file, Runnable guard) {
    this.site = site;
    this.file = file;
    this.record = file.record();
    this.ownership = new FileOwnership(site, record);
    this.guard = guard;
  }

  /** Goes back to a number, or to the publication before the current one if it is null. */
  RolledBack run(Integer to) {
    RollbackTarget choice = RollbackTarget.choose(site, record, to);
    Publication current = choice.current();
    Publication target = choice.target();
    refuseIfIncomplete(target);
    String page = choice.page();
    Optional<String> seen = ownership.replaceable(page).orElseThrow(() -> changed(page)).etag();

    guard.run();
    List<PublishedFile> restored = new ArrayList<>(restoreFiles(target, page));
    guard.run();
    switchPage(target, page, seen).ifPresent(restored::add);
    guard.run();
    removeNewer(target, page);
    guard.run();
    write(target, restored);
    return new RolledBack(current.number(), target.number(), target.run(), target.generatedAt());
  }

  /** Before anything is changed. */
  private void refuseIfIncomplete(Publication target) {
    List<String> keys = new ArrayList<>();
    target.assets().forEach(asset -> keys.add(site.key(asset)));
    target.files().forEach(one -> keys.add(site.copyKey(target.number(), one.path())));
    List<Boolean> there = InParallel.map(keys, key -> site.store().etag(key).isPresent());
    if (there.contains(false)) {
      throw gone(target, keys.get(there.indexOf(false)));
    }
  }

  private RefusedException gone(Publication target, String key) {
    return new RefusedException(
        "Publication %d cannot be published again, for its file %s is gone: start a run instead."
            .formatted(target.number(), site.store().address(key)));
  }

  private RefusedException changed(String page) {
    return new RefusedException(
        "The page %s was changed by somebody else since it was published; it stays as it is: remove it, or start a run, which keeps it."
            .formatted(site.address(page)));
  }

  private List<PublishedFile> restoreFiles(Publication target, String page) {
    return InParallel.map(
        target.files().stream().filter(one -> !one.path().equals(page)).toList(),
        one -> one.withEtag(restore(target, one).orElse(one.etag())));
  }

  /** Empty if somebody else wrote there since: that is not ours to replace by what is older. */
  private Optional<String> restore(Publication target, PublishedFile one) {
    Optional<Replaceable> replaceable = ownership.replaceable(one.path());
    return replaceable.flatMap(
        there ->
            ConditionalWrite.write(
                site.store(), site.key(one.path()), content(target, one), there.etag()));
  }

  /** The page of before, or none where there was none of that name. */
  private Optional<PublishedFile> switchPage(
      Publication target, String page, Optional<String> seen) {
    String key = site.key(page);
    Optional<PublishedFile> before = target.file(page);
    if (before.isEmpty()) {
      if (!site.store().etag(key).equals(seen)) {
        throw changed(page);
      }
      site.store().delete(List.of(key));
      return Optional.empty();
    }
    String etag =
        ConditionalWrite.write(site.store(), key, content(target, before.get()), seen)
            .orElseThrow(() -> changed(page));
    return before.map(one -> one.withEtag(etag));
  }

  /** Files with fixed names that only later publications have. */
  private void removeNewer(Publication target, String page) {
    Set<String> kept = PublishedFile.paths(target.files());
    Set<String> newer = new TreeSet<>();
    record.publications().stream()
        .filter(p -> p.number() > target.number())
        .flatMap(p -> p.files().stream())
        .map(PublishedFile::path)
        .filter(path -> !kept.contains(path) && !path.equals(page))
        .forEach(newer::add);
    List<String> gone =
        InParallel.map(
                List.copyOf(newer),
                path -> ownership.replaceable(path).isPresent() ? site.key(path) : null)
            .stream()
            .filter(key -> key != null)
            .toList();
    if (!gone.isEmpty()) {
      site.store().delete(gone);
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
    file.write(record.with(target.number(), publications));
  }

  private Content content(Publication target, PublishedFile one) {
    String key = site.copyKey(target.number(), one.path());
    try (ObjectStore.Stored stored = site.store().read(key).orElseThrow(() -> gone(target, key))) {
      return new Content(stored.body().readAllBytes(), null, headers(target, one));
    } catch (IOException e) {
      throw new TransientFailure("Reading " + key + " ended too early.", e);
    }
  }

  /** What former versions published has no metadata in their records. */
  private static ObjectHeaders headers(Publication target, PublishedFile one) {
    Map<String, String> metadata =
        target.number() > 0 ? PublishedMetadata.of(target.run()) : one.metadata();
    return one.headers().withMetadata(metadata);
  }
}
