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

  /**
   * Whether an edit would show. If not, facts cannot be kept: neither an edited dataset nor one of
   * the same name on another server would be told from the one that they were read from.
   */
  public boolean tellsEdits() {
    return !uuid.isEmpty() || !lastDatabaseEdit.isEmpty();
  }

  /** For a sentence: {@code uuid 5a3f…, last edited 2026-01-02}. */
  public String inWords() {
    return "uuid %s, last edited %s"
        .formatted(
            uuid.isEmpty() ? "none" : uuid,
            lastDatabaseEdit.isEmpty() ? "never" : lastDatabaseEdit);
  }
}
