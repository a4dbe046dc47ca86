package quickpage.index.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("each-jdk")
class CommandLineIT {
  @TempDir private static Path shared;
  private static ServedDataset dataset;
  private static TestSite published;
  private static Path warmCache;

  @TempDir private Path folder;

  @BeforeAll
  static void publishOnce() {
    dataset = ServedDataset.shared("flywire-fafb:v783");
    dataset.calm();
    published = TestSite.of(dataset.raw(), shared.resolve("site"), "");
    warmCache = shared.resolve("cache");
    CommandLineRun.of(dataset, published, warmCache, Map.of()).published();
  }

  @AfterAll
  static void calm() {
    dataset.calm();
  }

  private static CommandLineProcess.Ended command(String words) {
    return CommandLineProcess.run(Map.of(), words.split(" "));
  }

  private CommandLineProcess.Ended run(Map<String, String> environment, String... more) {
    String[] out = {"--out", folder.resolve("out").toString()};
    return CommandLineProcess.run(
        environment,
        RunWords.of(
            published.root(),
            folder.resolve("cache"),
            dataset,
            Stream.of(out, more).flatMap(Stream::of).toArray(String[]::new)));
  }

  private static Path changed(Path index, Path copy) throws Exception {
    ObjectNode json = (ObjectNode) TestSite.JSON.readTree(Files.readString(index));
    json.put("generatedAt", "2001-01-01T00:00:00Z");
    ((ObjectNode) json.at("/types/0/counts")).put("total", 4711);
    return Files.writeString(copy, json.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "demo --help",
        "run --help",
        "sandbox --help",
        "diff --help",
        "cache --help",
        "cache stats --help",
        "cache clear --help",
        "start --help",
        "watch --help",
        "report --help",
        "rollback --help",
        "history --help",
        "serve --help",
        "hold --help",
        "resume --help",
        "bench --help"
      })
  void helpsEverywhere(String words) {
    CommandLineProcess.Ended help = command(words);

    assertThat(help.exitCode()).as(help.err()).isZero();
    assertThat(help.out()).contains("Usage:");
    assertThat(help.err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "                                             | Which command?",
        "rum                                          | 'rum'",
        "cache                                        | stats or clear",
        "cache stats --stack a --cache b              | give one of them",
        "start                                        | --stack=NAME",
        "start --stack a --run upload-1               | runs that uploads start",
        "start --stack a --run a/b                    | --run a/b cannot be a name",
        "rollback                                     | --site DIR or a stack with --stack NAME",
        "history --site a --stack b                   | --site DIR or a stack with --stack NAME",
        "run --site /tmp                              | --server",
        "run --site /tmp --server x --dataset y --roi-treshold 2 | --roi-treshold",
        "run --site /tmp --server x --dataset y --roi-threshold a | 'a' is not a",
        "run --site /nowhere/at/all --server x --dataset y | /nowhere/at/all",
        "diff one                                     | parameter: 'B'",
        "demo --roi-limit x                           | 'x' is not a",
        "demo --ouch                                  | --ouch",
        "demo --out                                   | --out",
        "demo --roi-limit -1                          | options.roiLimit must be at least 1, not"
            + " -1",
        "demo --types-per-query -5                    | options.typesPerQuery must be at least 1,"
            + " not -5",
        "demo --facet status                          | \"status\" has no label.",
        "demo --facet a-b=A --facet c=                | \"a-b\" is no property's name; \"c\" has no"
            + " label.",
        "demo --min-neurons-for-rois -1               | options.minNeuronsForRois must be from 0"
      })
  void saysWhatIsWrongWithTheWords(String words, String sentence) {
    CommandLineProcess.Ended wrong =
        words == null ? CommandLineProcess.run(Map.of()) : command(words);

    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains(sentence).doesNotContain("Exception");
    assertThat(wrong.out()).isEmpty();
  }

  @Test
  void makesNothingForADemoThatWouldBeRefused() {
    Path out = folder.resolve("demo");

    CommandLineProcess.Ended wrong =
        CommandLineProcess.run(Map.of(), "demo", "--out", out.toString(), "--roi-threshold", "-2");

    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err().strip())
        .isEqualTo("options.roiThreshold must be from 0 to 100, not -2.");
    assertThat(out).doesNotExist();
  }

  @Test
  void asksForATokenAndSaysWhereToPutIt() {
    CommandLineProcess.Ended without = run(Map.of());

    assertThat(without.exitCode()).isEqualTo(2);
    assertThat(without.err()).contains("NEUPRINT_APPLICATION_CREDENTIALS", "NEUPRINT_TOKEN");
    assertThat(folder.toFile().list()).as("beside the cache").isSubsetOf("cache");
  }

  @Test
  void needsNoTokenForPagesAlone() {
    CommandLineProcess.Ended alone = run(Map.of(), "--no-roi-analysis");

    assertThat(alone.exitCode()).as(alone.err()).isZero();
    assertThat(folder.resolve("out/index.html")).isNotEmptyFile();
  }

  @Test
  void takesTheTokenFromTheDocumentThatNeuPrintGives() throws Exception {
    String document = "{\"token\": \"%s\", \"email\": \"a@b\"}".formatted(dataset.token());

    CommandLineProcess.Ended run =
        run(
            Map.of("NEUPRINT_APPLICATION_CREDENTIALS", document, "NEUPRINT_TOKEN", "wrong"),
            "--json");

    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode answer = TestSite.JSON.readTree(run.out());
    assertThat(run.out().strip()).doesNotContain("\n");
    assertThat(answer.path("status").asText()).isEqualTo("published");
    assertThat(Path.of(answer.path("index").asText())).isNotEmptyFile();
    assertThat(Path.of(answer.path("report").asText())).isNotEmptyFile();
    assertThat(answer.at("/summary/types/ok").asInt()).isPositive();
    assertThat(run.err()).isNotBlank();
    assertThat(run.out() + run.err()).doesNotContain(dataset.token());
    CommandLineProcess.Ended diff =
        CommandLineProcess.run(
            Map.of(),
            "diff",
            published.root().resolve("data/index.json").toString(),
            folder.resolve("out/data/index.json").toString());
    assertThat(diff.exitCode()).as(diff.out() + diff.err()).isZero();
  }

  @Test
  void endsWithOneWhenTheRunFails() throws Exception {
    CommandLineProcess.Ended failed = run(Map.of("NEUPRINT_TOKEN", "wrong-4711"), "--json");

    assertThat(failed.exitCode()).isEqualTo(1);
    JsonNode answer = TestSite.JSON.readTree(failed.out());
    assertThat(answer.path("status").asText()).isEqualTo("failed");
    assertThat(answer.path("failure").asText()).contains("refused the token");
    assertThat(failed.out() + failed.err()).doesNotContain("wrong-4711", "Exception");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void saysWhyTheRunFailed() {
    CommandLineProcess.Ended failed =
        run(Map.of("NEUPRINT_TOKEN", dataset.token()), "--roi-limit", "0");

    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.err()).containsOnlyOnce("options.roiLimit must be at least 1, not 0.");
    assertThat(failed.out()).isEmpty();
  }

  @Test
  void comparesTwoIndexes() throws Exception {
    Path index = published.root().resolve("data/index.json");
    Path other = changed(index, folder.resolve("other.json"));
    Path noIndex = Files.writeString(folder.resolve("no-index.json"), "{}");
    Path noJson = Files.writeString(folder.resolve("no.json"), "{");

    CommandLineProcess.Ended different =
        CommandLineProcess.run(Map.of(), "diff", index.toString(), other.toString());
    assertThat(different.exitCode()).isEqualTo(1);
    assertThat(different.out())
        .contains("4711", "counts", "1 difference.")
        .doesNotContain("generatedAt");

    CommandLineProcess.Ended json =
        CommandLineProcess.run(Map.of(), "diff", "--json", index.toString(), other.toString());
    assertThat(json.exitCode()).isEqualTo(1);
    assertThat(TestSite.JSON.readTree(json.out()).path("differences")).hasSize(1);

    for (Path wrong : List.of(folder.resolve("none.json"), noIndex, noJson)) {
      CommandLineProcess.Ended could =
          CommandLineProcess.run(Map.of(), "diff", index.toString(), wrong.toString());
      assertThat(could.exitCode()).isEqualTo(2);
      assertThat(could.err()).contains(wrong.toString()).doesNotContain("\tat ");
    }
  }

  @Test
  void looksAtTheCacheAndClearsPartsOfIt() throws Exception {
    Path cache = folder.resolve("cache");
    TestSite.copy(warmCache, cache);
    long types = published.index().findValuesAsText("status").stream().filter("ok"::equals).count();
    assertThat(cached(cache)).isEqualTo(types);

    assertThat(removed(cache, "--type", "LC4", "--type", "50%")).isEqualTo(2);
    assertThat(cached(cache)).isEqualTo(types - 2);
    assertThat(removed(cache, "--dataset", "hemibrain:v1.2.1")).isZero();
    assertThat(removed(cache, "--dataset", dataset.name())).isEqualTo(types - 2);
    assertThat(cached(cache)).isZero();

    CommandLineProcess.Ended none =
        CommandLineProcess.run(
            Map.of("XDG_CACHE_HOME", folder.resolve("xdg").toString()), "cache", "stats");
    assertThat(none.exitCode()).isZero();
    assertThat(none.out())
        .isEqualToIgnoringNewLines(
            "Nothing is cached in " + folder.resolve("xdg/quickpage-index") + ".");
    assertThat(folder.resolve("xdg")).doesNotExist();
  }

  private static long cached(Path cache) throws Exception {
    CommandLineProcess.Ended stats =
        CommandLineProcess.run(Map.of(), "cache", "stats", "--json", "--cache", cache.toString());
    assertThat(stats.exitCode()).as(stats.err()).isZero();
    long types = 0;
    for (JsonNode kept : TestSite.JSON.readTree(stats.out()).path("kept")) {
      types += kept.path("types").asLong();
    }
    return types;
  }

  private static long removed(Path cache, String... selection) throws Exception {
    List<String> words = List.of("cache", "clear", "--json", "--cache", cache.toString());
    CommandLineProcess.Ended clear =
        CommandLineProcess.run(
            Map.of(), Stream.concat(words.stream(), Stream.of(selection)).toArray(String[]::new));
    assertThat(clear.exitCode()).as(clear.err()).isZero();
    return TestSite.JSON.readTree(clear.out()).path("removed").asLong();
  }
}
