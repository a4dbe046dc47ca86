package quickpage.index.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/**
 * A dataset as the sandbox wrote it down: every neuron with its properties as text, an absent one
 * as no key, in the order of their body IDs.
 */
record RawDataset(String name, List<Map<String, String>> neurons, JsonNode meta) {

  /** Reads {@code neurons.csv} and {@code meta.json}. */
  static RawDataset read(String name, Path folder) {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    List<Map<String, String>> neurons = new ArrayList<>();
    try (CSVParser rows =
        CSVParser.parse(folder.resolve("neurons.csv"), StandardCharsets.UTF_8, format)) {
      rows.forEach(
          row -> {
            Map<String, String> neuron = row.toMap();
            neuron.values().removeIf(String::isEmpty);
            neurons.add(neuron);
          });
      neurons.sort(Comparator.comparing(neuron -> Long.valueOf(neuron.get("bodyId"))));
      return new RawDataset(
          name,
          neurons,
          new ObjectMapper().readTree(Files.readString(folder.resolve("meta.json"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All types, in no order that matters. */
  TreeSet<String> types() {
    TreeSet<String> types = new TreeSet<>();
    for (Map<String, String> neuron : neurons) {
      if (neuron.containsKey("type")) {
        types.add(neuron.get("type"));
      }
    }
    return types;
  }

  List<Map<String, String>> neuronsOf(String type) {
    return neurons.stream().filter(neuron -> type.equals(neuron.get("type"))).toList();
  }

  boolean anyHas(String property) {
    return neurons.stream().anyMatch(neuron -> neuron.containsKey(property));
  }
}
