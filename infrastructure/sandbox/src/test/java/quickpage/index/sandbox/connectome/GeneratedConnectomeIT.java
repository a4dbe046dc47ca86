package quickpage.index.sandbox.connectome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratedConnectomeIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Property(tries = 40)
  void typesAndTypedNeuronsAreExactlyAsManyAsAskedFor(
      @ForAll @IntRange(min = 1, max = 150) int types,
      @ForAll @IntRange(max = 500) int more,
      @ForAll long seed) {
    List<Map<String, Object>> neurons = neurons("cns:v1", types, types + more, seed);

    List<Object> typed =
        neurons.stream().map(neuron -> neuron.get("type")).filter(type -> type != null).toList();
    assertThat(typed).hasSize(types + more);
    assertThat(new HashSet<>(typed)).hasSize(types);
    assertThat(neurons).hasSizeGreaterThan(typed.size());
    assertThat(neurons.stream().map(neuron -> neuron.get("bodyId")).distinct().count())
        .isEqualTo(neurons.size());
  }

  @Test
  void theSameSeedGivesTheSameNeuronsAndAnotherSeedOthers() {
    assertThat(neurons("male-cns:v0.9", 50, 300, 4))
        .isEqualTo(neurons("male-cns:v0.9", 50, 300, 4));
    assertThat(neurons("male-cns:v0.9", 50, 300, 4))
        .isNotEqualTo(neurons("male-cns:v0.9", 50, 300, 5));
  }

  @Test
  void theVersionFollowsFromTheParameters() {
    Map<String, Object> meta = generated("male-cns:v0.9", 50, 300, 4).meta();

    assertThat(generated("male-cns:v0.9", 50, 300, 4).meta().get("uuid"))
        .isEqualTo(meta.get("uuid"));
    assertThat(generated("male-cns:v0.9", 50, 301, 4).meta().get("uuid"))
        .isNotEqualTo(meta.get("uuid"));
    assertThat(generated("cns:v0.9", 50, 300, 4).meta().get("uuid")).isNotEqualTo(meta.get("uuid"));
    assertThat((String) meta.get("lastDatabaseEdit")).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
  }

  @Test
  void sizesHaveALongTail() {
    Map<Object, Long> sizes =
        neurons("male-cns:v0.9", 1_000, 30_000, 1).stream()
            .filter(neuron -> neuron.containsKey("type"))
            .collect(Collectors.groupingBy(neuron -> neuron.get("type"), Collectors.counting()));

    assertThat(sizes.values()).contains(1L);
    assertThat(sizes.values()).anyMatch(size -> size > 2_000);
    assertThat(sizes.values().stream().filter(size -> size < 10).count()).isGreaterThan(400);
    assertThat(sizes.keySet()).contains(TypeNames.AWKWARD.toArray());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"male-cns:v0.9", "hemibrain:v1.2.1", "optic-lobe:v1.1", "flywire-fafb:v783"})
  void everyPropertyOfTheFamilyOccursAndNoOther(String dataset) {
    Set<String> seen = new HashSet<>();
    neurons(dataset, 60, 1_500, 2).forEach(neuron -> seen.addAll(neuron.keySet()));

    List<String> expected =
        new ArrayList<>(NeuronProperties.names(Family.of(DatasetName.parse(dataset))));
    expected.add("bodyId");
    assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void onlyWhereTheInstanceRuleAppliesNoNeuronHasASide() {
    assertThat(neurons("hemibrain:v1.2.1", 40, 400, 1))
        .noneMatch(neuron -> neuron.containsKey("somaSide") || neuron.containsKey("rootSide"));
    assertThat(neurons("optic-lobe:v1.1", 40, 400, 1))
        .noneMatch(neuron -> neuron.containsKey("somaSide") || neuron.containsKey("rootSide"));
    assertThat(neurons("male-cns:v0.9", 40, 400, 1))
        .anyMatch(neuron -> neuron.containsKey("rootSide"))
        .anyMatch(neuron -> "".equals(neuron.get("somaSide")));
    assertThat(neurons("flywire-fafb:v783", 40, 400, 1))
        .anyMatch(neuron -> "CENTER".equals(neuron.get("side")))
        .anyMatch(neuron -> "na".equals(neuron.get("side")));
  }

  @Test
  void someNeuronsLackRoiInfoPreOrPost() {
    List<Map<String, Object>> neurons = neurons("male-cns:v0.9", 50, 2_000, 1);

    for (String property : List.of("roiInfo", "pre", "post", "somaSide", "consensusNt")) {
      assertThat(neurons)
          .anyMatch(neuron -> neuron.containsKey(property))
          .anyMatch(neuron -> !neuron.containsKey(property));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"male-cns:v0.9", "hemibrain:v1.2.1", "optic-lobe:v1.1", "flywire-fafb:v783"})
  void roiInfoNamesRegionsOfTheHierarchyPrimaryAndOthers(String dataset) throws IOException {
    GeneratedConnectome connectome = generated(dataset, 20, 200, 3);
    JsonNode hierarchy = JSON.readTree((String) connectome.meta().get("roiHierarchy"));
    Set<String> known = new HashSet<>(hierarchy.findValuesAsText("name"));
    Set<String> primary = Set.of((String[]) connectome.meta().get("primaryRois"));
    Set<String> used = new HashSet<>();
    connectome.neurons(
        neuron -> {
          if (neuron.get("roiInfo") instanceof String rois) {
            read(rois).fieldNames().forEachRemaining(used::add);
          }
        });

    assertThat(known).containsAll(used);
    assertThat(used).anyMatch(primary::contains).anyMatch(roi -> !primary.contains(roi));
    assertThat(used)
        .anyMatch(roi -> roi.matches(".*(\\(R\\)|_R)"))
        .anyMatch(roi -> roi.matches(".*(\\(L\\)|_L)"));
  }

  @Test
  void flyWiresBodyIdsNeedAll64Bits() {
    assertThat(neurons("flywire-fafb:v783", 5, 20, 1))
        .allSatisfy(neuron -> assertThat((Long) neuron.get("bodyId")).isGreaterThan(1L << 53));
  }

  @Test
  void unknownFamiliesAreLikeCns() {
    assertThat(Family.of(DatasetName.parse("yakuba:v1"))).isEqualTo(Family.CNS);
    assertThat(Family.of(DatasetName.parse("Hemibrain:v1"))).isEqualTo(Family.CNS);
    assertThat(List.of("cns:v1", "male-cns:v0.9", "hemibrain:v1.2.1", "optic-lobe:v1.1"))
        .extracting(name -> Family.of(DatasetName.parse(name)))
        .containsExactly(Family.CNS, Family.CNS, Family.HEMIBRAIN, Family.OPTIC_LOBE);
  }

  @Test
  void impossibleSizesAreRefused() {
    assertThatThrownBy(() -> generated("cns", 0, 5, 1))
        .isInstanceOf(RefusedInputException.class)
        .hasMessageContaining("--types");
    assertThatThrownBy(() -> generated("cns", 6, 5, 1))
        .isInstanceOf(RefusedInputException.class)
        .hasMessageContaining("5 is less than 6");
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException malformed) {
      throw new AssertionError(json, malformed);
    }
  }

  private static GeneratedConnectome generated(String dataset, int types, int neurons, long seed) {
    return new GeneratedConnectome(DatasetName.parse(dataset), types, neurons, seed, true);
  }

  private static List<Map<String, Object>> neurons(
      String dataset, int types, int neurons, long seed) {
    List<Map<String, Object>> all = new ArrayList<>();
    generated(dataset, types, neurons, seed).neurons(all::add);
    return all;
  }
}
