package quickpage.index.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quickpage.index.model.IndexEntry;

class NeuronsJsonWriterTest {

  @TempDir Path temporary;

  @Test
  void writesTheFileThatIsExpected() throws IOException {
    assertThat(json(SampleEntries.SORTED)).isEqualTo(Golden.read("neurons.json"));
  }

  @Test
  void namesTheTypesInTheOrderInWhichItLinksThem() throws IOException {
    JsonNode root = new ObjectMapper().readTree(json(SampleEntries.SORTED));
    for (int at = 0; at < SampleEntries.SORTED.size(); at++) {
      String name = SampleEntries.SORTED.get(at).name();
      assertThat(root.get("names").get(at).asText()).isEqualTo(name);
      assertThat(root.get("neurons").get(at).get("name").asText()).isEqualTo(name);
    }
    assertThat(root.get("metadata").get("total_types").asInt()).isEqualTo(5);
  }

  @Test
  void linksPagesInTheRootAsTheyAre() throws IOException {
    JsonNode root = new ObjectMapper().readTree(json(SampleEntries.IN_THE_ROOT));
    assertThat(root.at("/neurons/1/urls").toString())
        .isEqualTo("{\"right\":\"LC4_R.html\",\"middle\":\"LC4_M.html\"}");
    assertThat(root.at("/neurons/3/urls/combined").asText())
        .isEqualTo("javascript%3Aalert(1).html");
  }

  @Test
  void handsTheSameObjectToThePagesThatAreOpenedFromDisk() throws IOException {
    String script = script(SampleEntries.SORTED);
    String json = json(SampleEntries.SORTED);
    assertThat(script).contains("})(" + json.strip() + ");\n");
    assertThat(script)
        .contains("typeof window.neuronDataCallback === \"function\"")
        .contains("window.neuronDataCallback(neurons)")
        .contains("window.NEURON_DATA_FALLBACK = neurons");
  }

  @Test
  void cannotBreakOutOfAScript() throws IOException {
    assertThat(script(SampleEntries.SORTED)).doesNotContain("<", "\u2028", "\u2029");
  }

  @Test
  void writesEmptyLists() throws IOException {
    assertThat(json(List.of()))
        .isEqualTo(
            """
            {"names":[],
            "neurons":[],
            "metadata":{"generated":"2026-11-22 10:00:00","total_types":0,"version":"2.0"}}
            """);
  }

  @Test
  void leavesNothingBehind() throws IOException {
    json(SampleEntries.SORTED);
    assertThat(temporary).isEmptyDirectory();
  }

  private String json(List<IndexEntry> entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (NeuronsJsonWriter writer = writer(entries)) {
      writer.writeJson(out);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private String script(List<IndexEntry> entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (NeuronsJsonWriter writer = writer(entries)) {
      writer.writeJson(new ByteArrayOutputStream());
      writer.writeScript(out);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private NeuronsJsonWriter writer(List<IndexEntry> entries) throws IOException {
    NeuronsJsonWriter writer =
        new NeuronsJsonWriter(IndexJsonWriterTest.BEGAN, temporary.resolve("neurons"));
    for (IndexEntry entry : entries) {
      writer.add(entry);
    }
    return writer;
  }
}
