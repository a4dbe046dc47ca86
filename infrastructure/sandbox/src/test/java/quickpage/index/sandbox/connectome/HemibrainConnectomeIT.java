package quickpage.index.sandbox.connectome;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HemibrainConnectomeIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HemibrainConnectome HEMIBRAIN = new HemibrainConnectome(null, false);
  private static final List<Map<String, Object>> NEURONS = new ArrayList<>();

  @BeforeAll
  static void readOnce() {
    HEMIBRAIN.neurons(NEURONS::add);
  }

  private static JsonNode rois(Map<String, Object> neuron) {
    try {
      return JSON.readTree((String) neuron.get("roiInfo"));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void servesTheWholeListAsItIs() {
    assertThat(NEURONS).hasSize(25_397);
    assertThat(NEURONS.stream().map(neuron -> neuron.get("bodyId")).distinct().count())
        .isEqualTo(25_397);
    assertThat(NEURONS.stream().map(neuron -> neuron.get("type")).filter(t -> t != null).distinct())
        .hasSize(5_620)
        .doesNotContain("$type", "%2F", "<b>bold</b>");
    assertThat(NEURONS)
        .anySatisfy(
            neuron ->
                assertThat(neuron)
                    .containsEntry("bodyId", 202916528L)
                    .containsEntry("type", "FS4C")
                    .containsEntry("instance", "FS4C(FQ12)_C4_R")
                    .containsEntry("class", "CX")
                    .containsEntry("pre", 95L)
                    .containsEntry("post", 431L)
                    .doesNotContainKeys("side", "somaSide", "rootSide"));
  }

  @Test
  void sharesEverySynapseOutAmongPrimaryRegionsAndSumsThemAbove() {
    Set<String> primary =
        new HashSet<>(Arrays.asList((String[]) HEMIBRAIN.meta().get("primaryRois")));
    for (Map<String, Object> neuron : NEURONS) {
      JsonNode rois = rois(neuron);
      for (String what : List.of("pre", "post")) {
        long sum =
            rois.properties().stream()
                .filter(roi -> primary.contains(roi.getKey()))
                .mapToLong(roi -> roi.getValue().path(what).asLong())
                .sum();
        assertThat(sum).as("%s of %s", what, neuron).isEqualTo(neuron.get(what));
        assertThat(rois.at("/CX/" + what).asLong())
            .isEqualTo(
                List.of("EB", "FB", "NO", "PB").stream()
                    .mapToLong(part -> rois.path(part).path(what).asLong())
                    .sum());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "LC10, LO, PVLP PLP AOTU",
    "LPLC1, LO LOP, PVLP PLP SPS",
    "KCg-m, CA gL, gL",
    "EPG, EB PB, PB EB",
    "ORN_DA1, AL, AL",
    "DA1_lPN, AL, LH CA",
    "ER4d, BU EB LAL, EB",
    "MBON01, aL bL gL a'L b'L, CRE SMP SIP SLP LAL",
    "FB4A, SMP CRE SIP FB, FB",
    "AVLP004, AVLP, AVLP PVLP",
    "SMP505, SMP, SMP"
  })
  void putsSynapsesWhereATypesNameSays(String type, String inputs, String outputs) {
    Map<String, Long> input = new HashMap<>();
    Map<String, Long> output = new HashMap<>();
    NEURONS.stream()
        .filter(neuron -> type.equals(neuron.get("type")))
        .map(HemibrainConnectomeIT::rois)
        .flatMap(rois -> rois.properties().stream())
        .filter(roi -> !Set.of("CX", "AL").contains(roi.getKey()))
        .forEach(
            roi -> {
              String clean = roi.getKey().replaceFirst("\\([LR]\\)$", "");
              input.merge(clean, roi.getValue().path("post").asLong(), Long::sum);
              output.merge(clean, roi.getValue().path("pre").asLong(), Long::sum);
            });

    assertThat(largest(input)).as("%s", input).isIn((Object[]) inputs.split(" "));
    assertThat(largest(output)).as("%s", output).isIn((Object[]) outputs.split(" "));
  }

  /** Of the primary ones, whose names hold no group's. */
  private static String largest(Map<String, Long> counts) {
    Set<String> primary =
        Arrays.stream((String[]) HEMIBRAIN.meta().get("primaryRois"))
            .map(roi -> roi.replaceFirst("\\([LR]\\)$", ""))
            .collect(Collectors.toSet());
    return counts.entrySet().stream()
        .filter(roi -> primary.contains(roi.getKey()))
        .max(Map.Entry.comparingByValue())
        .orElseThrow()
        .getKey();
  }

  @Test
  void drawsTheSameEachTimeAndPassesForNoRealVersion() {
    List<Map<String, Object>> again = new ArrayList<>();
    new HemibrainConnectome(null, false).neurons(again::add);

    assertThat(again).isEqualTo(NEURONS);
    assertThat(HEMIBRAIN.name()).hasToString("hemibrain:v1.2.1");
    assertThat((String) HEMIBRAIN.meta().get("uuid")).contains("made-up");
    assertThat((String) HEMIBRAIN.meta().get("info")).contains("CC BY 4.0", "made up");
  }

  @Test
  void addsAwkwardNamesWhenAsked() {
    List<Object> types = new ArrayList<>();
    HemibrainConnectome awkward = new HemibrainConnectome(null, true);
    awkward.neurons(neuron -> types.add(neuron.getOrDefault("type", "")));

    assertThat(types).hasSize(25_397 + 2 * TypeNames.AWKWARD.size()).containsAll(TypeNames.AWKWARD);
    assertThat(awkward.meta().get("uuid")).isNotEqualTo(HEMIBRAIN.meta().get("uuid"));
  }

  @Test
  void namesEveryRegionInFull() throws Exception {
    JsonNode regions = JSON.readTree((String) HEMIBRAIN.meta().get("roiInfo"));

    assertThat(regions.path("LO(R)").path("description").asText()).isEqualTo("lobula");
    assertThat(regions)
        .allSatisfy(region -> assertThat(region.path("description").asText()).isNotBlank());
  }
}
