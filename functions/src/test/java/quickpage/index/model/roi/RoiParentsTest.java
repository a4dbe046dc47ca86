package quickpage.index.model.roi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

public class RoiParentsTest {

  @Test
  void namesTheCleanParentOfACleanName() {
    RoiParents parents =
        RoiParents.of(node("CNS", node("OL(R)", node("ME(R)", node("ME_R_layer_01")))));
    assertThat(parents.parents())
        .containsExactlyInAnyOrderEntriesOf(Map.of("OL", "CNS", "ME", "OL", "ME_R_layer_01", "ME"));
    assertThat(parents.parentOf("CNS")).isEmpty();
    assertThat(parents.parentOf("ME(R)")).isEmpty();
  }

  @Test
  void visitsChildrenInNameOrderAndDepthFirst() {
    RoiNode deepButEarlier = node("A", node("B", node("X(R)")));
    RoiNode shallowButLater = node("X(L)");
    assertThat(RoiParents.of(node("root", shallowButLater, deepButEarlier)).parentOf("X"))
        .isEqualTo("B");
    assertThat(
            RoiParents.of(node("root", node("b", node("X")), node("B", node("X")))).parentOf("X"))
        .as("by code point, not by alphabet")
        .isEqualTo("B");
  }

  @Test
  void takesANodeBeforeItsOwnChildren() {
    assertThat(RoiParents.of(node("root", node("ME", node("ME(R)"), node("ME(L)")))).parentOf("ME"))
        .isEqualTo("root");
  }

  @Test
  void passesOverANodeWhoseParentHasNoName() {
    RoiNode nameless = node("(R)", node("ME"));
    assertThat(RoiParents.of(node("root", nameless, node("OL", node("ME")))).parentOf("ME"))
        .isEqualTo("OL");
    assertThat(RoiParents.of(node("", node("OL", node("ME")))).parents())
        .isEqualTo(Map.of("ME", "OL"));
  }

  @Test
  void givesWhatIsCalledLikeTheRootNoParent() {
    assertThat(RoiParents.of(node("CNS(R)", node("brain", node("CNS_L")))).parents())
        .isEqualTo(Map.of("brain", "CNS"));
  }

  @Test
  void isEmptyWithoutAHierarchy() {
    assertThat(RoiParents.of(null)).isEqualTo(RoiParents.NONE);
  }

  @Test
  void keepsOnlyWhatTheGivenRoisCanAskFor() {
    RoiParents parents = RoiParents.of(node("CNS", node("OL(R)", node("ME(R)"), node("LO(R)"))));
    assertThat(parents.restrictedTo(List.of("ME(R)", "ME(L)", "nowhere")).parents())
        .isEqualTo(Map.of("ME", "OL"));
  }

  @Test
  void isASortedObjectInJson() throws Exception {
    ObjectMapper json = new ObjectMapper();
    RoiParents parents = RoiParents.of(node("CNS", node("b"), node("a"), node("Z")));
    String written = json.writeValueAsString(parents);
    assertThat(written).isEqualTo("{\"Z\":\"CNS\",\"a\":\"CNS\",\"b\":\"CNS\"}");
    assertThat(json.readValue(written, RoiParents.class)).isEqualTo(parents);
  }

  private static RoiNode node(String name, RoiNode... children) {
    return new RoiNode(name, List.of(children));
  }
}
