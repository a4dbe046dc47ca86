package quickpage.index.sandbox.connectome;

import static quickpage.index.sandbox.connectome.Roi.group;
import static quickpage.index.sandbox.connectome.Roi.primary;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The region hierarchy of each dataset family, shortened, with the names that the field uses. */
final class RoiTrees {
  private static final String RIGHT = "(R)";
  private static final String LEFT = "(L)";

  private RoiTrees() {}

  static Roi of(Family family) {
    return switch (family) {
      case CNS -> cns();
      case HEMIBRAIN -> hemibrain();
      case OPTIC_LOBE -> opticLobe();
      case FLYWIRE -> flywire();
    };
  }

  private static Roi cns() {
    return group(
        "CNS",
        group(
            "CentralBrain",
            paired("AL AVLP SMP SLP SIP LH LAL SPS IPS WED PVLP PLP ICL ATL CRE GOR EPA VES FLA"),
            mushroomBody(RIGHT),
            mushroomBody(LEFT),
            centralComplex(),
            group("Midline", single("IB GNG PRW SAD CAN"))),
        group("Optic(R)", opticNeuropils(RIGHT)),
        group("Optic(L)", opticNeuropils(LEFT)),
        group(
            "VNC",
            paired("LegNp(T1) LegNp(T2) LegNp(T3) NTct(UTct-T1) WTct(UTct-T2) HTct(UTct-T3) Ov"),
            single("ANm IntTct LTct")));
  }

  private static Roi hemibrain() {
    return group(
        "hemibrain",
        group("AL", primary("AL(R)", "AL-DA1(R)", "AL-DL1(R)", "AL-VA1v(R)"), primary("AL(L)")),
        group(
            "OL(R)",
            primary("ME(R)"),
            primary("AME(R)"),
            layered("LO", RIGHT, 6),
            layered("LOP", RIGHT, 4)),
        mushroomBody(RIGHT),
        group("MB(L)", single("a'L(L) aL(L) b'L(L) bL(L) gL(L)")),
        centralComplex(),
        group("SNP(R)", single("SMP(R) SLP(R) SIP(R)")),
        group("SNP(L)", single("SMP(L) SIP(L)")),
        group("VLNP(R)", single("AVLP(R) PVLP(R) PLP(R) WED(R) AOTU(R)")),
        group("INP", paired("CRE SCL ICL ATL"), single("IB")),
        group("VMNP", paired("VES EPA GOR SPS"), single("IPS(R)")),
        group("LX(R)", single("LAL(R) BU(R)")),
        group("GNG-group", single("GNG SAD PRW FLA(R) CAN(R)")));
  }

  private static Roi opticLobe() {
    List<Roi> columns =
        IntStream.rangeClosed(1, 12)
            .mapToObj(
                i -> new Roi(String.format("ME_R_col_%02d_%02d", i, 30 - i), false, List.of()))
            .toList();
    return group(
        "optic-lobe",
        group("OL(R)", opticNeuropils(RIGHT), group("columns(R)", columns)),
        group("CentralBrain(R)", single("PVLP(R) PLP(R) SPS(R) AOTU(R) ICL(R) WED(R)")),
        group("CentralBrain(L)", single("PLP(L) PVLP(L)")));
  }

  /** Names end in {@code _L} and {@code _R} here, not in parentheses. */
  private static Roi flywire() {
    List<Roi> groups = new ArrayList<>();
    for (String side : List.of("_L", "_R")) {
      groups.add(group("OL" + side, sided("ME LO LOP AME LA", side)));
      groups.add(group("SNP" + side, sided("SMP SLP SIP LH", side)));
      groups.add(group("VLNP" + side, sided("AVLP PVLP PLP WED AOTU", side)));
      groups.add(group("MB" + side, sided("MB_CA MB_PED MB_VL MB_ML", side)));
      groups.add(group("VMNP" + side, sided("VES EPA GOR SPS IPS LAL BU CRE ICL IB", side)));
    }
    groups.add(group("CX", single("EB FB NO PB")));
    groups.add(group("GNG-group", single("GNG SAD PRW OCG")));
    return group("FAFB", groups);
  }

  private static Roi mushroomBody(String side) {
    return group("MB" + side, sided("CA PED a'L aL b'L bL gL", side));
  }

  private static Roi centralComplex() {
    return group(
        "CX",
        primary("PB", numbered("PB(R)%d", 9)),
        primary("FB", numbered("FBl%d", 9)),
        primary("EB", "EBr1", "EBr2r4", "EBr3am", "EBr5", "EBr6"),
        primary("NO", "NO1(R)", "NO1(L)", "NO2(R)", "NO2(L)"),
        paired("AB"));
  }

  private static List<Roi> opticNeuropils(String side) {
    return List.of(
        layered("ME", side, 10),
        layered("LO", side, 7),
        layered("LOP", side, 4),
        primary("AME" + side),
        primary("LA" + side));
  }

  private static Roi layered(String name, String side, int layers) {
    return primary(name + side, numbered(name + "_" + side.charAt(1) + "_layer_%02d", layers));
  }

  private static String[] numbered(String format, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> String.format(format, i))
        .toArray(String[]::new);
  }

  private static List<Roi> paired(String names) {
    return Stream.concat(sided(names, RIGHT).stream(), sided(names, LEFT).stream()).toList();
  }

  private static List<Roi> single(String names) {
    return sided(names, "");
  }

  private static List<Roi> sided(String names, String side) {
    return Stream.of(names.split(" ")).map(name -> primary(name + side)).toList();
  }
}
