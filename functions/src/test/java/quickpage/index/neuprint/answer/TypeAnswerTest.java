package quickpage.index.neuprint.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.Neurotransmitter;
import quickpage.index.model.SideCounts;
import quickpage.index.model.SideRule;
import quickpage.index.model.TypeFacts;
import quickpage.index.model.TypeProperties;
import quickpage.index.model.roi.RoiSum;
import quickpage.index.neuprint.TypeQuestion.TypeToAsk;
import quickpage.index.neuprint.cypher.TypeQuery;
import quickpage.index.neuprint.failure.TypeFaultException;

public class TypeAnswerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> ROIS = Set.of("ME(R)", "LO(R)");

  /** Lists of values in an answer. */
  private static final int LISTS = TypeQuery.distinctValues(List.of()).size();

  private static TypeAnswer answer(TypeToAsk... types) {
    return answer(SideRule.PROPERTIES, types);
  }

  private static TypeAnswer answer(SideRule rule, TypeToAsk... types) {
    return answer(rule, List.of(), types);
  }

  private static TypeAnswer answer(SideRule rule, List<String> facets, TypeToAsk... types) {
    TypeAnswer answer = new TypeAnswer("cns", List.of(types), rule, ROIS, facets);
    add(answer, "version", null, List.of("u", "e"));
    return answer;
  }

  private static void add(TypeAnswer answer, String part, String type, Object value) {
    List<Object> row = new ArrayList<>(List.of(part));
    row.add(type);
    row.add(value);
    answer.add(JSON.valueToTree(row));
  }

  /** The value of the part {@code type}; what is not named is null, or an empty list. */
  private static List<Object> values(
      int neurons, Object pre, Object post, Map<String, Object> properties) {
    return values(neurons, pre, post, properties, List.of());
  }

  private static List<Object> values(
      int neurons, Object pre, Object post, Map<String, Object> properties, List<String> facets) {
    List<Object> firsts = new ArrayList<>();
    TypeQuery.FIRST_VALUES.forEach(property -> firsts.add(properties.get(property)));
    List<Object> lists = new ArrayList<>();
    TypeQuery.distinctValues(facets)
        .forEach(property -> lists.add(properties.getOrDefault(property, List.of())));
    long present = firsts.stream().filter(Objects::nonNull).count();
    int listed = lists.stream().mapToInt(list -> ((List<?>) list).size()).sum();
    return List.of(neurons, pre, post, present, listed, firsts, lists);
  }

  /** The value of the part {@code sides}: that many neurons on the left. */
  private static List<Object> left(int neurons) {
    return List.of(Arrays.asList("L", null, null, null, neurons));
  }

  /** The value of the part {@code rois}. */
  private static List<Object> rois(List<?>... entries) {
    return List.of(entries.length, List.of(entries));
  }

  @Test
  void makesFactsOfRowsInAnyOrder() {
    TypeAnswer answer = answer(new TypeToAsk("Tm3", 5, true));
    add(
        answer,
        "rois",
        "Tm3",
        rois(List.of("ME(R)", 2, 1, 2), List.of("", 4, 0, 0), List.of("-", 1, 0, 0)));
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
    add(answer, "type", "Tm3", values(5, 10, 20, properties));

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

  /** What is read of one neuron of Tm3 with these properties. */
  private static TypeProperties propertiesOf(
      SideRule rule, List<String> facets, Map<String, Object> properties) {
    TypeAnswer answer = answer(rule, facets, new TypeToAsk("Tm3", 1, false));
    add(answer, "type", "Tm3", values(1, 0, 0, properties, facets));
    add(answer, "sides", "Tm3", left(1));
    assertThat(answer.faults()).isEmpty();
    return answer.facts().get(0).properties();
  }

  @Test
  void readsSupertypesAndHemilineagesOfItoAndLee() {
    TypeProperties properties =
        propertiesOf(
            SideRule.PROPERTIES,
            List.of(),
            Map.of("supertype", List.of("00732", "", 9), "itoleeHl", List.of("VPNp2", "LALv1")));

    assertThat(properties.supertypes()).containsExactly("00732", "9");
    assertThat(properties.itoleeHemilineages()).containsExactly("LALv1", "VPNp2");
  }

  @Test
  void readsOtherTypesAndClassesByPropertyAndNoneThatNoNeuronHas() {
    TypeProperties properties =
        propertiesOf(
            SideRule.PROPERTIES,
            List.of(),
            Map.of(
                "mancType", List.of("DNb", "DNa"),
                "serialMotif", List.of("", "  sx"),
                "systematicType", List.of(""),
                "nerve", List.of("AbN3"),
                "birthtime", List.of("secondary", "primary")));

    assertThat(properties.otherTypes())
        .isEqualTo(Map.of("mancType", List.of("DNa", "DNb"), "serialMotif", List.of("  sx")));
    assertThat(properties.otherClasses())
        .isEqualTo(Map.of("birthtime", List.of("primary", "secondary"), "nerve", List.of("AbN3")));
  }

  @Test
  void aFacetIsOneOfTheOtherClassesWhateverElseReadsIt() {
    List<String> facets = List.of("order", "Order", "class", "nerve", "consensusNt", "hemilineage");
    Map<String, Object> values = new HashMap<>();
    facets.forEach(property -> values.put(property, List.of("of " + property)));
    values.put("consensusNt", "gaba");

    TypeAnswer answer = answer(SideRule.PROPERTIES, facets, new TypeToAsk("Tm3", 1, false));
    List<Object> whole = new ArrayList<>(values(1, 0, 0, Map.of(), facets));
    List<Object> lists = new ArrayList<>();
    TypeQuery.distinctValues(facets)
        .forEach(
            property ->
                lists.add(facets.contains(property) ? List.of("of " + property) : List.of()));
    whole.set(4, facets.size());
    whole.set(6, lists);
    add(answer, "type", "Tm3", whole);
    add(answer, "sides", "Tm3", left(1));

    TypeFacts facts = answer.facts().get(0);
    assertThat(facts.properties().otherClasses()).hasSize(6);
    facets.forEach(
        property ->
            assertThat(facts.properties().otherClasses().get(property))
                .containsExactly("of " + property));
    assertThat(facts.properties().classes()).containsExactly("of class");
    assertThat(facts.properties().hemilineages()).as("no stand-in here").isEmpty();
    assertThat(facts.facets()).isEqualTo(facets);
  }

  @Test
  void inDatasetsOfOtherFamiliesHemilineageStandsInForTrumanHl() {
    Map<String, Object> stand = Map.of("hemilineage", List.of("09A", "00A"));
    Map<String, Object> both = Map.of("hemilineage", List.of("09A"), "trumanHl", List.of("21X"));

    assertThat(propertiesOf(SideRule.ANY_SPELLING, List.of(), stand).hemilineages())
        .containsExactly("00A", "09A");
    assertThat(propertiesOf(SideRule.ANY_SPELLING, List.of(), both).hemilineages())
        .containsExactly("21X");
    assertThat(propertiesOf(SideRule.FLYWIRE_WITH_INSTANCE, List.of(), stand).hemilineages())
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(SideRule.class)
  void asksForHemilineageWhereItStandsInOrIsAFacetAndNowhereElse(SideRule rule) {
    List<TypeToAsk> types = List.of(new TypeToAsk("Tm3", 1, false));
    assertThat(TypeQuery.of(types, rule, List.of(), List.of(), false).contains("n.hemilineage)"))
        .isEqualTo(rule == SideRule.ANY_SPELLING);
    assertThat(TypeQuery.of(types, rule, List.of(), List.of("hemilineage"), false))
        .contains("n.hemilineage)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a)", "n.x", "", "1a", "a`b", "\u00e4"})
  void noTextThatIsNoPropertysNameComesIntoAQuery(String facet) {
    assertThatThrownBy(
            () ->
                TypeQuery.of(
                    List.of(new TypeToAsk("Tm3", 1, false)),
                    SideRule.PROPERTIES,
                    List.of(),
                    List.of(facet),
                    false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aListOfAFacetThatIsLostIsSeen() {
    TypeAnswer answer =
        answer(SideRule.PROPERTIES, List.of("order"), new TypeToAsk("Tm3", 1, false));
    add(answer, "type", "Tm3", values(1, 0, 0, Map.of()));
    add(answer, "sides", "Tm3", left(1));

    assertNotWhole(answer, "a list of its properties has not the form that the query gives it");
  }

  @Test
  void onFlywireThePredictionOfTheNeuronsStandsInForWhatTheTypeLacks() {
    TypeAnswer answer = answer(new TypeToAsk("Tm3", 1, false));
    Map<String, Object> properties =
        Map.of("predictedNt", "ach", "predictedNtProb", 1, "celltypePredictedNt", "gaba");
    add(answer, "type", "Tm3", values(1, 0, 0, properties));
    add(answer, "sides", "Tm3", left(1));
    assertThat(answer.facts().get(0).properties().neurotransmitter())
        .isEqualTo(new Neurotransmitter("ach", "gaba", 1.0, null));
  }

  @Test
  void asksForTheStandInsOnFlywireOnly() {
    List<TypeToAsk> types = List.of(new TypeToAsk("Tm3", 1, false));
    assertThat(TypeQuery.of(types, SideRule.PROPERTIES, List.of(), List.of(), false))
        .doesNotContain("predictedNt");
    assertThat(TypeQuery.of(types, SideRule.FLYWIRE, List.of(), List.of(), false))
        .contains("n.predictedNt)", "n.predictedNtProb)");
  }

  @Test
  void sumsThePlainRoiInfoOfItsNeurons() {
    TypeAnswer answer = answer(new TypeToAsk("Tm3", 5, true));
    add(answer, "type", "Tm3", values(5, 0, 0, Map.of()));
    add(answer, "sides", "Tm3", left(5));
    addNeuron(answer, 1, "{\"ME(R)\": {\"pre\": 1, \"post\": 2.0}, \"CNS\": {\"pre\": 9}}");
    addNeuron(answer, 2, "{\"LO(R)\": {}, \"ME(R)\": {\"pre\": 4, \"x\": [1]}}");
    addNeuron(answer, 3, "null");
    addNeuron(answer, 4, "");
    addNeuron(answer, 5, null);
    assertThat(answer.facts().get(0).rois())
        .containsExactly(new RoiSum("LO(R)", 0, 0), new RoiSum("ME(R)", 5, 2));
  }

  private static void addNeuron(TypeAnswer answer, long bodyId, String roiInfo) {
    add(answer, "roiInfo", "Tm3", Arrays.asList(bodyId, roiInfo));
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
  void aRoiInfoThatCannotBeReadIsItsTypesFaultAlone(String roiInfo) {
    TypeAnswer answer = answer(new TypeToAsk("Tm3", 1, true), new TypeToAsk("Tm4", 1, true));
    for (String type : List.of("Tm3", "Tm4")) {
      add(answer, "type", type, values(1, 0, 0, Map.of()));
      add(answer, "sides", type, left(1));
    }
    add(answer, "rois", "Tm4", rois(List.of("", 1, 0, 0)));
    addNeuron(answer, 1, roiInfo);
    assertThat(answer.facts()).extracting(TypeFacts::type).containsExactly("Tm4");
    assertThat(answer.faults()).containsOnlyKeys("Tm3");
  }

  @Test
  void aSumBeyondSixtyFourBitsIsItsTypesFault() {
    TypeAnswer answer = answer(new TypeToAsk("Tm3", 1, true));
    add(answer, "type", "Tm3", values(1, 1e19, 0, Map.of()));
    assertThat(answer.facts()).isEmpty();
    assertThat(answer.faults().get("Tm3")).hasMessageContaining("sum of pre");
  }

  @Test
  void aTypeWithoutNeuronsNeedsNoRow() {
    TypeAnswer answer = answer(new TypeToAsk("Tm3", 1, true), new TypeToAsk("Tm4", 0, true));
    addAll(answer, whole());
    assertThat(answer.facts()).extracting(TypeFacts::type).containsExactly("Tm3", "Tm4");
  }

  @Test
  void aTypeThatIsNowhereInTheAnswerIsAskedForAgain() {
    TypeAnswer answer = answer(new TypeToAsk("Tm3", 1, true), new TypeToAsk("Tm5", 1, true));
    addAll(answer, whole());
    assertThat(answer.facts()).extracting(TypeFacts::type).containsExactly("Tm3");
    assertThat(answer.faults()).containsOnlyKeys("Tm5");
    assertThat(answer.faults().get("Tm5").mayMend()).isTrue();
  }

  /** Rows for one neuron of Tm3, by part. */
  private static Map<String, Object> whole() {
    Map<String, Object> rows = new LinkedHashMap<>();
    rows.put("type", values(1, 1, 0, Map.of("synonyms", "x", "class", List.of("a", "b"))));
    rows.put("sides", left(1));
    rows.put("rois", rois(List.of("", 1, 0, 0), List.of("ME(R)", 1, 3, 4)));
    return rows;
  }

  private static void addAll(TypeAnswer answer, Map<String, Object> rows) {
    for (Map.Entry<String, Object> row : rows.entrySet()) {
      add(answer, row.getKey(), "Tm3", row.getValue());
    }
  }

  private static void assertNotWhole(TypeAnswer answer, String what) {
    assertThat(answer.facts()).isEmpty();
    assertThat(answer.faults()).containsOnlyKeys("Tm3");
    TypeFaultException fault = answer.faults().get("Tm3");
    assertThat(fault).hasMessage("NeuPrint's answer about it is not whole: " + what + ".");
    assertThat(fault.mayMend()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"type, properties", "sides, sides", "rois, ROIs"})
  void aLostRowIsSeen(String part, String what) {
    TypeAnswer answer = answer(new TypeToAsk("Tm3", 1, true));
    Map<String, Object> rows = whole();
    rows.remove(part);
    addAll(answer, rows);
    assertNotWhole(answer, "its " + what + " are missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"type", "sides", "rois"})
  void aRowThatComesTwiceIsSeen(String part) {
    TypeAnswer answer = answer(new TypeToAsk("Tm3", 1, true));
    addAll(answer, whole());
    add(answer, part, "Tm3", whole().get(part));
    assertNotWhole(answer, "a part of it came twice");
  }

  @ParameterizedTest
  @CsvSource({"type, properties", "sides, sides", "rois, ROIs"})
  void aRowOfFewerNeuronsThanTheCensusCountedIsSeen(String part, String what) {
    TypeAnswer answer = answer(new TypeToAsk("Tm3", 2, true));
    Map<String, Object> rows = whole();
    rows.put("type", values(2, 1, 0, Map.of()));
    rows.put("sides", left(2));
    rows.put("rois", rois(List.of("", 1, 0, 0), List.of("-", 1, 0, 0)));
    rows.put(part, whole().get(part));
    addAll(answer, rows);
    assertNotWhole(answer, "its " + what + " are those of 1 neurons, and it has 2");
  }

  /** What the query makes of a type, spoiled in one place; three dots stand for empty lists. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "type [1, 1, 0, 1, 2, [_, _, _, _, _, _, _, _], [[], ['a', 'b']...]]",
        "type [1, 1, 0, 1, 2, [_, _, _, _, _, 'x', _, _], [[], ['a']...]]",
        "type [1, 1, 0, 1, 2, [_, _, _, _, _, 'x', _, _], [[], ['a', 'b']]]",
        "type [1, 1, 0, 1, 2, [_, _, _, _, _, 'x', _, _], [_, ['a', 'b']...]]",
        "type [1, 1, 0, 1, 2, [_, _, _, _, _, 'x', _, _], {'a': 1}]",
        "type [1, 1, 0, 1, 2, ['x'], [[], ['a', 'b']...]]",
        "type [1, -1, 0, 1, 2, [_, _, _, _, _, 'x', _, _], [[], ['a', 'b']...]]",
        "type [1, _, 0, 1, 2, [_, _, _, _, _, 'x', _, _], [[], ['a', 'b']...]]",
        "type [1, '1', 0, 1, 2, [_, _, _, _, _, 'x', _, _], [[], ['a', 'b']...]]",
        "type [1, 1, true, 1, 2, [_, _, _, _, _, 'x', _, _], [[], ['a', 'b']...]]",
        "type [1, 1, 0]",
        "type []",
        "type _",
        "type 'x'",
        "type {'x': 1}",
        "sides _",
        "sides 7",
        "sides {'x': 1}",
        "sides [_]",
        "sides ['L']",
        "sides [['L', _, _, _]]",
        "sides [['L', _, _, _, _]]",
        "sides [['L', _, _, _, -1], ['R', _, _, _, 2]]",
        "sides [['L', _, _, _, '1']]",
        "sides [['L', _, _, _, 1, 1]]",
        "rois [2, [['', 1, 0, 0]]]",
        "rois [2, []]",
        "rois [2]",
        "rois _",
        "rois [0, _]",
        "rois [1, {'a': 1}]",
        "rois [2, [['', 1, 0, 0], ['ME(R)', 1, 3]]]",
        "rois [2, [['', 1, 0, 0], ['ME(R)', 1, 3, -4]]]",
        "rois [2, [['', 1, 0, 0], ['ME(R)', 2, 3, 4]]]",
        "rois [2, [['', 1, 0, 0], ['elsewhere', 1, 3, 4]]]",
        "rois [3, [['', 1, 0, 0], ['ME(R)', 1, 3, 4], ['ME(R)', 1, 3, 4]]]",
        "rois [2, [['', 1, 0, 0], [_, 1, 3, 4]]]",
        "rois [2, [['', 1, 0, 0], 'ME(R)']]"
      })
  void whatTheQueryDoesNotMakeIsSeen(String partAndValue) throws Exception {
    String[] spoiled = partAndValue.split(" ", 2);
    TypeAnswer answer = answer(new TypeToAsk("Tm3", 1, true));
    Map<String, Object> rows = whole();
    rows.put(
        spoiled[0],
        JSON.readTree(
            spoiled[1]
                .replace("...", ", []".repeat(LISTS - 2))
                .replace('\'', '"')
                .replaceAll("\\b_\\b", "null")));
    addAll(answer, rows);

    assertThat(answer.facts()).isEmpty();
    assertThat(answer.faults()).containsOnlyKeys("Tm3");
    assertThat(answer.faults().get("Tm3"))
        .hasMessageStartingWith("NeuPrint's answer about it is not whole: ");
    assertThat(answer.faults().get("Tm3").mayMend()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "['type', 'Tm4', []]",
        "['type', null, []]",
        "['other', 'Tm3', []]",
        "['sides', 'Tm3']",
        "[]",
        "[7, 'Tm3', []]",
        "['version', null, null]",
        "['version', null, ['u']]",
        "['version', null, ['u', {}]]"
      })
  void aRowThatIsOfNoTypeMakesTheWholeAnswerDoubtful(String row) throws Exception {
    TypeAnswer answer = answer(new TypeToAsk("Tm3", 1, true));
    addAll(answer, whole());
    answer.add(JSON.readTree(row.replace('\'', '"')));
    assertThat(answer.facts()).isEmpty();
    assertThat(answer.faults()).containsOnlyKeys("Tm3");
  }

  @Test
  void anAnswerWithoutItsVersionIsDoubtful() {
    TypeAnswer answer =
        new TypeAnswer(
            "cns", List.of(new TypeToAsk("Tm3", 1, true)), SideRule.PROPERTIES, ROIS, List.of());
    addAll(answer, whole());
    assertThat(answer.facts()).isEmpty();
    assertThat(answer.faults()).containsOnlyKeys("Tm3");
  }

  /** A dataset may put anything into a property. */
  @ParameterizedTest
  @ValueSource(strings = {"1e400", "-1e400", "1e99", "[[1], []]", "{}", "true", "\"\\u001b[31m\""})
  void anyKindOfPropertyIsTaken(String value) throws Exception {
    TypeAnswer answer = answer(new TypeToAsk("Tm3", 1, true));
    Map<String, Object> rows = whole();
    rows.put(
        "type",
        JSON.readTree(
            "[1, 1, 0, 1, 1, [%1$s, null, null, null, null, null, null, null], [[%1$s]%2$s]]"
                .formatted(value, ", []".repeat(LISTS - 1))));
    addAll(answer, rows);
    assertThat(answer.facts()).hasSize(1);
  }

  @Test
  void aRoiInfoThatTheServerCouldNotReadIsItsTypesFault() {
    TypeAnswer answer = answer(new TypeToAsk("Tm3", 1, true));
    Map<String, Object> rows = whole();
    rows.put("rois", rois(List.of("?", 1, 0, 0)));
    addAll(answer, rows);
    assertThat(answer.facts()).isEmpty();
    assertThat(answer.faults().get("Tm3"))
        .hasMessageContaining("roiInfo of one of its neurons")
        .extracting(TypeFaultException::mayMend)
        .isEqualTo(false);
  }

  @Test
  void aNeuronThatThePlainFormLosesIsSeen() {
    TypeAnswer answer = answer(new TypeToAsk("Tm3", 2, true));
    add(answer, "type", "Tm3", values(2, 0, 0, Map.of()));
    add(answer, "sides", "Tm3", left(2));
    addNeuron(answer, 1, null);
    assertNotWhole(answer, "its ROIs are those of 1 neurons, and it has 2");
  }

  @Test
  void aNeuronThatThePlainFormHasTwiceIsSeen() {
    TypeAnswer answer = answer(new TypeToAsk("Tm3", 2, true));
    add(answer, "type", "Tm3", values(2, 0, 0, Map.of()));
    add(answer, "sides", "Tm3", left(2));
    addNeuron(answer, 1, "{}");
    addNeuron(answer, 1, "{}");
    assertNotWhole(answer, "one of its neurons came twice, or without its bodyId");
  }

  @ParameterizedTest
  @EnumSource(names = {"INSTANCE_SUFFIX", "INSTANCE_PATTERN", "FLYWIRE"})
  void aSideWhereNoNeuronHadOneIsSeen(SideRule rule) {
    TypeAnswer answer = answer(rule, new TypeToAsk("Tm3", 1, true));
    addAll(answer, whole());
    assertNotWhole(
        answer,
        "some of its neurons have a side, and no neuron of the dataset had one when the run was"
            + " planned");
  }

  @ParameterizedTest
  @EnumSource(names = {"INSTANCE_SUFFIX", "INSTANCE_PATTERN", "FLYWIRE"})
  void whereTheRuleRestsOnNoSidePropertyTheyAreAskedForAgain(SideRule rule) {
    assertThat(
            TypeQuery.of(
                List.of(new TypeToAsk("Tm3", 1, false)), rule, List.of(), List.of(), false))
        .contains("n.rootSide AS rootSide, n.somaSide AS somaSide");
  }
}
