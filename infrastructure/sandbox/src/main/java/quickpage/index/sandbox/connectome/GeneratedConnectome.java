package quickpage.index.sandbox.connectome;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A made-up dataset: the same parameters give the same neurons, on every JDK.
 *
 * <p>One neuron in a hundred more than asked for has no type, as some do in every real dataset.
 */
public final class GeneratedConnectome implements Connectome {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Raised when the same parameters come to mean other neurons, so that old stores are rebuilt. */
  private static final int REVISION = 3;

  /** A prime above any number of neurons: body IDs are scattered by a multiplication modulo it. */
  private static final long SCATTER = 2_147_483_647L;

  private final DatasetName name;
  private final Family family;
  private final int neurons;
  private final long seed;
  private final boolean awkwardNames;
  private final List<String> typeNames;
  private final int[] sizes;
  private final Roi roiTree;

  /**
   * Draws the names and sizes of the types.
   *
   * @param types from 1 on
   * @param neurons with a type: at least {@code types}
   * @param awkwardNames whether {@link TypeNames#AWKWARD} are among the types' names
   */
  public GeneratedConnectome(
      DatasetName name, int types, int neurons, long seed, boolean awkwardNames) {
    if (types < 1) {
      throw new RefusedInputException("--types must be at least 1, not " + types + ".");
    }
    if (neurons < types) {
      throw new RefusedInputException(
          "--neurons must be at least --types, as every type has a neuron: "
              + neurons
              + " is less than "
              + types
              + ".");
    }
    this.name = name;
    this.family = Family.of(name);
    this.neurons = neurons;
    this.seed = seed;
    this.awkwardNames = awkwardNames;
    this.typeNames = TypeNames.pick(types, awkwardNames, new SplittableRandom(seed));
    this.sizes = TypeSizes.share(types, neurons, new SplittableRandom(seed + 1));
    this.roiTree = RoiTrees.of(family);
  }

  @Override
  public DatasetName name() {
    return name;
  }

  @Override
  public Map<String, Object> origin() {
    Map<String, Object> origin = new LinkedHashMap<>();
    origin.put("dataset", name.toString());
    origin.put("--types", (long) typeNames.size());
    origin.put("--neurons", (long) neurons);
    origin.put("--seed", seed);
    origin.put("--awkward-names", awkwardNames);
    origin.put("generator revision", (long) REVISION);
    return origin;
  }

  @Override
  public Map<String, Object> meta() {
    byte[] hash = sha256(origin().toString());
    List<Roi> primaries = roiTree.all().filter(Roi::primary).toList();
    Map<String, Object> meta = new LinkedHashMap<>();
    meta.put("dataset", name.root());
    if (!name.tag().isEmpty()) {
      meta.put("tag", name.tag());
    }
    meta.put("uuid", HexFormat.of().formatHex(hash, 0, 16));
    meta.put(
        "lastDatabaseEdit",
        // Seconds of a year from a fixed day: nothing about a dataset depends on when it is made.
        Instant.ofEpochSecond(
                1_735_689_600L + (hash[20] & 0xFF) * 65_536L + (hash[21] & 0xFF) * 256L)
            .toString());
    // Names outside the hierarchy occur in real lists; they must not count.
    meta.put(
        "primaryRois",
        Stream.concat(primaries.stream().map(Roi::name), Stream.of("Retired(R)"))
            .toArray(String[]::new));
    meta.put("superLevelRois", roiTree.children().stream().map(Roi::name).toArray(String[]::new));
    meta.put("roiHierarchy", json(roiTree.asHierarchy()));
    meta.put(
        "roiInfo",
        json(
            roiTree
                .all()
                .map(Roi::name)
                .distinct()
                .sorted()
                .collect(
                    Collectors.toMap(
                        roi -> roi,
                        roi -> Map.of("hasROI", true),
                        (a, b) -> a,
                        LinkedHashMap::new))));
    meta.put("neuronProperties", json(NeuronProperties.types(NeuronProperties.names(family))));
    meta.put(
        "statusDefinitions", json(Map.of("Traced", "a whole neuron", "Anchor", "a large part")));
    meta.put("info", "Generated: no real brain.");
    meta.put("hideDataSet", false);
    return meta;
  }

  @Override
  public void neurons(Consumer<Map<String, Object>> eachNeuron) {
    NeuronProperties properties = new NeuronProperties(family, new RoiCounts(roiTree));
    long index = 0;
    for (int type = 0; type < typeNames.size(); type++) {
      SplittableRandom random = random(type);
      NeuronProperties.TypeTraits traits = properties.traits(typeNames.get(type), random);
      for (int i = 0; i < sizes[type]; i++) {
        eachNeuron.accept(properties.neuron(traits, bodyId(index++), random));
      }
    }
    SplittableRandom random = random(-1);
    int untyped = 1 + neurons / 100;
    for (int i = 0; i < untyped; i++) {
      NeuronProperties.TypeTraits traits = properties.traits(null, random);
      eachNeuron.accept(properties.neuron(traits, bodyId(index++), random));
    }
  }

  @Override
  public void fragments(Consumer<Map<String, Object>> eachFragment) {
    // They have sides although no hemibrain or optic-lobe neuron has: only :Neuron decides.
    for (int i = 0; i < 20; i++) {
      eachFragment.accept(
          Map.of(
              "bodyId",
              bodyId(SCATTER - 1 - i),
              "size",
              1_000L + i,
              "status",
              "Orphan",
              "somaSide",
              i % 2 == 0 ? "L" : "R",
              "side",
              "LEFT"));
    }
  }

  private SplittableRandom random(int type) {
    // A stream of its own for each type: whatever one draws, the others stay as they are.
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + type);
  }

  /** Unique; not in the order of loading; FlyWire's do not fit a double's 53 bits. */
  private long bodyId(long index) {
    long first = family == Family.FLYWIRE ? 720_575_940_600_000_001L : 10_000;
    return first + (index * 1_000_003L) % SCATTER;
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
