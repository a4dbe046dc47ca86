package quickpage.index.neuprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.Neurotransmitter;
import quickpage.index.model.RoiSum;
import quickpage.index.model.SideCounts;
import quickpage.index.model.SideRule;
import quickpage.index.model.TypeFacts;
import quickpage.index.neuprint.TypeQuestion.TypeToAsk;

class TypeAnswerTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static TypeAnswer answer(TypeToAsk... types) {
    return new TypeAnswer("cns", List.of(types), SideRule.PROPERTIES, Set.of("ME(R)", "LO(R)"));
  }

  private static void add(TypeAnswer answer, String part, String type, Object value)
      throws Unreadable {
    List<Object> row = new ArrayList<>(List.of(part));
    row.add(type);
    row.add(value);
    answer.add(JSON.valueToTree(row));
  }

  /** The values of the part {@code type}; what is not named is null, or an empty list. */
  private static List<Object> values(Object pre, Object post, Map<String, Object> properties) {
    List<Object> values = new ArrayList<>();
    values.add(pre);
    values.add(post);
    TypeQuery.FIRST_VALUES.forEach(property -> values.add(properties.get(property)));
    TypeQuery.DISTINCT_VALUES.forEach(
        property -> values.add(properties.getOrDefault(property, List.of())));
    return values;
  }

  @Test
  void makesFactsOfRowsInAnyOrder() throws Unreadable {
    TypeAnswer answer = answer(new TypeToAsk("Tm3", 5, true));
    add(answer, "version", null, List.of("u", "e"));
    add(answer, "rois", "Tm3", List.of(List.of("ME(R)", 1, 2)));
    add(
        answer,
        "sides",
        "Tm3",
        List.of(
            Arrays.asList("L", "R", null, null, 2),
            Arrays.asList(null, "R", null, null, 1),
            Arrays.asList("", null, null, null, 2)));
    Map<String, Object> properties = new HashMap<>();
    properties.put("consensusNt", "gaba");
    properties.put("celltypePredictedNtConfidence", "0.5");
    properties.put("celltypeTotalNtPredictions", 31);
    properties.put("synonyms", 12);
    properties.put("class", List.of("b", "", "a", 7));
    add(answer, "type", "Tm3", values(10, 20, properties));

    TypeFacts facts = answer.facts().get(0);
    assertThat(answer.version()).isEqualTo(new DatasetVersion("cns", "u", "e"));
    assertThat(facts.counts()).isEqualTo(new SideCounts(5, 2, 1, 0));
    assertThat(facts.synapses().pre()).isEqualTo(10);
    assertThat(facts.synapses().post()).isEqualTo(20);
    assertThat(facts.rois()).containsExactly(new RoiSum("ME(R)", 1, 2));
    assertThat(facts.properties().neurotransmitter())
        .isEqualTo(new Neurotransmitter("gaba", null, 0.5, 31L));
    assertThat(facts.properties().synonyms()).isEqualTo("12");
    assertThat(facts.properties().classes()).containsExactly("7", "a", "b");
    assertThat(answer.faults()).isEmpty();
  }

  @Test
  void onFlywireThePredictionOfTheNeuronsStandsInForWhatTheTypeLacks() throws Unreadable {
    TypeAnswer answer = answer(new TypeToAsk("Tm3", 1, false));
    Map<String, Object> properties =
        Map.of("predictedNt", "ach", "predictedNtProb", 1, "celltypePredictedNt", "gaba");
    add(answer, "type", "Tm3", values(0, 0, properties));
    assertThat(answer.facts().get(0).properties().neurotransmitter())
        .isEqualTo(new Neurotransmitter("ach", "gaba", 1.0, null));
  }

  @Test
  void asksForTheStandInsOnFlywireOnly() {
    List<TypeToAsk> types = List.of(new TypeToAsk("Tm3", 1, false));
    assertThat(TypeQuery.of(types, SideRule.PROPERTIES, List.of(), false))
        .doesNotContain("predictedNt");
    assertThat(TypeQuery.of(types, SideRule.FLYWIRE, List.of(), false))
        .contains("n.predictedNt ", "n.predictedNtProb ");
  }

  @Test
  void sumsThePlainRoiInfoOfItsNeurons() throws Unreadable {
    TypeAnswer answer = answer(new TypeToAsk("Tm3", 2, true));
    add(answer, "type", "Tm3", values(0, 0, Map.of()));
    add(
        answer,
        "roiInfo",
        "Tm3",
        "{\"ME(R)\": {\"pre\": 1, \"post\": 2.0}, \"CNS\": {\"pre\": 9}}");
    add(answer, "roiInfo", "Tm3", "{\"LO(R)\": {}, \"ME(R)\": {\"pre\": 4, \"x\": [1]}}");
    add(answer, "roiInfo", "Tm3", "null");
    assertThat(answer.facts().get(0).rois())
        .containsExactly(new RoiSum("LO(R)", 0, 0), new RoiSum("ME(R)", 5, 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "7",
        "x",
        "{\"ME(R)\": 3}",
        "{\"ME(R)\": {\"pre\": \"3\"}}",
        "{\"ME(R)\": {\"pre\": 1.5}}",
        "{\"ME(R)\": {\"pre\": 1e19}}",
        "{} {}"
      })
  void aRoiInfoThatCannotBeReadIsItsTypesFaultAlone(String roiInfo) throws Unreadable {
    TypeAnswer answer = answer(new TypeToAsk("Tm3", 1, true), new TypeToAsk("Tm4", 1, true));
    add(answer, "type", "Tm3", values(0, 0, Map.of()));
    add(answer, "type", "Tm4", values(0, 0, Map.of()));
    add(answer, "roiInfo", "Tm3", roiInfo);
    assertThat(answer.facts()).extracting(TypeFacts::type).containsExactly("Tm4");
    assertThat(answer.faults()).containsOnlyKeys("Tm3");
  }

  @Test
  void aSumBeyondSixtyFourBitsIsItsTypesFault() throws Unreadable {
    TypeAnswer answer = answer(new TypeToAsk("Tm3", 1, true));
    add(answer, "type", "Tm3", values(1e19, 0, Map.of()));
    assertThat(answer.facts()).isEmpty();
    assertThat(answer.faults().get("Tm3")).contains("sum of pre");
  }

  @Test
  void namesATypeThatTheDatasetHasLost() throws Unreadable {
    TypeAnswer answer = answer(new TypeToAsk("Tm3", 1, true), new TypeToAsk("Tm4", 0, true));
    assertThat(answer.missing()).isEqualTo("Tm3");
    add(answer, "type", "Tm3", values(1, 0, Map.of()));
    assertThat(answer.missing()).isNull();
    assertThat(answer.facts()).extracting(TypeFacts::type).containsExactly("Tm3", "Tm4");
  }

  @Test
  void aRowOfAnotherTypeIsNotAnAnswer() {
    assertThatThrownBy(() -> add(answer(), "type", "Tm3", values(1, 0, Map.of())))
        .isInstanceOf(Unreadable.class);
  }
}
