package quickpage.index.render;

import java.util.Objects;
import quickpage.index.model.DatasetVersion;

/**
 * The dataset that an index describes, as {@code data/index.json} names it.
 *
 * @param server the address of NeuPrint
 * @param name as the server spells it
 * @param uuid of the version; null where the server was not asked or has none
 * @param lastDatabaseEdit likewise
 */
public record IndexedDataset(String server, String name, String uuid, String lastDatabaseEdit) {

  public IndexedDataset {
    Objects.requireNonNull(server, "server");
    Objects.requireNonNull(name, "name");
    uuid = nullIfEmpty(uuid);
    lastDatabaseEdit = nullIfEmpty(lastDatabaseEdit);
  }

  /** A dataset that was asked. */
  public static IndexedDataset of(String server, DatasetVersion version) {
    return new IndexedDataset(
        server, version.dataset(), version.uuid(), version.lastDatabaseEdit());
  }

  /** A dataset that was only named. */
  public static IndexedDataset notAsked(String server, String name) {
    return new IndexedDataset(server, name, null, null);
  }

  private static String nullIfEmpty(String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}
