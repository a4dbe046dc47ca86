package quickpage.index.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("each-jdk")
class KilledRunIT {
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
    String[] more =
        Stream.of(List.of("--json"), ONE_TYPE_A_QUERY, flags)
            .flatMap(List::stream)
            .toArray(String[]::new);
    return CommandLineProcess.start(
        Map.of("NEUPRINT_TOKEN", dataset.token()), RunWords.of(site, cache, dataset, more));
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
    CommandLineRun.of(dataset, site, folder.resolve("another-cache"), Map.of()).published();
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

  @ParameterizedTest
  @ValueSource(strings = {"data", "static/index", ".quickpage-index/published"})
  void leavesAWholePageWhereverItIsKilledWhilePublishing(String written) throws Exception {
    Path here = folder.resolve("publishing-" + written.replace('/', '-'));
    TestSite site = new TestSite(here.resolve("site"), "types/");
    dataset.raw().types().stream().limit(60).forEach(type -> site.addPages(dataset.raw(), type));
    Path cache = here.resolve("cache");
    CommandLineRun.of(dataset, site, cache, Map.of()).published();
    String oldPage = page(site);
    TestSite expected = site.copyTo(here.resolve("expected"));
    Map<String, ?> other = Map.of("roiThreshold", 30);
    CommandLineRun.of(dataset, expected, here.resolve("another-cache"), other).published();
    assertThat(page(expected)).isNotEqualTo(oldPage);
    List<String> flags = List.of("--roi-threshold", "30");

    CommandLineProcess killed;
    try (WatchService changes = FileSystems.getDefault().newWatchService()) {
      site.root()
          .resolve(written)
          .register(
              changes, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      killed = run(site.root(), cache, flags);
      assertThat(changes.poll(1, TimeUnit.MINUTES)).as("a change in " + written).isNotNull();
      killed.kill();
    }

    assertThat(page(site)).isIn(oldPage, page(expected));
    Matcher assets = Pattern.compile("static/index/[\\w.-]+").matcher(page(site));
    assertThat(assets.results().map(MatchResult::group).distinct().toList())
        .isNotEmpty()
        .allSatisfy(asset -> assertThat(site.root().resolve(asset)).isNotEmptyFile());
    CommandLineProcess.Ended next = run(site.root(), cache, flags).end();
    assertThat(next.exitCode()).as(next.err()).isZero();
    assertThat(site.published()).isEqualTo(expected.published());
  }

  /** The page without the time of its run. */
  private static String page(TestSite site) {
    return site.text("types.html")
        .replaceAll("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(:\\d\\d)?", "TIME");
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
