package quickpage.index.sandbox.connectome;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A dataset from a table of neurons and a JSON file of the Meta node's properties. */
public final class CsvConnectome implements Connectome {
  /** Raised when the same files come to mean other neurons, so that old stores are rebuilt. */
  private static final long READING = 2;

  private final NeuronTable table;
  private final DatasetName name;
  private final Map<String, Object> meta;
  private final Map<String, Object> origin;

  private CsvConnectome(
      NeuronTable table, DatasetName name, Map<String, Object> meta, Map<String, Object> origin) {
    this.table = table;
    this.name = name;
    this.meta = meta;
    this.origin = origin;
  }

  /**
   * Reads and checks both files; the table is read again when its neurons are asked for.
   *
   * <p>A Meta file without {@code uuid} or {@code lastDatabaseEdit} gets them from the bytes of
   * both files, so that each edit of either makes another version of the dataset, also where the
   * Meta file has one of the two.
   *
   * @param dataset instead of the Meta file's own {@code dataset} and {@code tag}
   * @throws RefusedInputException if a file cannot be read, or with all that is wrong with the
   *     table
   */
  public static CsvConnectome open(Path csv, Path metaFile, Optional<DatasetName> dataset) {
    NeuronTable table = NeuronTable.check(csv);
    String metaText = MetaFile.text(metaFile);
    Map<String, Object> meta = MetaFile.parse(metaFile, metaText);
    String metaHash = FileHash.sha256(metaText);
    DatasetName name =
        dataset.orElseGet(
            () -> {
              if (!(meta.get("dataset") instanceof String root)) {
                throw new RefusedInputException(
                    metaFile + " has no 'dataset': add it, or name the dataset with --dataset.");
              }
              return DatasetName.parse(
                  meta.get("tag") instanceof String tag ? root + ":" + tag : root);
            });
    meta.put("dataset", name.root());
    meta.remove("tag");
    if (!name.tag().isEmpty()) {
      meta.put("tag", name.tag());
    }
    String version = FileHash.sha256(table.sha256() + metaHash);
    meta.putIfAbsent("uuid", version.substring(0, 32));
    meta.putIfAbsent("lastDatabaseEdit", "files " + version.substring(32, 48));
    Map<String, Object> origin = new LinkedHashMap<>();
    origin.put("dataset", name.toString());
    origin.put("SHA-256 of --neurons-csv", table.sha256());
    origin.put("SHA-256 of --meta", metaHash);
    origin.put("revision of the reading", READING);
    return new CsvConnectome(table, name, meta, origin);
  }

  @Override
  public DatasetName name() {
    return name;
  }

  @Override
  public Map<String, Object> origin() {
    return origin;
  }

  @Override
  public Map<String, Object> meta() {
    return meta;
  }

  @Override
  public void neurons(Consumer<Map<String, Object>> eachNeuron) {
    table.neurons(eachNeuron);
  }
}
