package quickpage.index.model;

import java.util.Objects;

/**
 * What identifies the data of a dataset: NeuPrint's {@code Meta.uuid} and {@code
 * Meta.lastDatabaseEdit}. A server that has neither gives empty strings, which are compared like
 * any other value.
 */
public record DatasetVersion(String dataset, String uuid, String lastDatabaseEdit) {

  public DatasetVersion {
    Objects.requireNonNull(dataset, "dataset");
    uuid = uuid == null ? "" : uuid;
    lastDatabaseEdit = lastDatabaseEdit == null ? "" : lastDatabaseEdit;
  }

  /** For a sentence: {@code uuid 5a3f…, last edited 2026-01-02}. */
  public String inWords() {
    return "uuid %s, last edited %s"
        .formatted(
            uuid.isEmpty() ? "none" : uuid,
            lastDatabaseEdit.isEmpty() ? "never" : lastDatabaseEdit);
  }
}
