package quickpage.index.site.publish;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quickpage.index.error.RefusedException;
import quickpage.index.io.InParallel;
import quickpage.index.model.Remedy;
import quickpage.index.model.TransientFailure;
import quickpage.index.site.publish.PublicationRecord.Publication;
import quickpage.index.site.publish.PublicationRecord.PublishedFile;
import quickpage.index.site.publish.Publications.Release;
import quickpage.index.site.store.Content;

/**
 * Publishes one release: originals are kept, then files with hashed names and copies are written,
 * then those with fixed names, last the page.
 */
final class ReleasePublisher {

  private static final Logger LOG = LoggerFactory.getLogger(ReleasePublisher.class);

  private final PublishedSite site;
  private final RecordFile file;
  private final Release release;

  ReleasePublisher(PublishedSite site, RecordFile file, Release release) {
    this.site = site;
    this.file = file;
    this.release = release.withMetadata(PublishedMetadata.of(release.run()));
  }

  /**
   * Publishes.
   *
   * @param seen the page's ETag when the run began to compose
   * @return the publication's number
   */
  int publish(Optional<String> seen) {
    if (!site.store().etag(site.key(release.page())).equals(seen)) {
      throw changedMeanwhile();
    }
    PublicationRecord before = file.record();
    Map<String, Content> all = fixedNames();
    PublicationRecord withOriginals = new Originals(site, before).keep(before, all.keySet());

    List<PublishedFile> files =
        InParallel.map(sorted(all), one -> PublishedFile.of(one.getKey(), one.getValue(), null));
    Publication begun = Publication.begun(before.nextNumber(), release, files);
    PublicationRecord pending = withOriginals.with(begun, withOriginals.current());
    file.write(pending);

    PublicationRecord done;
    try (PreparedRelease prepared = prepared(before, pending, begun.number())) {
      Map<String, String> etags = prepared.write(seen).orElseThrow(this::changedMeanwhile);
      List<PublishedFile> finished =
          files.stream().map(one -> one.withEtag(etags.get(one.path()))).toList();
      done = pending.with(begun.finished(finished), begun.number());
    }
    new OldPublications(site, file).writeWithout(done);
    return begun.number();
  }

  private Map<String, Content> fixedNames() {
    Map<String, Content> files = new HashMap<>(release.files());
    files.put(release.page(), release.pageContent());
    return files;
  }

  /** All of a release, but for what readers see of it. */
  private PreparedRelease prepared(
      PublicationRecord before, PublicationRecord pending, int number) {
    Map<String, Content> copies = fixedNames();
    try {
      InParallel.map(
          Stream.concat(
                  sorted(release.assets()).stream()
                      .map(asset -> Map.entry(site.key(asset.getKey()), asset.getValue())),
                  sorted(copies).stream()
                      .map(copy -> Map.entry(site.copyKey(number, copy.getKey()), copy.getValue())))
              .toList(),
          object -> site.store().write(object.getKey(), object.getValue()));
      return new PreparedRelease(site, release, pending);
    } catch (RefusedException e) {
      removeUnseen(before, copies.keySet(), number);
      throw e;
    }
  }

  /** A full disk is not to be kept full by what no reader will see. */
  private void removeUnseen(PublicationRecord before, Set<String> copies, int number) {
    Set<String> seen = new TreeSet<>();
    before.publications().forEach(publication -> seen.addAll(publication.assets()));
    List<String> unseen = new ArrayList<>();
    copies.forEach(path -> unseen.add(site.copyKey(number, path)));
    release.assets().keySet().stream()
        .filter(asset -> !seen.contains(asset))
        .forEach(asset -> unseen.add(site.key(asset)));
    try {
      site.store().delete(unseen);
    } catch (RefusedException | TransientFailure e) {
      LOG.warn("{} files that nobody sees could not be removed: {}", unseen.size(), e.getMessage());
    }
  }

  private RefusedException changedMeanwhile() {
    return new RefusedException(
        Remedy.LATER,
        "The page %s was changed by somebody else while this run worked; it stays as it is: start the run again."
            .formatted(site.address(release.page())));
  }

  private static List<Map.Entry<String, Content>> sorted(Map<String, Content> files) {
    return files.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
  }
}
