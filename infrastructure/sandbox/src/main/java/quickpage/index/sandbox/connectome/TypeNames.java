package quickpage.index.sandbox.connectome;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Names for neuron types: as the field makes them, and some that no program should stumble over.
 */
public final class TypeNames {

  /**
   * Names that are hard on file names, Cypher, HTML, URLs, JavaScript or the server's rewriting of
   * labels; about half of them occur in published datasets. Pairs that fall on one file name, that
   * differ only in case, or where one is the other's left page, stand together.
   */
  public static final List<String> AWKWARD =
      List.of(
          "DNp16/17",
          "DNp16_17",
          "JO-A/B/C",
          "JO-A_B_C",
          "Acc. ti flexor MN",
          "Acc._ti_flexor_MN",
          "AMMC-A1",
          "AMMC-A1_L",
          "DNx01_R",
          "PEN_b(PEN2)",
          "5thsLNv_LNd6",
          "MBON05(y4>y1y2)",
          "KCa'b'-ap1",
          "l'n-α",
          "Tergopleural/Pleural promotor MN",
          "123",
          "007",
          "LC4",
          "Lc4",
          "a'b",
          "a\"b",
          "a`b",
          "trailing\\",
          "back\\slash",
          "u\\u0027n",
          "\\' OR 1=1 //",
          "n:Neuron",
          "') DETACH DELETE (m:Meta",
          "x:Segment:Synapse",
          ":`Cell`",
          "A&B",
          "A&amp;B",
          "C+D",
          "50%",
          "%2F",
          "Z#1",
          "who?",
          "{x}",
          "$type",
          "/* c */",
          "//comment",
          "<b>bold</b>",
          "</script><script>alert(1)</script>",
          "javascript:alert(1)",
          "../up",
          "a,b; c",
          "__proto__",
          "constructor",
          "null",
          "NaN",
          "ニューロン",
          "naïve-β",
          "🧠1",
          "e\u0301cole",
          "two  spaces",
          "ends ",
          "Neo.TransientError.Transaction.Terminated",
          "Timeout");

  private static final List<String> PREFIXES =
      List.of(
          "SMP", "AVLP", "SLP", "PLP", "PVLP", "CB", "LHAV", "LHPV", "CL", "LAL", "PS", "WED",
          "VES", "GNG", "DNge", "DNg", "DNp", "DNa", "AN", "IN", "MNad", "ANXXX", "MBON", "PAM",
          "KCg-", "LC", "LPLC", "LT", "MeTu", "Tm", "TmY", "Dm", "Mi", "Pm", "Li", "T", "LPi",
          "ORN_", "vLN", "FB", "ER", "EPG", "PFL", "hDelta", "vDelta", "SNta", "SNpp", "aMe");

  private TypeNames() {}

  /**
   * Names a number of types, in an order of no meaning.
   *
   * @param count at least 1
   * @param withAwkward whether {@link #AWKWARD} are among them, at most half of the count
   */
  static List<String> pick(int count, boolean withAwkward, RandomGenerator random) {
    Set<String> names = new LinkedHashSet<>();
    int awkward = withAwkward ? Math.min(AWKWARD.size(), count / 2) : 0;
    // Spread over the list, so that few types still get different kinds of trouble.
    for (int i = 0; i < awkward; i++) {
      names.add(AWKWARD.get((int) ((long) i * AWKWARD.size() / awkward)));
    }
    while (names.size() < count) {
      names.add(ordinary(random, count));
    }
    List<String> shuffled = new ArrayList<>(names);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      shuffled.set(i, shuffled.set(random.nextInt(i + 1), shuffled.get(i)));
    }
    return List.copyOf(shuffled);
  }

  private static String ordinary(RandomGenerator random, int count) {
    String prefix = PREFIXES.get(random.nextInt(PREFIXES.size()));
    int number = 1 + random.nextInt(Math.max(40, count / 10));
    String name = prefix + (prefix.length() > 2 ? String.format("%03d", number) : number);
    return switch (random.nextInt(8)) {
      case 0 -> name + (char) ('a' + random.nextInt(6));
      case 1 -> name + "_" + (char) ('a' + random.nextInt(4));
      case 2 -> name + "m";
      default -> name;
    };
  }
}
