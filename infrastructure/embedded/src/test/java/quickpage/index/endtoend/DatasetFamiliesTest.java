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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetFamiliesTest {
  @TempDir private Path folder;

  @ParameterizedTest(name = "{0}, {1} of the requests failing")
  @CsvSource({
    "male-cns:v0.9,     0,   types/, 1",
    "hemibrain:v1.2.1,  0.1, '',     2",
    "optic-lobe:v1.1,   0,   types/, 3",
    "flywire-fafb:v783, 0.2, '',     4"
  })
  void theIndexIsWhatTheRawNeuronsSay(String name, double errorRate, String pages, int seed)
      throws Exception {
    try (ServedDataset dataset =
        ServedDataset.generated(
            name,
            220,
            3_000,
            folder.resolve("raw"),
            "--seed",
            Integer.toString(seed),
            "--error-rate",
            Double.toString(errorRate))) {
      TestSite site = TestSite.of(dataset.raw(), folder.resolve("site"), pages);
      ReferencePages placed = site.pages(dataset.raw());

      Run run = Run.of(dataset, site, folder.resolve("cache"), Map.of()).published();

      JsonNode index = site.index();
      JsonNode expected =
          new ReferenceIndex(dataset.raw(), placed, ReferenceIndex.Choices.DEFAULT)
              .json(dataset.server());
      JsonComparison.assertSame(JsonComparison.without(index, "generatedAt"), expected);
      JsonComparison.assertSame(site.json("data/neurons.json"), ReferenceSearchFile.of(index));
      assertIsValid(site);
      assertThat(site.text("data/neurons.js")).contains("neuronDataCallback", "Nobody01");
      assertThat(Files.exists(site.root().resolve("static/js/neuron-search.js")))
          .isEqualTo(pages.isEmpty());
      if (errorRate > 0) {
        assertThat(run.count("/neuprint/retries")).isPositive();
      }
      assertReported(run, dataset.raw(), placed);
    }
  }

  private static void assertIsValid(TestSite site) {
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(site.text("data/index.schema.json"), InputFormat.JSON)
                .validate(site.text("data/index.json"), InputFormat.JSON))
        .isEmpty();
  }

  private static void assertReported(Run run, RawDataset raw, ReferencePages placed) {
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
