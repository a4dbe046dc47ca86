package quickpage.index.site.publish;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import quickpage.index.error.RefusedException;
import quickpage.index.site.publish.PublicationRecord.Publication;
import quickpage.index.site.publish.PublicationRecord.PublishedFile;
import quickpage.index.site.store.ContentIdentity;

/**
 * Which publication a rollback goes to.
 *
 * @param current what readers see
 * @param target what they are to see
 * @param page path of the page that is switched
 */
record RollbackTarget(Publication current, Publication target, String page) {

  /**
   * Chooses the target.
   *
   * @param to its number; null for the newest before the current that no rollback has withdrawn
   * @throws RefusedException if there is none
   */
  static RollbackTarget choose(PublishedSite site, PublicationRecord record, Integer to) {
    Publication current = current(site, record);
    List<Publication> earlier =
        record.publications().stream()
            .filter(p -> p.number() < current.number() && p.complete() && !p.withdrawn())
            .toList();
    if (earlier.isEmpty()) {
      throw nothing(site, current);
    }
    Publication target =
        earlier.stream()
            .filter(p -> to == null || p.number() == to)
            .max(Comparator.comparingInt(Publication::number))
            .orElseThrow(() -> none(site, current, earlier, to));
    String page = current.pagePath().orElseThrow(() -> nothing(site, current));
    return new RollbackTarget(current, target, page);
  }

  private static Publication current(PublishedSite site, PublicationRecord record) {
    if (record.current() == null) {
      throw new RefusedException(
          "There is nothing to go back to in %s: no index was published there yet."
              .formatted(site.address("")));
    }
    Publication current =
        unrecorded(site, record).or(() -> record.numbered(record.current())).orElseThrow();
    if (current.number() == 0) {
      throw nothing(site, current);
    }
    return current;
  }

  /** A publication that ended after its page was switched: the record does not know it yet. */
  private static Optional<Publication> unrecorded(PublishedSite site, PublicationRecord record) {
    return record.publications().stream()
        .filter(p -> p.number() > record.current() && !p.complete() && !p.withdrawn())
        .filter(p -> p.pagePath().flatMap(p::file).filter(file -> isThere(site, file)).isPresent())
        .max(Comparator.comparingInt(Publication::number));
  }

  private static boolean isThere(PublishedSite site, PublishedFile file) {
    return site.store()
        .read(site.key(file.path()))
        .filter(stored -> file.has(ContentIdentity.of(stored)))
        .isPresent();
  }

  private static RefusedException none(
      PublishedSite site, Publication current, List<Publication> earlier, int number) {
    return new RefusedException(
        "There is no publication %d to go back to in %s: readers see %d, and kept before it are %s."
            .formatted(
                number,
                site.address(""),
                current.number(),
                earlier.stream()
                    .map(p -> Integer.toString(p.number()))
                    .collect(Collectors.joining(", "))));
  }

  private static RefusedException nothing(PublishedSite site, Publication current) {
    return new RefusedException(
        current.number() == 0
            ? "There is nothing to go back to in %s: readers see what was there before the first index; start a run to publish one."
                .formatted(site.address(""))
            : "There is nothing to go back to in %s: publication %d is the oldest that is kept, and there was no page before it."
                .formatted(site.address(""), current.number()));
  }
}
