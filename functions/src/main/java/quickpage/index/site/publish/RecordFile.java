package quickpage.index.site.publish;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;
import quickpage.index.error.RefusedException;
import quickpage.index.json.Json;
import quickpage.index.model.Remedy;
import quickpage.index.model.TransientFailure;
import quickpage.index.site.store.Content;
import quickpage.index.site.store.ObjectStore;

/**
 * The file that holds a site's {@link PublicationRecord}. It is read once, and every write rests on
 * what was read or written before, so that whoever was left behind changes nothing. For one thread.
 */
final class RecordFile {

  private final PublishedSite site;
  private PublicationRecord record;
  private Optional<String> etag;

  private RecordFile(PublishedSite site, PublicationRecord record, Optional<String> etag) {
    this.site = site;
    this.record = record;
    this.etag = etag;
  }

  /** Reads the record of a site; an empty one where nothing was published. */
  static RecordFile read(PublishedSite site) {
    String key = site.recordKey();
    Optional<ObjectStore.Stored> stored = site.store().read(key);
    return stored.isEmpty()
        ? new RecordFile(site, PublicationRecord.EMPTY, Optional.empty())
        : new RecordFile(site, parse(key, stored.get()), Optional.of(stored.get().etag()));
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

  /** As it was read or written last. */
  PublicationRecord record() {
    return record;
  }

  /**
   * Replaces the record.
   *
   * @throws RefusedException if somebody else has written it since
   */
  void write(PublicationRecord next) {
    Content content = Content.json(Json.bytes(next));
    etag =
        Optional.of(
            ConditionalWrite.write(site.store(), site.recordKey(), content, etag)
                .orElseThrow(this::changed));
    record = next;
  }

  private RefusedException changed() {
    return new RefusedException(
        Remedy.LATER,
        "The record %s was changed meanwhile, by another run or a rollback; it stays as it is: look at the history, and start this again if need be."
            .formatted(site.store().address(site.recordKey())));
  }
}
