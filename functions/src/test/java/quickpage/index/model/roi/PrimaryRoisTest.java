package quickpage.index.model.roi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import quickpage.index.text.CodePointOrder;

public class PrimaryRoisTest {

  private static final RoiNode HIERARCHY =
      node("CNS", node("OL(R)", node("ME(R)"), node("LO(R)")), node("VNC", node("LegNp(T1)(L)")));

  @Test
  void countsWhatTheDatasetNamesAndItsHierarchyHas() {
    assertThat(PrimaryRois.of("fish:v1", List.of("VNC", "ME(R)", "gone", "ME(R)"), HIERARCHY))
        .containsExactly("ME(R)", "VNC");
  }

  @Test
  void countsTheRootOfTheHierarchyToo() {
    assertThat(PrimaryRois.of("fish:v1", List.of("CNS"), HIERARCHY)).containsExactly("CNS");
  }

  @Test
  void addsTheListOfAnOpticLobeDataset() {
    assertThat(PrimaryRois.of("optic-lobe:v1.1", List.of("VNC"), HIERARCHY))
        .containsExactly(
            "AME(L)", "AME(R)", "LA(L)", "LA(R)", "LO(L)", "LO(R)", "LOP(L)", "LOP(R)", "ME(L)",
            "ME(R)", "VNC");
  }

  @Test
  void takesTheWholeNameInLowerCaseForAnOpticLobeWhereverItSaysSo() {
    List<String> opticLobe = PrimaryRois.of("optic-lobe:v1.1", List.of(), HIERARCHY);
    assertThat(PrimaryRois.of("male-cns:OLd", List.of(), HIERARCHY)).isEqualTo(opticLobe);
    assertThat(PrimaryRois.of("OPTIC:hemibrain", List.of(), HIERARCHY)).isEqualTo(opticLobe);
  }

  @Test
  void addsTheListOfACnsDataset() {
    assertThat(PrimaryRois.of("male-cns:v0.9", List.of("LegNp(T1)(L)"), HIERARCHY))
        .containsExactly(
            "AL(L)",
            "AL(R)",
            "CX",
            "EB",
            "FB",
            "LO(L)",
            "LO(R)",
            "LegNp(T1)(L)",
            "MB(L)",
            "MB(R)",
            "ME(L)",
            "ME(R)",
            "PB");
    assertThat(PrimaryRois.of("x:v-CNS-hemibrain", List.of(), HIERARCHY))
        .doesNotContain("NO", "LOP(R)");
  }

  @Test
  void addsTheListOfHemibrain() {
    assertThat(PrimaryRois.of("hemibrain:v1.2.1", List.of("VNC"), HIERARCHY))
        .containsExactly(
            "AL(L)", "AL(R)", "CX", "EB", "FB", "LO(L)", "LO(R)", "LOP(L)", "LOP(R)", "MB(L)",
            "MB(R)", "ME(L)", "ME(R)", "NO", "PB", "VNC");
  }

  @Test
  void fallsBackToAListWhereNothingElseNamesAny() {
    List<String> fallback = PrimaryRois.of("flywire-fafb:v783", List.of("ME(R)"), null);
    assertThat(fallback)
        .hasSize(24)
        .isSortedAccordingTo(CodePointOrder.BY_CODE_POINT)
        .contains("ICL(L)", "ATL(R)", "BU(L)", "LAL(R)", "IB", "NO");
    assertThat(PrimaryRois.of("flywire-fafb:v783", List.of("gone"), HIERARCHY)).isEqualTo(fallback);
    assertThat(PrimaryRois.of("flywire-fafb:v783", List.of("VNC"), HIERARCHY))
        .containsExactly("VNC");
  }

  @Test
  void lowersTheNameTheSameWayEverywhere() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(PrimaryRois.of("HEMIBRAIN:V1", List.of(), null)).hasSize(15);
    } finally {
      Locale.setDefault(before);
    }
  }

  private static RoiNode node(String name, RoiNode... children) {
    return new RoiNode(name, List.of(children));
  }
}
