package quickpage.index.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run asks and publishes when others went before it. */
@Tag("each-jdk")
class RunAfterRunIT {
  @TempDir private static Path shared;
  private static ServedDataset dataset;
  private static TestSite first;
  private static Path firstCache;
  private static CommandLineRun firstRun;

  @TempDir private Path folder;
  private TestSite site;
  private Path cache;

  @BeforeAll
  static void runOnce() {
    dataset = ServedDataset.shared("male-cns:v0.9");
    dataset.calm();
    first = TestSite.of(dataset.raw(), shared.resolve("site"), "types/");
    firstCache = shared.resolve("cache");
    firstRun = CommandLineRun.of(dataset, first, firstCache, Map.of()).published();
  }

  @AfterAll
  static void calm() {
    dataset.calm();
  }

  @BeforeEach
  void afterTheFirstRun() {
    dataset.calm();
    site = first.copyTo(folder.resolve("site"));
    cache = folder.resolve("cache");
    TestSite.copy(firstCache, cache);
  }

  private CommandLineRun run(Map<String, ?> options) {
    return CommandLineRun.of(dataset, site, cache, options).published();
  }

  private long types() {
    return firstRun.count("/types/ok");
  }

  private void assertIndexIs(ReferenceIndex.Choices choices) {
    JsonNode expected =
        new ReferenceIndex(dataset.raw(), site.pages(dataset.raw()), choices)
            .json(dataset.server());
    JsonComparison.assertSame(JsonComparison.without(site.index(), "generatedAt"), expected);
  }

  @Test
  void asksForNoTypeAgainAndGivesTheSameBytesButForTheTime() {
    CommandLineRun second = run(Map.of());

    assertThat(dataset.typeQueries()).isEmpty();
    assertThat(dataset.queries()).as("the version alone").hasSize(1);
    JsonNode requests = dataset.log().path("requests");
    assertThat(requests.path("/api/dbmeta/datasets").asInt()).isEqualTo(1);
    assertThat(requests.path("/api/custom/custom").asInt()).isEqualTo(1);
    assertThat(second.count("/cache/hits")).isEqualTo(types());
    assertThat(second.count("/neuprint/requests")).isEqualTo(2);
    assertThat(site.published()).isEqualTo(first.published());
  }

  @Test
  void refetchesEverythingOfAnotherVersionOfTheDataset() {
    dataset.control(Map.of("meta", Map.of("lastDatabaseEdit", "2099-01-01T00:00:00Z")));

    CommandLineRun again = run(Map.of());

    assertThat(again.count("/cache/misses")).isEqualTo(types());
    assertThat(dataset.typeQueries()).isNotEmpty();
    assertThat(site.index().at("/dataset/lastDatabaseEdit").asText())
        .isEqualTo("2099-01-01T00:00:00Z");
  }

  @Test
  void refetchesWhatHasExpired() throws Exception {
    run(Map.of("cacheTtlHours", 1.0 / 3600, "refresh", true));
    Thread.sleep(2_100);
    dataset.forgetQueries();

    CommandLineRun again = run(Map.of());

    assertThat(again.count("/cache/expired")).isEqualTo(types());
    assertThat(again.count("/cache/misses")).isEqualTo(types());
    assertThat(dataset.typeQueries()).isNotEmpty();
    assertThat(site.published()).isEqualTo(first.published());
  }

  @Test
  void asksOnlyForTheTypesOfNewPages() {
    TreeSet<String> without = dataset.raw().types();
    without.removeAll(site.pages(dataset.raw()).known.keySet());
    List<String> added =
        without.stream().filter(type -> type.matches("[A-Za-z]+[0-9]+[a-z]?")).limit(2).toList();
    added.forEach(type -> site.addPages(dataset.raw(), type));

    CommandLineRun again = run(Map.of("typesPerQuery", 1));

    assertThat(again.count("/cache/misses")).isEqualTo(2);
    assertThat(dataset.typeQueries()).hasSize(2);
    for (String type : added) {
      assertThat(dataset.typeQueries()).anyMatch(query -> query.contains("['" + type + "']"));
    }
    assertIndexIs(ReferenceIndex.Choices.DEFAULT);
  }

  @Test
  void appliesAnotherThresholdToWhatIsCached() {
    CommandLineRun again = run(Map.of("roiThreshold", 7.25));

    assertThat(dataset.typeQueries()).isEmpty();
    assertThat(again.count("/cache/hits")).isEqualTo(types());
    assertIndexIs(new ReferenceIndex.Choices(7.25, null, 1, List.of()));
    assertThat(site.published().get("data/index.json"))
        .isNotEqualTo(first.published().get("data/index.json"));
    TestSite fresh = first.copyTo(folder.resolve("fresh"));
    CommandLineRun.of(dataset, fresh, folder.resolve("empty-cache"), Map.of("roiThreshold", 7.25))
        .published();
    assertThat(site.published()).isEqualTo(fresh.published());
  }

  private static Map<String, ?> facets(String... properties) {
    return Map.of(
        "facets",
        Stream.of(properties)
            .map(name -> Map.of("property", name, "label", "of " + name))
            .toList());
  }

  @Test
  void asksAgainForAPropertyThatNobodyHasReadYetAndForNoOther() {
    CommandLineRun wanted = run(facets("status", "birthtime"));
    assertThat(wanted.count("/cache/misses")).isEqualTo(types());
    assertThat(dataset.typeQueries()).isNotEmpty().allMatch(query -> query.contains("n.status)"));
    assertIndexIs(new ReferenceIndex.Choices(1.5, null, 1, List.of("status")));
    dataset.forgetQueries();

    CommandLineRun again = run(facets("status"));
    assertThat(again.count("/cache/hits")).isEqualTo(types());
    assertIndexIs(new ReferenceIndex.Choices(1.5, null, 1, List.of("status")));

    CommandLineRun without = run(Map.of());
    assertThat(without.count("/cache/hits")).isEqualTo(types());
    assertThat(dataset.typeQueries()).isEmpty();
    for (String file : List.of("data/index.json", "types.html")) {
      assertThat(site.published().get(file)).isEqualTo(first.published().get(file));
    }
  }

  @Test
  void thePageHasTheLabelOfAFacet() throws IOException {
    run(facets("status"));

    Matcher types =
        Pattern.compile("static/index/types-[0-9a-f]+\\.js").matcher(site.text("types.html"));
    assertThat(types.find()).isTrue();
    String script = site.text(types.group());
    byte[] packed =
        Base64.getDecoder()
            .decode(script.substring(script.indexOf('"') + 1, script.lastIndexOf('"')));
    try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .contains("{\"property\":\"status\",\"label\":\"of status\",");
    }
  }

  @Test
  void refusesPropertiesThatTheDatasetDoesNotHave() {
    CommandLineRun refused =
        CommandLineRun.of(dataset, site, cache, facets("statuz", "status", "tract"));

    assertThat(refused.failure())
        .startsWith(
            "The neurons of male-cns:v0.9 have no property \"statuz\", \"tract\", which"
                + " options.facets names; they have birthtime, bodyId, ");
    assertThat(site.published()).isEqualTo(first.published());
  }

  @Test
  void listsEveryRoiWithSynapsesWhenTheThresholdIsNothing() {
    run(Map.of("roiThreshold", 0));

    assertIndexIs(new ReferenceIndex.Choices(0, null, 1, List.of()));
  }

  @Test
  void refreshIgnoresTheCacheAndRewritesIt() {
    CommandLineRun again = run(Map.of("refresh", true));

    assertThat(again.count("/cache/hits")).isZero();
    assertThat(dataset.typeQueries()).isNotEmpty();
    assertThat(site.published()).isEqualTo(first.published());
  }

  @Test
  void cutsTheRoisAndNotTheirParents() {
    run(Map.of("roiLimit", 2));

    assertThat(dataset.typeQueries()).isEmpty();
    assertIndexIs(new ReferenceIndex.Choices(1.5, 2, 1, List.of()));
  }

  @Test
  void asksForTheRoisOfSmallTypesOnlyWhenTheMinimumIsLowered() {
    cache = folder.resolve("empty-cache");
    run(Map.of("minNeuronsForRois", 6));
    assertIndexIs(new ReferenceIndex.Choices(1.5, null, 6, List.of()));
    dataset.forgetQueries();

    CommandLineRun lowered = run(Map.of("minNeuronsForRois", 3, "typesPerQuery", 1));

    long between =
        site.pages(dataset.raw()).known.keySet().stream()
            .map(type -> dataset.raw().neuronsOf(type).size())
            .filter(neurons -> neurons >= 3 && neurons < 6)
            .count();
    assertThat(between).isPositive();
    assertThat(lowered.count("/cache/misses")).isEqualTo(between);
    assertThat(dataset.typeQueries()).hasSize((int) between);
    assertIndexIs(new ReferenceIndex.Choices(1.5, null, 3, List.of()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void asksNoMoreAtOnceAndForNoMoreTypesThanAllowed(int atOnce) {
    run(Map.of("typesPerQuery", 12, "refresh", true, "maxConcurrency", atOnce));

    assertThat(typesOfEachQuery()).allMatch(types -> types <= 12);
    assertThat(typesOfEachQuery().stream().mapToLong(Integer::longValue).sum()).isEqualTo(types());
    assertThat(dataset.log().path("maxInFlight").asInt()).isBetween(1, atOnce);
    assertThat(site.published()).isEqualTo(first.published());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20})
  void asksForManyTypesAtOnceButForNoneOfAnotherBatch(int maxConcurrency) throws Exception {
    CommandLineRun again = run(Map.of("refresh", true, "maxConcurrency", maxConcurrency));

    List<Integer> batches = new ArrayList<>();
    JsonNode items = itemsOf(again);
    items.forEach(batch -> batches.add(batch.path("types").size()));
    assertThat(typesOfEachQuery())
        .hasSizeGreaterThanOrEqualTo(batches.size())
        .hasSizeLessThanOrEqualTo((int) types() / 40)
        .allMatch(types -> types <= Collections.max(batches));
    assertThat(typesOfEachQuery().stream().mapToLong(Integer::longValue).sum()).isEqualTo(types());
    assertThat(batches.size() > 1).isEqualTo(maxConcurrency == 1);
  }

  private static JsonNode itemsOf(CommandLineRun run) throws IOException {
    try (Stream<Path> files = Files.list(run.outcome().report().getParent())) {
      Path items =
          files
              .filter(file -> file.getFileName().toString().startsWith("batches-"))
              .findFirst()
              .orElseThrow();
      return TestSite.JSON.readTree(Files.readString(items));
    }
  }

  /** How many names are in the first list of each query for types. */
  private static List<Integer> typesOfEachQuery() {
    // Possessive, so that hundreds of names need no deep stack.
    String name = "'(?:[^'\\\\]|\\\\.)*+'";
    Pattern list = Pattern.compile("n\\.type IN \\[(%1$s(?:, ?%1$s)*+)]".formatted(name));
    return dataset.typeQueries().stream()
        .map(
            query -> {
              Matcher names = list.matcher(query);
              assertThat(names.find()).as(query).isTrue();
              return (int) Pattern.compile(name).matcher(names.group(1)).results().count();
            })
        .toList();
  }

  @Test
  void asksNothingWithoutRoiAnalysis() {
    ReferencePages pages = site.pages((Set<String>) null);
    dataset.forgetQueries();

    CommandLineRun again =
        CommandLineRun.of(
                site.root(),
                site.root(),
                cache,
                dataset.server(),
                dataset.name(),
                "",
                Map.of("roiAnalysis", false))
            .published();

    List<String> asked = new ArrayList<>();
    dataset.log().path("requests").fieldNames().forEachRemaining(asked::add);
    assertThat(asked).allMatch(path -> path.startsWith("/sandbox/"));
    assertThat(again.count("/types/notAsked")).isEqualTo(pages.unknown.size());
    JsonComparison.assertSame(
        JsonComparison.without(site.index(), "generatedAt"),
        ReferenceIndex.withoutNeuPrint(dataset.server(), dataset.name(), pages));
  }

  @Test
  void publishesNothingOfADatasetThatIsEditedInMidRun() {
    Map<String, Integer> before = readersView();
    dataset.control(
        Map.of(
            "rules",
            List.of(
                Map.of(
                    "contains",
                    "'LC4'",
                    "edit",
                    Map.of("lastDatabaseEdit", "2098-01-01T00:00:00Z"),
                    "times",
                    1))));

    CommandLineRun edited =
        CommandLineRun.of(dataset, site, cache, Map.of("refresh", true, "typesPerQuery", 15));

    assertThat(edited.failure()).contains(dataset.name(), "was edited", "2098-01-01T00:00:00Z");
    assertThat(edited.report().path("failure").asText()).isEqualTo(edited.failure());
    assertThat(readersView()).isEqualTo(before);

    dataset.control(Map.of("rules", List.of()));
    dataset.forgetQueries();
    CommandLineRun next = run(Map.of());
    assertThat(next.count("/cache/hits")).as("nothing is kept under the new version").isZero();
  }

  @Test
  void publishesATypeThatCannotBeReadAsUnavailableIfThatIsTolerated() {
    breakRoiInfoOf("LC4");
    try {
      CommandLineRun run = run(Map.of("refresh", true, "toleratedFailurePercentage", 1));

      JsonNode broken = entry("LC4");
      assertThat(broken.path("status").asText()).isEqualTo("unavailable");
      assertThat(broken.path("error").asText()).isNotBlank();
      assertThat(broken.at("/counts/total").isNull()).isTrue();
      assertThat(broken.at("/pages/combined").asText()).isEqualTo("types/LC4.html");
      assertThat(site.index().at("/totals/unavailable").asInt()).isEqualTo(1);
      assertThat(run.count("/types/unavailable")).isEqualTo(1);
      assertThat(run.count("/neuprint/splits")).isPositive();
      assertThat(run.report().at("/failures/0/type").asText()).isEqualTo("LC4");
      JsonNode others = first.index().path("types");
      for (int i = 0; i < others.size(); i++) {
        if (!others.get(i).path("name").asText().equals("LC4")) {
          assertThat(site.index().path("types").get(i)).isEqualTo(others.get(i));
        }
      }
    } finally {
      repairRoiInfoOf("LC4");
    }
  }

  @Test
  void publishesNothingIfMoreTypesAreUnavailableThanTolerated() {
    Map<String, Integer> before = readersView();
    breakRoiInfoOf("LC4");
    try {
      CommandLineRun run =
          CommandLineRun.of(
              dataset, site, cache, Map.of("refresh", true, "toleratedFailurePercentage", 0.1));

      assertThat(run.failure()).contains("LC4", "nothing is published", "because");
      assertThat(run.report().at("/failures/0/type").asText()).isEqualTo("LC4");
      assertThat(readersView()).isEqualTo(before);
    } finally {
      repairRoiInfoOf("LC4");
    }
  }

  /** Everything outside the run folders. */
  private Map<String, Integer> readersView() {
    Map<String, Integer> listing = TestSite.listing(site.root());
    listing.keySet().removeIf(path -> path.startsWith(".quickpage-index"));
    return listing;
  }

  private JsonNode entry(String name) {
    for (JsonNode type : site.index().path("types")) {
      if (type.path("name").asText().equals(name)) {
        return type;
      }
    }
    throw new AssertionError("there is no " + name);
  }

  private static void breakRoiInfoOf(String type) {
    dataset.control(
        Map.of(
            "cypher",
            "MATCH (n:Neuron {type: '%s'}) SET n.roiInfo = '{\"ME(R)\": {'".formatted(type)));
  }

  private static void repairRoiInfoOf(String type) {
    for (Map<String, String> neuron : dataset.raw().neuronsOf(type)) {
      String roiInfo = neuron.get("roiInfo");
      dataset.control(
          Map.of(
              "cypher",
              "MATCH (n:Neuron {bodyId: %s}) SET n.roiInfo = %s"
                  .formatted(
                      neuron.get("bodyId"), roiInfo == null ? "null" : "'" + roiInfo + "'")));
    }
  }
}
