package quickpage.index.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetFamiliesIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "male-cns:v0.9,     types/",
    "hemibrain:v1.2.1,  ''",
    "optic-lobe:v1.1,   types/",
    "flywire-fafb:v783, ''",
    "manc:v1.2.1,       types/"
  })
  void theIndexIsWhatTheRawNeuronsSay(String name, String pages) {
    ServedDataset dataset = ServedDataset.shared(name);
    dataset.calm();
    TestSite site = TestSite.of(dataset.raw(), folder.resolve("site"), pages);
    ReferencePages placed = site.pages(dataset.raw());

    CommandLineRun run =
        CommandLineRun.of(dataset, site, folder.resolve("cache"), Map.of()).published();

    assertIsTheReference(dataset, site, placed);
    JsonComparison.assertSame(site.json("data/neurons.json"), ReferenceSearchFile.of(site.index()));
    assertIsValid(site);
    assertThat(site.text("data/neurons.js")).contains("neuronDataCallback", "Nobody01");
    assertThat(Files.exists(site.root().resolve("static/js/neuron-search.js")))
        .isEqualTo(pages.isEmpty());
    assertReported(run, dataset.raw(), placed);
  }

  /** The server draws its faults from a seed, so every time the same requests fail. */
  @Test
  void theIndexIsCompleteThoughEveryTenthOrFifthRequestFails() {
    try (ServedDataset dataset =
        ServedDataset.generated(
            "male-cns:v0.9", 60, 300, folder.resolve("raw"), "--error-rate", "0.2")) {
      for (double errorRate : List.of(0.2, 0.1)) {
        dataset.control(Map.of("errorRate", errorRate));
        TestSite site = TestSite.of(dataset.raw(), folder.resolve("site-" + errorRate), "types/");

        CommandLineRun run =
            CommandLineRun.of(
                    dataset, site, folder.resolve("cache-" + errorRate), Map.of("typesPerQuery", 1))
                .published();

        assertThat(run.count("/neuprint/retries")).isPositive();
        assertThat(run.count("/types/unavailable")).isZero();
        assertIsTheReference(dataset, site, site.pages(dataset.raw()));
      }
    }
  }

  private static void assertIsTheReference(
      ServedDataset dataset, TestSite site, ReferencePages placed) {
    JsonNode expected =
        new ReferenceIndex(dataset.raw(), placed, ReferenceIndex.Choices.DEFAULT)
            .json(dataset.server());
    JsonComparison.assertSame(JsonComparison.without(site.index(), "generatedAt"), expected);
  }

  private static void assertIsValid(TestSite site) {
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(site.text("data/index.schema.json"), InputFormat.JSON)
                .validate(site.text("data/index.json"), InputFormat.JSON))
        .isEmpty();
  }

  private static void assertReported(CommandLineRun run, RawDataset raw, ReferencePages placed) {
    assertThat(run.count("/types/planned")).isEqualTo(placed.known.size() + placed.unknown.size());
    assertThat(run.count("/types/ok")).isEqualTo(placed.known.size());
    assertThat(run.count("/types/noNeurons")).isEqualTo(placed.unknown.size());
    assertThat(run.count("/types/unavailable")).isZero();
    assertThat(run.count("/pages/listed")).isEqualTo(placed.pages);
    assertThat(run.count("/pages/unmatched")).isEqualTo(placed.unmatched.size());
    assertThat(run.count("/pages/indexed")).isEqualTo(placed.pages - placed.unmatched.size());
    assertThat(run.count("/cache/hits")).isZero();
    assertThat(run.count("/cache/misses")).isEqualTo(placed.known.size());
    JsonNode report = run.report();
    assertThat(texts(report.get("unmatchedPages"))).isEqualTo(placed.unmatched);
    assertThat(
            StreamSupport.stream(report.get("ambiguousPages").spliterator(), false)
                .map(page -> page.get("path").asText()))
        .containsExactlyInAnyOrderElementsOf(placed.ambiguous);
    TreeSet<String> withoutPage = raw.types();
    withoutPage.removeAll(placed.known.keySet());
    TreeSet<String> named = new TreeSet<>(texts(report.get("typesWithoutPage")));
    report.get("nameCollisions").forEach(collision -> named.addAll(texts(collision.get("others"))));
    assertThat(named).isEqualTo(withoutPage);
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }
}
