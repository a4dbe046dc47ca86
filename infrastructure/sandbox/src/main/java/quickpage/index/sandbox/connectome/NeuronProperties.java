package quickpage.index.sandbox.connectome;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Draws a neuron's properties: those that its dataset family has, with the gaps, empty strings and
 * odd values that the real data has.
 */
final class NeuronProperties {
  private static final List<String> TRANSMITTERS =
      List.of(
          "acetylcholine", "gaba", "glutamate", "dopamine", "serotonin", "octopamine", "unclear");
  private static final List<String> SUPERCLASSES =
      List.of(
          "cb_intrinsic", "ol_intrinsic", "visual_projection", "descending_neuron", "vnc_motor");
  private static final List<String> CLASSES =
      List.of("ALPN", "KC", "MBON", "CX", "LHLN", "TuBu", "optic <lobe>", "leg & wing");
  private static final List<String> NEUROMERES = List.of("T1", "T2", "T3", "ANm", "LB", "MX");
  private static final List<String> HEMILINEAGES =
      List.of("00A", "09A", "21X", "ALl1_dorsal", "SMPad1");

  /** What only some families have, beside what the old programs read; and values of each. */
  private static final Map<String, List<String>> ADDITIONS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("supertype", List.of("00732", "10291", "2-motor", "super <type>")),
              Map.entry("itoleeHl", List.of("VPNp2", "LALv1_dorsal", "putative_primary")),
              Map.entry("hemilineage", List.of("09A", "13B", "TBD")),
              Map.entry("hemibrainType", List.of("LC10a", "FB4Y", "PFL3/x", "SMP\u03b1'1")),
              Map.entry("mancType", List.of("DNa02", "IN06B012", "AN08B014, AN08B015")),
              Map.entry("systematicType", List.of("INXXX017", "DNxl001")),
              Map.entry("serialMotif", List.of("sx", "13B-x & y")),
              Map.entry("birthtime", List.of("primary", "early secondary", "secondary")),
              Map.entry("entryNerve", List.of("AbN3", "ProLN_L", "none")),
              Map.entry("exitNerve", List.of("ADMN", "DProN")),
              Map.entry("fruDsx", List.of("fru", "dsx", "coexpress")),
              Map.entry("nerve", List.of("CV", "MxLbN", "\"AN\""))));

  private final Family family;
  private final RoiCounts rois;

  NeuronProperties(Family family, RoiCounts rois) {
    this.family = family;
    this.rois = rois;
  }

  /** The names that neurons of a family may have, beside bodyId. */
  static List<String> names(Family family) {
    List<String> common =
        List.of(
            "type",
            "instance",
            "status",
            "pre",
            "post",
            "upstream",
            "downstream",
            "size",
            "roiInfo");
    List<String> additions =
        switch (family) {
          case CNS -> List.copyOf(ADDITIONS.keySet());
          case HEMIBRAIN -> List.of();
          case OPTIC_LOBE -> List.of("hemibrainType", "supertype");
          case FLYWIRE -> List.of("hemibrainType", "hemilineage", "itoleeHl", "nerve", "supertype");
        };
    List<String> own =
        switch (family) {
          case CNS ->
              List.of(
                  "rootSide",
                  "somaSide",
                  "superclass",
                  "class",
                  "subclass",
                  "consensusNt",
                  "celltypePredictedNt",
                  "celltypePredictedNtConfidence",
                  "celltypeTotalNtPredictions",
                  "predictedNt",
                  "predictedNtProb",
                  "dimorphism",
                  "synonyms",
                  "flywireType",
                  "somaNeuromere",
                  "trumanHl");
          case HEMIBRAIN -> List.of("synonyms", "consensusNt", "celltypePredictedNt");
          case OPTIC_LOBE ->
              List.of(
                  "class",
                  "consensusNt",
                  "celltypePredictedNt",
                  "celltypePredictedNtConfidence",
                  "celltypeTotalNtPredictions",
                  "synonyms",
                  "flywireType");
          case FLYWIRE ->
              List.of(
                  "side",
                  "somaSide",
                  "superclass",
                  "class",
                  "subclass",
                  "predictedNt",
                  "predictedNtProb",
                  "consensusNt",
                  "flywireType",
                  "trumanHl",
                  "synonyms");
        };
    return Stream.of(common, own, additions).flatMap(List::stream).toList();
  }

  /** Properties with the types of their values, as a Meta node tells them. */
  static Map<String, String> types(List<String> names) {
    Map<String, String> types = new TreeMap<>(Map.of("bodyId", "integer"));
    for (String name : names) {
      types.put(
          name,
          switch (name) {
            case "pre", "post", "upstream", "downstream", "size", "celltypeTotalNtPredictions" ->
                "integer";
            case "celltypePredictedNtConfidence", "predictedNtProb" -> "float";
            default -> "string";
          });
    }
    return types;
  }

  /**
   * What the neurons of one type have in common.
   *
   * @param type null for neurons without
   * @param shared properties by name; a neuron may lack any of them
   * @param additions likewise, of those that the old programs do not read
   * @param annotated of 10 neurons, how many have the shared properties
   */
  record TypeTraits(
      String type,
      Map<String, Object> shared,
      Map<String, String> additions,
      int annotated,
      List<Integer> home,
      double scale) {}

  TypeTraits traits(String type, RandomGenerator random) {
    Map<String, Object> shared = new HashMap<>();
    String transmitter = pick(TRANSMITTERS, random);
    shared.put("consensusNt", transmitter);
    shared.put("celltypePredictedNt", pick(TRANSMITTERS, random));
    shared.put("celltypePredictedNtConfidence", random.nextInt(10) == 0 ? 1.0 : fraction(random));
    shared.put("celltypeTotalNtPredictions", (long) random.nextInt(50_000));
    shared.put("predictedNt", transmitter);
    shared.put("superclass", pick(SUPERCLASSES, random));
    shared.put("class", pick(CLASSES, random));
    shared.put("subclass", random.nextInt(4) == 0 ? "" : "sub" + random.nextInt(9));
    shared.put("dimorphism", random.nextInt(3) == 0 ? "male-specific" : "sexually dimorphic");
    shared.put("somaNeuromere", pick(NEUROMERES, random));
    shared.put("trumanHl", pick(HEMILINEAGES, random));
    shared.put("synonyms", synonyms(random));
    shared.put("flywireType", flywireType(type, random));
    // Whole types lack a property more often than single neurons do.
    shared.keySet().removeIf(property -> random.nextInt(4) == 0);
    shared.keySet().retainAll(names(family));
    return new TypeTraits(
        type,
        shared,
        additions(type),
        3 + random.nextInt(8),
        rois.home(random),
        Math.exp(0.8 * random.nextGaussian()));
  }

  /** Drawn by the type's name, so that all else stays as it was before there were any. */
  private Map<String, String> additions(String type) {
    SplittableRandom random = new SplittableRandom(type == null ? 0 : type.hashCode());
    Map<String, String> additions = new TreeMap<>();
    ADDITIONS.forEach(
        (property, values) -> {
          String value = pick(values, random);
          if (random.nextInt(3) != 0 && names(family).contains(property)) {
            additions.put(property, value);
          }
        });
    return additions;
  }

  Map<String, Object> neuron(TypeTraits traits, long bodyId, RandomGenerator random) {
    Map<String, Object> neuron = new HashMap<>();
    char side = "LLLLRRRRM?".charAt(random.nextInt(10));
    neuron.put("bodyId", bodyId);
    if (traits.type() != null) {
      neuron.put("type", traits.type());
    }
    neuron.put("instance", instance(traits.type(), side, random));
    neuron.put("status", random.nextInt(20) == 0 ? "Anchor" : "Traced");
    neuron.put("size", 1_000_000L + random.nextInt(2_000_000_000));
    RoiCounts.Drawn drawn = rois.draw(traits.home(), side, traits.scale(), random);
    putMostly(neuron, "pre", drawn.pre() + random.nextInt(5), random);
    putMostly(neuron, "post", drawn.post() + random.nextInt(20), random);
    neuron.put("downstream", drawn.pre() * 6);
    neuron.put("upstream", drawn.post());
    putMostly(neuron, "roiInfo", drawn.roiInfo(), random);
    traits
        .shared()
        .forEach(
            (property, value) -> {
              if (random.nextInt(10) < traits.annotated()) {
                neuron.put(property, vary(property, value, random));
              }
            });
    SplittableRandom own = new SplittableRandom(bodyId);
    traits
        .additions()
        .forEach(
            (property, value) -> {
              switch (own.nextInt(10)) {
                case 0, 1 -> {}
                case 2 -> neuron.put(property, pick(ADDITIONS.get(property), own));
                case 3 -> neuron.put(property, own.nextBoolean() ? "" : value);
                default -> neuron.put(property, value);
              }
            });
    sides(neuron, side, random);
    if (family == Family.FLYWIRE || family == Family.CNS) {
      neuron.put("predictedNtProb", fraction(random));
    }
    return neuron;
  }

  private static void putMostly(
      Map<String, Object> neuron, String property, Object value, RandomGenerator random) {
    if (random.nextInt(50) != 0) {
      neuron.put(property, value);
    }
  }

  /**
   * Most properties hold for a whole type; some neurons differ, and an empty string is no value.
   */
  private static Object vary(String property, Object value, RandomGenerator random) {
    if (!(value instanceof String)) {
      return value;
    }
    return switch (random.nextInt(40)) {
      case 0 -> "";
      case 1 ->
          switch (property) {
            case "class" -> pick(CLASSES, random);
            case "superclass" -> pick(SUPERCLASSES, random);
            case "somaNeuromere" -> pick(NEUROMERES, random);
            case "trumanHl" -> pick(HEMILINEAGES, random);
            case "consensusNt", "predictedNt" -> pick(TRANSMITTERS, random);
            default -> value;
          };
      default -> value;
    };
  }

  private void sides(Map<String, Object> neuron, char side, RandomGenerator random) {
    String plain = side == '?' ? List.of("", "U", "NA", "l").get(random.nextInt(4)) : "" + side;
    switch (family) {
      case CNS -> {
        if (random.nextInt(3) == 0) {
          neuron.put("rootSide", plain);
        }
        if (random.nextInt(12) != 0) {
          neuron.put("somaSide", plain);
        }
      }
      case FLYWIRE -> {
        if (random.nextInt(10) != 0) {
          neuron.put("side", flywireSide(side, random));
        }
        if (random.nextInt(30) == 0) {
          neuron.put("somaSide", plain);
        }
      }
      case HEMIBRAIN, OPTIC_LOBE -> {} // their neurons have only the instance
    }
  }

  private static String flywireSide(char side, RandomGenerator random) {
    List<String> spellings =
        switch (side) {
          case 'L' -> List.of("LEFT", "left", "L");
          case 'R' -> List.of("RIGHT", "right", "R");
          case 'M' -> List.of("CENTER", "center", "MIDDLE", "middle", "C", "M");
          default -> List.of("na", "Left", "l", "");
        };
    return pick(spellings, random);
  }

  private String instance(String type, char side, RandomGenerator random) {
    String name = type == null ? "(unnamed)" : type;
    String letter = side == '?' ? "" : "" + side;
    if (letter.isEmpty()) {
      return name;
    }
    return switch (family) {
      case CNS -> name + "_" + letter;
      case HEMIBRAIN ->
          random.nextInt(3) == 0
              ? name + "_C" + random.nextInt(9) + "_" + letter
              : name + "_" + letter;
      case OPTIC_LOBE, FLYWIRE ->
          switch (random.nextInt(4)) {
            case 0 -> name + "(" + letter + ")";
            case 1 -> name + "-" + letter.toLowerCase(Locale.ROOT);
            case 2 -> name + "_" + letter + "_" + random.nextInt(99);
            default -> name + "_" + letter;
          };
    };
  }

  /**
   * In the shapes that real synonyms have: references before a colon, several parts, fru- names.
   */
  private static String synonyms(RandomGenerator random) {
    String name = "aSP" + random.nextInt(30);
    return switch (random.nextInt(5)) {
      case 0 -> "Yu 2010: " + name;
      case 1 -> "Cachero 2010: " + name + "; Kimura 2008, Yu 2010: P" + random.nextInt(9);
      case 2 -> name + ", fru-" + name + ", pMP" + random.nextInt(9);
      case 3 -> " ; fru-M" + random.nextInt(9) + ";";
      default -> name + " & <sons>";
    };
  }

  /** A list, an expression in brackets, or the type's own name in another case. */
  private static String flywireType(String type, RandomGenerator random) {
    int number = random.nextInt(400);
    return switch (random.nextInt(5)) {
      case 0 -> "CB" + number + ",CB" + (number + 1);
      case 1 -> "T" + number + "(a,b)c";
      case 2 -> "PEN_b(PEN" + number + ")";
      case 3 -> type == null ? "CB" : type.toLowerCase(Locale.ROOT);
      default -> "LC" + number;
    };
  }

  private static double fraction(RandomGenerator random) {
    return random.nextInt(10_000) / 10_000.0;
  }

  private static String pick(List<String> choices, RandomGenerator random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
