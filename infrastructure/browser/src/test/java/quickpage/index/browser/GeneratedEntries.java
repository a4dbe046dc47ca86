package quickpage.index.browser;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.Neurotransmitter;
import quickpage.index.model.SideCounts;
import quickpage.index.model.SynapseCounts;
import quickpage.index.model.TypeFacts;
import quickpage.index.model.TypePages;
import quickpage.index.model.TypeProperties;
import quickpage.index.model.roi.OwnShare;
import quickpage.index.model.roi.RoiShare;
import quickpage.index.text.CodePointOrder;

/**
 * Entries like those of a fly's central nervous system, from a seed: 11,700 types with some ten
 * neurons each, most on both sides, in one to two dozen ROIs, with annotations as dense as there.
 */
final class GeneratedEntries {
  static final int MALE_CNS_TYPES = 11_700;

  /** Regions and their ROIs. */
  private static final Map<String, List<String>> REGIONS = regions();

  private static final List<String> TRANSMITTERS =
      List.of(
          "acetylcholine",
          "acetylcholine",
          "acetylcholine",
          "gaba",
          "glutamate",
          "dopamine",
          "serotonin",
          "octopamine",
          "unclear");
  private static final List<String> SUPERCLASSES =
      List.of(
          "cb_intrinsic",
          "ol_intrinsic",
          "vnc_intrinsic",
          "visual_projection",
          "visual_centrifugal",
          "ascending_neuron",
          "descending_neuron",
          "vnc_motor",
          "sensory",
          "endocrine");
  private static final List<String> STEMS =
      List.of(
          "AN", "AVLP", "CB", "CL", "DNg", "DNp", "EA", "GNG", "IB", "IN", "KC", "LAL", "LC",
          "LHAV", "LHPD", "LPT", "LT", "MBON", "Mi", "MN", "PAM", "PEN", "PFL", "PLP", "PS", "PVLP",
          "SAD", "SIP", "SLP", "SMP", "SNpp", "T", "Tm", "TmY", "VES", "WED", "Y", "aMe", "vMS");
  private static final List<String> BIRTHTIMES = List.of("primary", "early secondary", "secondary");
  private static final List<String> NEUROMERES =
      List.of("T1", "T2", "T3", "A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "ANm");

  private final SplittableRandom random;

  /** Draws what came later, so that the rest stays as it was. */
  private final SplittableRandom additions;

  private final List<String> rois = new ArrayList<>();
  private final Map<String, String> parents = new TreeMap<>();

  private GeneratedEntries(long seed) {
    random = new SplittableRandom(seed);
    additions = new SplittableRandom(~seed);
    REGIONS.forEach(
        (region, members) ->
            members.forEach(
                roi -> {
                  rois.add(roi);
                  parents.put(roi, region);
                }));
  }

  /** Entries in the order of their names. */
  static List<IndexEntry> of(int types, long seed) {
    return new GeneratedEntries(seed).make(types);
  }

  /** The same with {@link HostileEntries} among them. */
  static List<IndexEntry> withHostileOnes(int types, long seed) {
    return Stream.concat(of(types, seed).stream(), HostileEntries.all().stream())
        .sorted(Comparator.comparing(IndexEntry::name, CodePointOrder.BY_CODE_POINT))
        .toList();
  }

  private List<IndexEntry> make(int types) {
    Map<String, IndexEntry> made = new TreeMap<>(Comparator.naturalOrder());
    while (made.size() < types) {
      IndexEntry entry = entry(name());
      made.putIfAbsent(entry.name(), entry);
    }
    return List.copyOf(made.values());
  }

  private String name() {
    String name = pick(STEMS) + String.format("%03d", random.nextInt(1, 900));
    if (chance(0.5)) {
      name += (char) ('a' + random.nextInt(6));
    }
    if (chance(0.04)) {
      name += ",CB" + random.nextInt(1000, 3999);
    }
    if (chance(0.02)) {
      name += "(" + pick(STEMS) + random.nextInt(1, 40) + ")";
    }
    if (chance(0.02)) {
      name += "/" + (char) ('b' + random.nextInt(4));
    }
    return name;
  }

  private IndexEntry entry(String name) {
    double kind = random.nextDouble();
    TypePages pages = pages(name, true, true, chance(0.05));
    if (kind < 0.002) {
      return IndexEntry.unavailable(name, pages, "the server took longer than its time limit");
    }
    if (kind < 0.004) {
      return IndexEntry.withoutNeurons(name, pages);
    }
    long left = chance(0.06) ? 0 : cells();
    long right = chance(0.06) ? 0 : Math.max(0, left + random.nextInt(-1, 2));
    long middle = chance(0.03) ? random.nextInt(1, 4) : 0;
    long unknown = chance(0.02) ? random.nextInt(1, 3) : 0;
    if (left + right + middle + unknown == 0) {
      left = 1;
    }
    SideCounts counts = new SideCounts(left + right + middle + unknown, left, right, middle);
    List<RoiShare> summary = summary(counts.total());
    List<String> parentRois =
        summary.stream().map(roi -> parents.get(roi.name())).distinct().sorted().toList();
    long pre = summary.stream().mapToLong(RoiShare::pre).sum();
    long post = summary.stream().mapToLong(RoiShare::post).sum();
    TypeFacts facts =
        new TypeFacts(name, counts, new SynapseCounts(pre, post), null, properties(name));
    return IndexEntry.described(
        facts,
        pages(name, left > 0, right > 0, middle > 0),
        summary,
        summary.isEmpty() ? "" : parents.get(summary.get(0).name()),
        parentRois);
  }

  private long cells() {
    double kind = random.nextDouble();
    if (kind < 0.6) {
      return 1;
    }
    if (kind < 0.9) {
      return random.nextInt(2, 8);
    }
    return kind < 0.995 ? random.nextInt(8, 60) : random.nextInt(60, 900);
  }

  private List<RoiShare> summary(long cells) {
    if (chance(0.01)) {
      return List.of();
    }
    int size = Math.min(rois.size(), 1 + (int) (random.nextDouble() * random.nextDouble() * 26));
    int centre = random.nextInt(rois.size());
    List<Integer> places =
        IntStream.range(0, size)
            .map(k -> Math.floorMod(centre + random.nextInt(-14, 15), rois.size()))
            .distinct()
            .boxed()
            .toList();
    List<long[]> counts = new ArrayList<>();
    for (int rank = 0; rank < places.size(); rank++) {
      double weight = 1000.0 * cells / (1 + rank) / (1 + rank);
      counts.add(
          new long[] {
            (long) (weight * random.nextDouble()), (long) (3 * weight * random.nextDouble()) + 1
          });
    }
    double pre = Math.max(1, counts.stream().mapToLong(c -> c[0]).sum());
    double post = counts.stream().mapToLong(c -> c[1]).sum();
    List<RoiShare> shares = new ArrayList<>();
    for (int k = 0; k < places.size(); k++) {
      long[] c = counts.get(k);
      shares.add(
          new RoiShare(
              rois.get(places.get(k)),
              c[0],
              c[1],
              c[0] + c[1],
              100 * c[0] / pre,
              100 * c[1] / post,
              new OwnShare(100 * c[0] / pre, 100 * c[1] / post)));
    }
    shares.removeIf(share -> share.prePercent() < 1.5 && share.postPercent() < 1.5);
    shares.sort(Comparator.comparingLong(RoiShare::total).reversed().thenComparing(RoiShare::name));
    return shares;
  }

  private TypeProperties properties(String name) {
    String superclass = pick(SUPERCLASSES);
    boolean vnc = superclass.startsWith("vnc") || superclass.startsWith("ascending");
    String predicted = pick(TRANSMITTERS);
    return new TypeProperties(
        new Neurotransmitter(
            chance(0.7) ? predicted : null,
            chance(0.95) ? predicted : null,
            Math.round(random.nextDouble(0.4, 1) * 1e4) / 1e4,
            random.nextLong(20, 40_000)),
        List.of(superclass),
        chance(0.4) ? List.of("class " + random.nextInt(1, 40)) : List.of(),
        chance(0.5) ? sublist("subclass ", 150) : List.of(),
        chance(0.04)
            ? pick(List.of("male-specific", "sexually dimorphic", "potentially male"))
            : null,
        chance(0.25) ? synonyms(name) : null,
        chance(0.6)
            ? List.of(chance(0.7) ? name : pick(STEMS) + random.nextInt(100, 999))
            : List.of(),
        vnc ? List.of(pick(NEUROMERES)) : List.of(),
        chance(0.6) ? sublist("", 180) : List.of(),
        some(name, "Lee", 150),
        some(name, "supertype ", 600),
        otherTypes(name),
        vnc ? otherClasses() : Collections.emptySortedMap());
  }

  /** One of so many values, for three types of four; types of like names have one of a few. */
  private List<String> some(String name, String prefix, int values) {
    int first = (name.substring(0, Math.min(4, name.length())) + prefix).hashCode();
    int value = Math.floorMod(first + additions.nextInt(4), values);
    return additions.nextInt(4) == 0 ? List.of() : List.of(prefix + value);
  }

  /** Other datasets have some types, mostly under the same name. */
  private SortedMap<String, List<String>> otherTypes(String name) {
    SortedMap<String, List<String>> others = new TreeMap<>();
    for (String property : List.of("hemibrainType", "mancType")) {
      switch (additions.nextInt(10)) {
        case 0, 1 -> others.put(property, List.of(name));
        case 2 -> others.put(property, List.of("other" + additions.nextInt(100, 999)));
        default -> {}
      }
    }
    return others;
  }

  private SortedMap<String, List<String>> otherClasses() {
    return new TreeMap<>(
        Map.of(
            "birthtime", List.of(BIRTHTIMES.get(additions.nextInt(BIRTHTIMES.size()))),
            "nerve", List.of("nerve " + additions.nextInt(40))));
  }

  private List<String> sublist(String prefix, int values) {
    return IntStream.range(0, chance(0.1) ? 2 : 1)
        .mapToObj(
            k ->
                prefix
                    + String.format(
                        "%02d%c", random.nextInt(values / 3), "ABX".charAt(random.nextInt(3))))
        .distinct()
        .sorted()
        .toList();
  }

  private String synonyms(String name) {
    String author =
        pick(List.of("Nern 2025", "Aso 2014", "Namiki 2018", "Marin 2024", "Wolff 2018"));
    return author
        + ": "
        + name.toLowerCase(java.util.Locale.ROOT)
        + "-"
        + random.nextInt(1, 90)
        + (chance(0.3) ? "; Yu 2010: fru-" + pick(STEMS) : "");
  }

  private static TypePages pages(String name, boolean left, boolean right, boolean middle) {
    String base = "types/" + name.replace('/', '_').replace(' ', '_');
    return new TypePages(
        base + ".html",
        left ? base + "_L.html" : null,
        right ? base + "_R.html" : null,
        middle ? base + "_M.html" : null);
  }

  private boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  private <T> T pick(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private static Map<String, List<String>> regions() {
    Map<String, List<String>> regions = new TreeMap<>();
    regions.put("OL", List.of("LA", "ME", "AME", "LO", "LOP"));
    regions.put("VLNP", List.of("AOTU", "AVLP", "PVLP", "PLP", "WED"));
    regions.put("LH", List.of("LH"));
    regions.put("MB", List.of("CA", "PED", "a'L", "aL", "gL", "b'L", "bL"));
    regions.put("CX", List.of("FB", "EB", "PB", "NO", "AB"));
    regions.put("LX", List.of("BU", "LAL", "GA"));
    regions.put("INP", List.of("CRE", "SCL", "ICL", "IB", "ATL"));
    regions.put("SNP", List.of("SLP", "SIP", "SMP"));
    regions.put("VMNP", List.of("VES", "EPA", "GOR", "SPS", "IPS"));
    regions.put("PENP", List.of("SAD", "AMMC", "FLA", "CAN", "PRW"));
    regions.put("AL", List.of("AL"));
    regions.put("GNG", List.of("GNG"));
    regions.put(
        "VNC",
        List.of(
            "NTct",
            "WTct",
            "HTct",
            "IntTct",
            "LTct",
            "LegNp(T1)",
            "LegNp(T2)",
            "LegNp(T3)",
            "ANm",
            "Ov",
            "mVAC"));
    regions.put(
        "Nerves",
        List.of("ProLN", "MesoLN", "MetaLN", "ADMN", "PDMN", "AbN1", "AbN2", "AbN3", "CvN"));
    return regions;
  }
}
