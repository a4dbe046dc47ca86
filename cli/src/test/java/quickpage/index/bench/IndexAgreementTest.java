package quickpage.index.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quickpage.index.compare.IndexFile;
import quickpage.index.json.Json;

class IndexAgreementTest {
  private static final String SCRIPT =
      """
      {"types": [{"name": "T", "total": 2, "left": 1, "right": 0, "pre": 5, "post": 6,
        "pages": {"combined": "types/T.html"}, "consensusNt": null, "class": ["a"],
        "itoleeHl": ["VPNp2"], "otherTypes": {"mancType": ["DNa02"]},
        "rois": [{"name": "LO", "pre": 5, "post": 6, "prePercent": 100.0, "postPercent": 100}]}]}
      """;

  private static final String OURS =
      """
      {"types": [{"name": "T", "counts": {"total": 2, "left": 1, "right": 0, "middle": 0},
        "synapses": {"pre": 5, "post": 6},
        "pages": {"combined": "types/T.html", "left": null}, "classes": ["a"],
        "itoleeHemilineages": ["VPNp2"], "otherTypes": {"mancType": ["DNa02"]},
        "neurotransmitter": {"consensus": null},
        "rois": [{"name": "LO", "pre": 5, "post": 6, "prePercent": 100, "postPercent": 100}]}]}
      """;

  @TempDir private Path folder;

  private List<String> differences(JsonNode ours) throws Exception {
    Path file = Files.writeString(folder.resolve("index.json"), ours.toString());
    try (IndexFile index = IndexFile.open(file.toString())) {
      return IndexAgreement.differences(json(SCRIPT), index);
    }
  }

  private static JsonNode json(String text) throws Exception {
    return Json.MAPPER.readTree(text);
  }

  @Test
  void sameFactsUnderOtherNamesAgree() throws Exception {
    assertThat(differences(json(OURS))).isEmpty();
  }

  @Test
  void namesWhatDiffers() throws Exception {
    JsonNode other =
        json(
            OURS.replace("\"total\": 2", "\"total\": 3")
                .replace("[\"a\"]", "[\"a\", \"b\"]")
                .replace("DNa02", "DNa03")
                .replace("\"prePercent\": 100", "\"prePercent\": 99.9"));

    assertThat(differences(other))
        .containsExactlyInAnyOrder(
            "T /counts/total: 2 in the script, 3 in the run",
            "T /classes: [\"a\"] in the script, [\"a\",\"b\"] in the run",
            "T /otherTypes: {\"mancType\":[\"DNa02\"]} in the script, {\"mancType\":[\"DNa03\"]} in"
                + " the run",
            "T /rois/0/prePercent: 100.0 in the script, 99.9 in the run");
  }

  @Test
  void namesTypesThatOnlyOneHas() throws Exception {
    assertThat(differences(json(OURS.replace("\"name\": \"T\"", "\"name\": \"U\""))))
        .containsExactly("T is only in what the script made", "U is only in what the run made");
  }
}
