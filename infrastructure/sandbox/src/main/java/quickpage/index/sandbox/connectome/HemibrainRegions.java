package quickpage.index.sandbox.connectome;

import static quickpage.index.sandbox.connectome.Roi.group;
import static quickpage.index.sandbox.connectome.Roi.primary;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * Makes up where the neurons of hemibrain have their synapses, from the names of their types: LC
 * cells in the lobula and the PVLP, Kenyon cells in the mushroom body, EPG in the protocerebral
 * bridge and the ellipsoid body. Nothing of it is data; how many synapses a neuron has, is.
 *
 * <p>{@code hemibrain-regions.csv} says which regions: for the first pattern that a type's name
 * fits, {@code REGION:WEIGHT …} for input and for output; of {@code ?A B C:WEIGHT} each type has
 * one.
 */
final class HemibrainRegions {

  /** Raised when other numbers are drawn, so that nobody takes them for those of before. */
  static final int REVISION = 2;

  private static final Roi ROOT =
      group(
          "hemibrain",
          primary("AL(L)"),
          primary("AL(R)"),
          group("CX", singles("EB FB NO PB")),
          primary("GNG"),
          group("INP", singles("ATL(L) ATL(R) CRE(L) CRE(R) IB ICL(L) ICL(R) SCL(L) SCL(R)")),
          primary("LH(R)"),
          group("LX(L)", singles("BU(L) LAL(L)")),
          group("LX(R)", singles("BU(R) LAL(R)")),
          group("MB(L)", singles("a'L(L) aL(L) b'L(L) bL(L) gL(L)")),
          group("MB(R)", singles("CA(R) PED(R) a'L(R) aL(R) b'L(R) bL(R) gL(R)")),
          group("OL(R)", singles("AME(R) LO(R) LOP(R) ME(R)")),
          group("PENP", singles("CAN(R) FLA(R) PRW SAD")),
          group("SNP(L)", singles("SIP(L) SMP(L)")),
          group("SNP(R)", singles("SIP(R) SLP(R) SMP(R)")),
          group("VLNP(R)", singles("AOTU(R) AVLP(R) PLP(R) PVLP(R) WED(R)")),
          group("VMNP", singles("EPA(L) EPA(R) GOR(L) GOR(R) IPS(R) SPS(L) SPS(R) VES(L) VES(R)")));

  private static final Map<String, String> FULL_NAMES =
      Map.ofEntries(
          Map.entry("a'L", "alpha' lobe"),
          Map.entry("aL", "alpha lobe"),
          Map.entry("AL", "antennal lobe"),
          Map.entry("AME", "accessory medulla"),
          Map.entry("AOTU", "anterior optic tubercle"),
          Map.entry("ATL", "antler"),
          Map.entry("AVLP", "anterior ventrolateral protocerebrum"),
          Map.entry("b'L", "beta' lobe"),
          Map.entry("bL", "beta lobe"),
          Map.entry("BU", "bulb"),
          Map.entry("CA", "calyx"),
          Map.entry("CAN", "cantle"),
          Map.entry("CRE", "crepine"),
          Map.entry("CX", "central complex"),
          Map.entry("EB", "ellipsoid body"),
          Map.entry("EPA", "epaulette"),
          Map.entry("FB", "fan-shaped body"),
          Map.entry("FLA", "flange"),
          Map.entry("gL", "gamma lobe"),
          Map.entry("GNG", "gnathal ganglia"),
          Map.entry("GOR", "gorget"),
          Map.entry("IB", "inferior bridge"),
          Map.entry("ICL", "inferior clamp"),
          Map.entry("INP", "inferior neuropils"),
          Map.entry("IPS", "inferior posterior slope"),
          Map.entry("LAL", "lateral accessory lobe"),
          Map.entry("LH", "lateral horn"),
          Map.entry("LO", "lobula"),
          Map.entry("LOP", "lobula plate"),
          Map.entry("LX", "lateral complex"),
          Map.entry("MB", "mushroom body"),
          Map.entry("ME", "medulla"),
          Map.entry("NO", "noduli"),
          Map.entry("OL", "optic lobe"),
          Map.entry("PB", "protocerebral bridge"),
          Map.entry("PED", "pedunculus"),
          Map.entry("PENP", "periesophageal neuropils"),
          Map.entry("PLP", "posterior lateral protocerebrum"),
          Map.entry("PRW", "prow"),
          Map.entry("PVLP", "posterior ventrolateral protocerebrum"),
          Map.entry("SAD", "saddle"),
          Map.entry("SCL", "superior clamp"),
          Map.entry("SIP", "superior intermediate protocerebrum"),
          Map.entry("SLP", "superior lateral protocerebrum"),
          Map.entry("SMP", "superior medial protocerebrum"),
          Map.entry("SNP", "superior neuropils"),
          Map.entry("SPS", "superior posterior slope"),
          Map.entry("VES", "vest"),
          Map.entry("VLNP", "ventrolateral neuropils"),
          Map.entry("VMNP", "ventromedial neuropils"),
          Map.entry("WED", "wedge"));

  private static final Pattern SIDE = Pattern.compile("\\([LR]\\)$");

  /** What a pattern's types have in common. */
  private record Rule(Pattern type, List<Choice> input, List<Choice> output) {}

  /** One of these regions, with a weight. */
  private record Choice(List<String> regions, double weight) {}

  /** The weights of a type's regions, without their sides. */
  record Home(Map<String, Double> input, Map<String, Double> output) {}

  private final List<Rule> rules = rules();
  private final Map<String, String> groupOf = new LinkedHashMap<>();
  private final List<String> regions;

  HemibrainRegions() {
    for (Roi group : ROOT.children()) {
      for (Roi part : group.children()) {
        groupOf.put(part.name(), group.name());
      }
    }
    regions = primaries().map(HemibrainRegions::withoutSide).distinct().toList();
  }

  private static Object singles(String names) {
    return Stream.of(names.split(" ")).map(name -> primary(name)).toList();
  }

  private static Stream<String> primaries() {
    return ROOT.all().filter(Roi::primary).map(Roi::name);
  }

  private static String withoutSide(String roi) {
    return SIDE.matcher(roi).replaceFirst("");
  }

  Map<String, Object> hierarchy() {
    return ROOT.asHierarchy();
  }

  String[] primaryRois() {
    return primaries().toArray(String[]::new);
  }

  /** {@code Meta.roiInfo}: every region with its full name. */
  Map<String, Object> descriptions() {
    Map<String, Object> descriptions = new TreeMap<>();
    ROOT.all()
        .skip(1)
        .forEach(
            roi ->
                descriptions.put(
                    roi.name(),
                    Map.of(
                        "hasROI", true, "description", FULL_NAMES.get(withoutSide(roi.name())))));
    return descriptions;
  }

  /**
   * The regions of a type.
   *
   * @param type "" for a neuron without
   */
  Home home(String type) {
    SplittableRandom random = new SplittableRandom(type.hashCode());
    Rule rule =
        rules.stream().filter(one -> one.type().matcher(type).matches()).findFirst().orElseThrow();
    return new Home(weights(rule.input(), random), weights(rule.output(), random));
  }

  private Map<String, Double> weights(List<Choice> choices, SplittableRandom random) {
    Map<String, Double> weights = new LinkedHashMap<>();
    for (Choice choice : choices) {
      String region = choice.regions().get(random.nextInt(choice.regions().size()));
      weights.merge(region, choice.weight() * Math.exp(0.25 * random.nextGaussian()), Double::sum);
    }
    // Real types reach a little into regions that nobody would name them by.
    for (int more = random.nextInt(4); more > 0; more--) {
      weights.putIfAbsent(
          regions.get(random.nextInt(regions.size())), 0.05 + 0.3 * random.nextDouble());
    }
    return weights;
  }

  /**
   * Draws one neuron: its synapses, shared out among the regions of its type and summed in what
   * contains those.
   *
   * @param side L or R: where its regions are, as far as hemibrain has that side of them
   * @return {@code {roi: {pre, post}}}
   */
  Map<String, Map<String, Long>> draw(
      Home home, char side, long pre, long post, SplittableRandom random) {
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    share(counts, "pre", pre, home.output(), side, random);
    share(counts, "post", post, home.input(), side, random);
    return counts;
  }

  private void share(
      Map<String, Map<String, Long>> counts,
      String what,
      long total,
      Map<String, Double> weights,
      char side,
      SplittableRandom random) {
    Map<String, Double> drawn = new LinkedHashMap<>();
    weights.forEach(
        (region, weight) -> drawn.put(region, weight * Math.exp(0.35 * random.nextGaussian())));
    double sum = drawn.values().stream().mapToDouble(Double::doubleValue).sum();
    double upTo = 0;
    long given = 0;
    // Cutting one line at the running sums leaves no remainder to hand out.
    for (Map.Entry<String, Double> region : drawn.entrySet()) {
      upTo += region.getValue();
      long until = Math.round(total * (upTo / sum));
      if (until > given) {
        String roi = onSide(region.getKey(), side, random);
        add(counts, roi, what, until - given);
        if (groupOf.containsKey(roi)) {
          add(counts, groupOf.get(roi), what, until - given);
        }
        given = until;
      }
    }
  }

  private static void add(
      Map<String, Map<String, Long>> counts, String roi, String what, long count) {
    counts.computeIfAbsent(roi, none -> new TreeMap<>()).merge(what, count, Long::sum);
  }

  private static final List<String> NAMES = primaries().toList();

  /** Mostly the neuron's own side; hemibrain has many regions on the right alone. */
  private static String onSide(String region, char side, SplittableRandom random) {
    char own = random.nextInt(10) == 0 ? (side == 'L' ? 'R' : 'L') : side;
    return Stream.of("(" + own + ")", "(R)", "(L)", "")
        .map(suffix -> region + suffix)
        .filter(NAMES::contains)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("there is no region " + region));
  }

  private static List<Rule> rules() {
    try (InputStream in = HemibrainRegions.class.getResourceAsStream("hemibrain-regions.csv");
        Reader text = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      List<Rule> rules = new ArrayList<>();
      for (CSVRecord row :
          CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get().parse(text)) {
        rules.add(
            new Rule(
                Pattern.compile(row.get("type")),
                choices(row.get("input")),
                choices(row.get("output"))));
      }
      return List.copyOf(rules);
    } catch (IOException e) {
      throw new UncheckedIOException("the regions of hemibrain cannot be read", e);
    }
  }

  private static final Pattern CHOICE = Pattern.compile("(\\?[^:]+|[^ :?]+):(\\d+)");

  private static List<Choice> choices(String text) {
    return CHOICE
        .matcher(text)
        .results()
        .map(
            found ->
                new Choice(
                    List.of(found.group(1).replaceFirst("^\\?", "").split(" ")),
                    Integer.parseInt(found.group(2))))
        .collect(Collectors.toList());
  }
}
