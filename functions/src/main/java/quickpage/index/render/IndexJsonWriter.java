package quickpage.index.render;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import quickpage.index.model.IndexEntry;
import quickpage.index.text.CodePointOrder;

/**
 * Writes {@code data/index.json} (docs/index-semantics.md, "data/index.json"): an entry and a group
 * a line, so that two versions of the file compare line by line. The totals stand before the
 * entries, which therefore wait in a file until the last one is known; in memory are only the
 * groups' names.
 *
 * <p>Add all entries in the order of their names, then {@link #writeTo}.
 */
public final class IndexJsonWriter implements Closeable {

  /** Of the file's format; grows when a reader of the old one would misread the new. */
  public static final int SCHEMA_VERSION = 2;

  private final Instant generatedAt;
  private final IndexedDataset dataset;
  private final Spool entries;
  private final IndexGroups groups = new IndexGroups();
  private IndexTotals totals = IndexTotals.NONE;
  private String lastName;

  /**
   * Begins a file without entries.
   *
   * @param generatedAt when the run began; written to the second
   * @param spool a file for the waiting entries, deleted on close
   */
  public IndexJsonWriter(Instant generatedAt, IndexedDataset dataset, Path spool)
      throws IOException {
    this.generatedAt = generatedAt;
    this.dataset = dataset;
    this.entries = new Spool(spool);
  }

  /**
   * Adds the next entry.
   *
   * @throws IllegalArgumentException if its name does not come after the one before
   */
  public void add(IndexEntry entry) throws IOException {
    if (lastName != null && CodePointOrder.BY_CODE_POINT.compare(lastName, entry.name()) >= 0) {
      throw new IllegalArgumentException(
          "Entries come sorted and each once, but %s came after %s."
              .formatted(entry.name(), lastName));
    }
    lastName = entry.name();
    entries.add(OutputJson.PLAIN.bytes(entry));
    groups.add(entry);
    totals = totals.plus(entry);
  }

  /** Sums over the entries so far. */
  public IndexTotals totals() {
    return totals;
  }

  /** The groups of the entries so far. */
  public List<IndexGroup> groups() {
    return groups.sorted();
  }

  /** Writes the whole file and leaves the stream open; ends the adding. */
  public void writeTo(OutputStream out) throws IOException {
    Writer text = Utf8.writer(out);
    text.write("{\"schemaVersion\":" + SCHEMA_VERSION);
    text.write(",\n\"generatedAt\":" + OutputJson.PLAIN.write(toTheSecond(generatedAt)));
    text.write(",\n\"dataset\":" + OutputJson.PLAIN.write(dataset));
    text.write(",\n\"totals\":" + OutputJson.PLAIN.write(totals));
    text.write(",\n\"types\":");
    text.flush();
    entries.writeArray(out);
    text.write(",\n\"groups\":[");
    String separator = "\n";
    for (IndexGroup group : groups.sorted()) {
      text.write(separator + OutputJson.PLAIN.write(group));
      separator = ",\n";
    }
    text.write(separator.equals("\n") ? "]}\n" : "\n]}\n");
    text.flush();
  }

  private static String toTheSecond(Instant instant) {
    return DateTimeFormatter.ISO_INSTANT.format(instant.truncatedTo(ChronoUnit.SECONDS));
  }

  @Override
  public void close() throws IOException {
    entries.close();
  }
}
