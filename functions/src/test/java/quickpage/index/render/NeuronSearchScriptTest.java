package quickpage.index.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quickpage.index.model.IndexEntry;

class NeuronSearchScriptTest {

  @TempDir Path temporary;

  @Test
  void declaresNamesAndAddressesBeforeItUsesThem() throws IOException {
    assertThat(script(SampleEntries.IN_THE_ROOT))
        .isEqualTo(
            """
            const NEURON_TYPES_DATA = [
            "LC10a",
            "LC4",
            "a\\u003C/script>",
            "javascript:alert(1)"
            ];
            const NEURON_DATA = [
            {"name":"LC10a","urls":{"both":"LC10a.html","left":"LC10a_L.html","right":"LC10a_R.html"},"primary_url":"LC10a.html"},
            {"name":"LC4","urls":{"right":"LC4_R.html","middle":"LC4_M.html"},"primary_url":"LC4_R.html"},
            {"name":"a\\u003C/script>","urls":{"left":"a%3C_script%3E_L.html"},"primary_url":"a%3C_script%3E_L.html"},
            {"name":"javascript:alert(1)","urls":{"both":"javascript%3Aalert(1).html"},"primary_url":"javascript%3Aalert(1).html"}
            ];
            """
                + Golden.read("neuron-search.js"));
  }

  @Test
  void isAScriptWithoutTypesToo() throws IOException {
    assertThat(script(List.of()))
        .startsWith("const NEURON_TYPES_DATA = [];\nconst NEURON_DATA = [];\n");
  }

  @Test
  void putsNamesIntoThePageAsTextOnly() {
    assertThat(Golden.read("neuron-search.js"))
        .contains("\"menulines\"")
        .contains(".textContent = neuron.name")
        .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(");
  }

  @Test
  void leavesNothingBehind() throws IOException {
    script(SampleEntries.IN_THE_ROOT);
    assertThat(temporary).isEmptyDirectory();
  }

  private String script(List<IndexEntry> entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (NeuronSearchScript script = new NeuronSearchScript(temporary.resolve("neurons"))) {
      for (IndexEntry entry : entries) {
        script.add(entry);
      }
      script.writeTo(out);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
