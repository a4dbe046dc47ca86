package quickpage.index.sandbox.connectome;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * The neurons of hemibrain v1.2.1 (Scheffer et al. 2020, CC BY 4.0): types, instances, cell classes
 * and synapse counts are real, from the list that comes with the sandbox. The list says nothing of
 * regions: those are made up, see {@link HemibrainRegions}, and are the same each time.
 *
 * <p>The list's column {@code side} is not served: hemibrain has no such property, and the end of
 * an instance tells the side.
 */
public final class HemibrainConnectome implements Connectome {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LIST = "hemibrain_v1.2.1_neurons.csv.gz";

  private static final DatasetName NAME = new DatasetName("hemibrain", "v1.2.1");

  /** No body of hemibrain has such an ID: all of them have nine or ten digits. */
  private static final long FIRST_AWKWARD_BODY = 1_000;

  private final DatasetName name;
  private final boolean awkwardNames;
  private final HemibrainRegions regions = new HemibrainRegions();

  /**
   * The dataset.
   *
   * @param name null for its own
   * @param awkwardNames adds a type of two neurons for each of {@link TypeNames#AWKWARD}
   */
  public HemibrainConnectome(DatasetName name, boolean awkwardNames) {
    this.name = name == null ? NAME : name;
    this.awkwardNames = awkwardNames;
  }

  @Override
  public DatasetName name() {
    return name;
  }

  @Override
  public Map<String, Object> origin() {
    Map<String, Object> origin = new LinkedHashMap<>();
    origin.put("dataset", name.toString());
    origin.put("--hemibrain", true);
    origin.put("--awkward-names", awkwardNames);
    origin.put("revision of the regions", (long) HemibrainRegions.REVISION);
    return origin;
  }

  @Override
  public Map<String, Object> meta() {
    Map<String, Object> meta = new LinkedHashMap<>();
    meta.put("dataset", name.root());
    if (!name.tag().isEmpty()) {
      meta.put("tag", name.tag());
    }
    // None that the real dataset has: facts with made-up regions must not pass for its own.
    meta.put(
        "uuid",
        "made-up-regions-%d%s"
            .formatted(HemibrainRegions.REVISION, awkwardNames ? "-awkward-names" : ""));
    meta.put("lastDatabaseEdit", "2020-09-03");
    meta.put("primaryRois", regions.primaryRois());
    meta.put("roiHierarchy", json(regions.hierarchy()));
    meta.put("roiInfo", json(regions.descriptions()));
    meta.put(
        "neuronProperties",
        json(
            NeuronProperties.types(
                List.of("type", "instance", "class", "pre", "post", "roiInfo"))));
    meta.put(
        "info",
        "Neurons of hemibrain v1.2.1, Scheffer et al. 2020, https://doi.org/10.7554/eLife.57443,"
            + " CC BY 4.0; how their synapses spread over regions is made up.");
    meta.put("hideDataSet", false);
    return meta;
  }

  @Override
  public void neurons(Consumer<Map<String, Object>> eachNeuron) {
    Map<String, HemibrainRegions.Home> homes = new HashMap<>();
    try (Reader text = open()) {
      for (CSVRecord row :
          CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get().parse(text)) {
        Map<String, Object> neuron = new LinkedHashMap<>();
        neuron.put("bodyId", Long.valueOf(row.get("bodyId")));
        put(neuron, "type", row.get("type"));
        put(neuron, "instance", row.get("instance"));
        put(neuron, "class", row.get("cell_class"));
        neuron.put("pre", Long.valueOf(row.get("pre")));
        neuron.put("post", Long.valueOf(row.get("post")));
        eachNeuron.accept(withRegions(neuron, homes));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the neurons of hemibrain cannot be read", e);
    }
    if (awkwardNames) {
      long body = FIRST_AWKWARD_BODY;
      for (String type : TypeNames.AWKWARD) {
        for (String side : List.of("_L", "_R")) {
          Map<String, Object> neuron = new LinkedHashMap<>();
          neuron.put("bodyId", body++);
          neuron.put("type", type);
          neuron.put("instance", type + side);
          neuron.put("pre", 100L);
          neuron.put("post", 200L);
          eachNeuron.accept(withRegions(neuron, homes));
        }
      }
    }
  }

  private static Reader open() throws IOException {
    InputStream in = HemibrainConnectome.class.getResourceAsStream(LIST);
    return new BufferedReader(
        new InputStreamReader(new GZIPInputStream(in, 1 << 16), StandardCharsets.UTF_8), 1 << 16);
  }

  private static void put(Map<String, Object> neuron, String property, String value) {
    if (!value.isEmpty()) {
      neuron.put(property, value);
    }
  }

  private Map<String, Object> withRegions(
      Map<String, Object> neuron, Map<String, HemibrainRegions.Home> homes) {
    String type = (String) neuron.getOrDefault("type", "");
    String instance = (String) neuron.getOrDefault("instance", "");
    neuron.put(
        "roiInfo",
        json(
            regions.draw(
                homes.computeIfAbsent(type, regions::home),
                instance.endsWith("_L") ? 'L' : 'R',
                (Long) neuron.get("pre"),
                (Long) neuron.get("post"),
                new SplittableRandom((Long) neuron.get("bodyId")))));
    return neuron;
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
