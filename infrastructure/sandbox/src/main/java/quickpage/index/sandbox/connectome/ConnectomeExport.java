package quickpage.index.sandbox.connectome;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Writes a dataset as files: {@code neurons.csv} and {@code meta.json}, which can be served again,
 * and {@code types.json}, the names of all types in code-point order.
 *
 * <p>An empty string becomes an empty cell, which reads back as an absent property; to the index
 * the two are the same.
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
    JSON.writeValue(folder.resolve("meta.json").toFile(), connectome.meta());
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
            CSVFormat.RFC4180.builder().setRecordSeparator('\n').get())) {
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
