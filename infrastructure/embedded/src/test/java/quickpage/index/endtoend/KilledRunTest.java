package quickpage.index.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledRunTest {
  /** So that a query in the log is a type that was asked for. */
  private static final List<String> ONE_TYPE_A_QUERY =
      List.of("--types-per-query", "1", "--max-concurrency", "4");

  @TempDir private static Path folder;
  private static ServedDataset dataset;

  @BeforeAll
  static void start() {
    dataset = ServedDataset.shared("hemibrain:v1.2.1");
    dataset.calm();
  }

  @AfterAll
  static void calm() {
    dataset.calm();
  }

  private static CommandLineProcess run(Path site, Path cache, List<String> flags) {
    String[] arguments =
        java.util.stream.Stream.of(
                List.of(
                    "run",
                    "--json",
                    "--site",
                    site.toString(),
                    "--cache",
                    cache.toString(),
                    "--server",
                    dataset.server(),
                    "--dataset",
                    dataset.name()),
                ONE_TYPE_A_QUERY,
                flags)
            .flatMap(List::stream)
            .toArray(String[]::new);
    return CommandLineProcess.start(Map.of("NEUPRINT_TOKEN", dataset.token()), arguments);
  }

  private static long answeredTypeQueries() {
    long answered = 0;
    for (JsonNode query : dataset.log().path("queries")) {
      boolean ofTypes = query.path("cypher").asText().contains(ServedDataset.TYPE_QUERY);
      answered += ofTypes && query.path("status").asInt() == 200 ? 1 : 0;
    }
    return answered;
  }

  @Test
  void leavesTheOldIndexAndWhatItHadCached() throws Exception {
    TestSite site = new TestSite(folder.resolve("site"), "types/");
    dataset.raw().types().stream().limit(60).forEach(type -> site.addPages(dataset.raw(), type));
    Path cache = folder.resolve("cache");
    Run.of(dataset, site, folder.resolve("another-cache"), Map.of()).published();
    Map<String, String> before = site.published();
    String indexBefore = site.text("data/index.json");
    dataset.control(Map.of("latency", "500ms"));
    dataset.forgetQueries();

    CommandLineProcess killed = run(site.root(), cache, List.of());
    Instant patience = Instant.now().plus(Duration.ofMinutes(1));
    while (answeredTypeQueries() < 16 && killed.isAlive() && Instant.now().isBefore(patience)) {
      Thread.sleep(100);
    }
    CommandLineProcess second = run(site.root(), folder.resolve("third-cache"), List.of());
    CommandLineProcess.Ended refused = second.end();
    assertThat(killed.isAlive()).as("the first run is still at work").isTrue();
    killed.kill();

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .contains("Another run is at work in " + site.root(), "process " + killed.pid());
    assertThat(site.published()).isEqualTo(before);
    assertThat(site.text("data/index.json")).isEqualTo(indexBefore);

    dataset.control(Map.of("latency", "0"));
    long cached = cachedTypes(cache);
    long types = site.pages(dataset.raw()).known.size();
    assertThat(cached).isBetween(8L, types - 1);
    dataset.forgetQueries();
    CommandLineProcess.Ended next = run(site.root(), cache, List.of()).end();

    assertThat(next.exitCode()).as(next.err()).isZero();
    JsonNode summary = TestSite.JSON.readTree(next.out()).path("summary");
    assertThat(summary.at("/cache/hits").asLong()).isEqualTo(cached);
    assertThat(summary.at("/cache/misses").asLong()).isEqualTo(types - cached);
    assertThat(dataset.typeQueries()).hasSize((int) (types - cached));
    assertThat(site.published()).isEqualTo(before);
  }

  private static long cachedTypes(Path cache) throws Exception {
    CommandLineProcess.Ended stats =
        CommandLineProcess.run(Map.of(), "cache", "stats", "--json", "--cache", cache.toString());
    assertThat(stats.exitCode()).as(stats.err()).isZero();
    JsonNode kept = TestSite.JSON.readTree(stats.out()).path("kept");
    assertThat(kept).hasSize(1);
    return kept.get(0).path("types").asLong();
  }
}
