package quickpage.index.sandbox.connectome;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;

/**
 * Writes a dataset as files: {@code neurons.csv} and {@code meta.json}, which can be served again,
 * and {@code types.json}, the names of all types in code-point order.
 *
 * <p>An empty string becomes an empty cell, which reads back as an absent property; to the index
 * the two are the same. {@code uuid} and {@code lastDatabaseEdit} are left out: whoever edits the
 * files and serves them has another version, which is then named after the files.
 */
public final class ConnectomeExport {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ConnectomeExport() {}

  /**
   * Writes the three files.
   *
   * @param folder made if need be; files of these names in it are replaced
   * @throws IOException if it cannot be written
   */
  public static void write(Connectome connectome, Path folder) throws IOException {
    Files.createDirectories(folder);
    Map<String, Object> meta = new LinkedHashMap<>(connectome.meta());
    meta.keySet().removeAll(Set.of("uuid", "lastDatabaseEdit"));
    JSON.writeValue(folder.resolve("meta.json").toFile(), meta);
    Set<String> properties = new TreeSet<>();
    Set<String> types = new TreeSet<>(ConnectomeExport::byCodePoint);
    connectome.neurons(
        neuron -> {
          properties.addAll(neuron.keySet());
          if (neuron.get("type") instanceof String type && !type.isEmpty()) {
            types.add(type);
          }
        });
    JSON.writeValue(folder.resolve("types.json").toFile(), types);
    properties.remove("bodyId");
    try (CSVPrinter csv =
        new CSVPrinter(
            Files.newBufferedWriter(folder.resolve("neurons.csv")),
            // Texts in quotes: a text NA is not R's missing value.
            CSVFormat.RFC4180
                .builder()
                .setRecordSeparator('\n')
                .setQuoteMode(QuoteMode.NON_NUMERIC)
                .get())) {
      csv.print("bodyId");
      csv.printRecord(properties);
      connectome.neurons(
          neuron -> {
            try {
              csv.print(neuron.get("bodyId"));
              csv.printRecord(properties.stream().map(neuron::get));
            } catch (IOException full) {
              throw new UncheckedIOException(full);
            }
          });
    }
  }

  private static int byCodePoint(String a, String b) {
    return Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
  }
}
