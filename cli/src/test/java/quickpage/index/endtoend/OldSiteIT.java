package quickpage.index.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A site of the program that this one replaces: its own index is there, and its pages link to it.
 */
class OldSiteIT {
  private static final String OLD_PAGE = "<!doctype html><title>the old index</title>";
  private static final List<String> OLD_FILES =
      List.of("data/neurons.js", "data/neurons.json", "types.html");

  @TempDir private Path folder;
  private ServedDataset dataset;
  private TestSite site;

  @BeforeEach
  void makeSite() {
    dataset = ServedDataset.shared("flywire-fafb:v783");
    dataset.calm();
    site = new TestSite(folder.resolve("output"), "types/");
    dataset.raw().types().stream()
        .filter(type -> type.matches("[A-Za-z]+[0-9]+"))
        .limit(5)
        .forEach(type -> site.addPages(dataset.raw(), type));
    site.write("types.html", OLD_PAGE);
    site.write("data/neurons.json", "{\"old\": true}");
    site.write("data/neurons.js", "old();");
    site.write("index.html", "<!doctype html><title>the site's own</title>");
  }

  private CommandLineProcess.Ended run(String... more) {
    return runIn(site.root(), more);
  }

  private CommandLineProcess.Ended runIn(Path root, String... more) {
    return CommandLineProcess.run(
        Map.of("NEUPRINT_TOKEN", dataset.token()),
        RunWords.of(root, folder.resolve("cache"), dataset, more));
  }

  private CommandLineProcess.Ended command(String command, String... more) {
    return CommandLineProcess.run(
        Map.of(),
        Stream.concat(Stream.of(command, "--site", site.root().toString()), Arrays.stream(more))
            .toArray(String[]::new));
  }

  @Test
  void theFirstRunSaysWhatItReplacedAndWhereThatIsKept() throws Exception {
    CommandLineProcess.Ended first = run();

    Path kept = site.root().resolve(".quickpage-index/published/0");
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out())
        .contains("Replaced: " + String.join(", ", OLD_FILES), "kept in " + kept);
    assertThat(kept.resolve("types.html")).hasContent(OLD_PAGE);
    assertThat(site.text("index.html")).contains("the site's own");
    assertThat(run().out()).doesNotContain("Replaced");

    // The old program wrote its own again, as it does with every change of its pages.
    site.write("types.html", OLD_PAGE + "newer");
    JsonNode again = TestSite.JSON.readTree(run("--json").out());
    assertThat(again.path("replaced")).hasToString("[\"types.html\"]");
    assertThat(again.path("replacedKeptIn").asText()).isEqualTo(kept.toString());
    assertThat(kept.resolve("types.html")).hasContent(OLD_PAGE + "newer");
  }

  @Test
  void saysWhichTypesHaveNoPageAndWhichShareOne() {
    site.write("types/DNp16_17.html", "a page");

    CommandLineProcess.Ended run = run();

    assertThat(run.out())
        .containsPattern("Types without a page \\([0-9,]+\\): .*; … \\(all are in the report\\)")
        .contains("Types that share a page's name (")
        .contains("DNp16_17.html is of DNp16_17, not of DNp16/17");
  }

  @Test
  void keepsWhatRunsKeepOutOfARepository() {
    run();

    Path ignored = site.root().resolve(".quickpage-index/.gitignore");
    assertThat(ignored).content().endsWith("\n*\n");
    site.write(".quickpage-index/.gitignore", "mine");
    run();
    assertThat(ignored).hasContent("mine");
  }

  @Test
  void listsPublicationsAndGoesBackToThem() throws Exception {
    assertThat(command("history").out().strip())
        .isEqualTo("No run has published an index there yet.");
    for (String threshold : List.of("1", "2", "3")) {
      assertThat(run("--roi-threshold", threshold).exitCode()).isZero();
    }
    Map<String, String> third = site.published();

    JsonNode history = TestSite.JSON.readTree(command("history", "--json").out());
    assertThat(history.at("/publications").findValuesAsText("number"))
        .containsExactly("3", "2", "1", "0");
    assertThat(history.at("/publications").findValuesAsText("standing"))
        .containsExactly("current", "earlier", "earlier", "earlier");
    assertThat(command("history").out().lines().findFirst().orElseThrow())
        .contains("   3  ")
        .endsWith("(what readers see)");

    CommandLineProcess.Ended wrong = command("rollback", "--to", "7");
    assertThat(wrong.exitCode()).isEqualTo(1);
    assertThat(wrong.err()).contains("no publication 7", "kept before it are 0, 1, 2.");
    assertThat(site.published()).isEqualTo(third);

    CommandLineProcess.Ended back = command("rollback", "--to", "1");
    assertThat(back.exitCode()).as(back.err()).isZero();
    assertThat(back.out()).contains("publication 1", "instead of publication 3");
    assertThat(command("history").out())
        .containsPattern("3  .*\\(withdrawn by a rollback\\)")
        .containsPattern("2  .*\\(withdrawn by a rollback\\)")
        .containsPattern("1  .*\\(what readers see\\)");
    assertThat(command("rollback", "--to", "2").exitCode()).isEqualTo(1);

    assertThat(command("rollback").out()).contains("what was there before the first index");
    for (String path : OLD_FILES) {
      assertThat(site.root().resolve(path))
          .hasSameBinaryContentAs(site.root().resolve(".quickpage-index/published/0/" + path));
    }
    assertThat(command("rollback").err()).contains("There is nothing to go back to");
    assertThat(run().exitCode()).isZero();
    assertThat(command("history").out()).containsPattern("4  .*\\(what readers see\\)");
  }

  @Test
  void refusesToRollBackWithoutAnIndexAndMakesNothing() {
    Map<String, Integer> before = TestSite.listing(site.root());

    CommandLineProcess.Ended none = command("rollback");

    assertThat(none.exitCode()).isEqualTo(1);
    assertThat(none.err()).contains("no index was published there yet");
    assertThat(TestSite.changes(site.root(), before)).isEmpty();
  }

  @Test
  void refusesTheFolderOfThePagesAndNamesItsParent() {
    Map<String, Integer> before = TestSite.listing(site.root());
    Path types = site.root().resolve("types");

    for (String command : List.of("history", "rollback", "serve")) {
      CommandLineProcess.Ended wrong =
          CommandLineProcess.run(Map.of(), command, "--site", types.toString());
      assertThat(wrong.exitCode()).isEqualTo(2);
      assertThat(wrong.err()).contains("name its parent: --site " + site.root());
    }
    CommandLineProcess.Ended wrong = runIn(types);
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err().strip())
        .isEqualTo(
            "--site %s is where a site's pages are, not the site; name its parent: --site %s"
                .formatted(types, site.root()));
    assertThat(run("--out", types.toString()).err())
        .contains("--out %s is where a site's pages are".formatted(types));
    assertThat(TestSite.changes(site.root(), before)).isEmpty();
  }

  @Test
  void linksToTheSiteFromAnIndexThatLiesElsewhere() throws Exception {
    Path out = folder.resolve("out");

    CommandLineProcess.Ended without = run("--out", out.toString());
    assertThat(without.err()).contains("--base");
    assertThat(plainList(out)).contains("href=\"../../types/");

    CommandLineProcess.Ended with =
        run("--out", out.toString(), "--base", "https://my.site/male-cns");
    assertThat(with.exitCode()).as(with.err()).isZero();
    assertThat(with.err()).doesNotContain("--base");
    assertThat(plainList(out))
        .contains("href=\"https://my.site/male-cns/types/")
        .doesNotContain("href=\"../");
    assertThat(
            TestSite.JSON
                .readTree(out.resolve("data/index.json").toFile())
                .at("/types/0/pages/combined")
                .asText())
        .startsWith("types/");
  }

  /** A page's content decides nothing: the site may be elsewhere, its names are enough. */
  @Test
  void anIndexOfEmptyPagesIsLaidOverTheSite() throws Exception {
    Path names = folder.resolve("names");
    try (Stream<Path> pages = Files.list(site.root().resolve("types"))) {
      Files.createDirectories(names.resolve("types"));
      for (Path page : pages.toList()) {
        Files.createFile(names.resolve("types").resolve(page.getFileName()));
      }
    }
    Files.createFile(names.resolve("index.html"));
    Path out = folder.resolve("index");
    assertThat(runIn(names, "--out", out.toString()).exitCode()).isZero();

    List<String> laidOver;
    try (Stream<Path> files = Files.walk(out)) {
      laidOver =
          files
              .filter(Files::isRegularFile)
              .map(file -> out.relativize(file).toString())
              .filter(path -> !path.startsWith(".quickpage-index"))
              .toList();
    }
    assertThat(laidOver).contains("types.html", "data/index.json").doesNotContain("index.html");
    for (String path : laidOver) {
      site.write(path, Files.readString(out.resolve(path)));
    }

    Path list = listFile(site.root());
    List<String> links =
        Pattern.compile("href=\"([^\"#:]+)\"")
            .matcher(Files.readString(list))
            .results()
            .map(link -> URLDecoder.decode(link.group(1), StandardCharsets.UTF_8))
            .toList();
    assertThat(links)
        .hasSizeGreaterThan(5)
        .allSatisfy(link -> assertThat(list.resolveSibling(link)).exists());
    JsonNode laid = TestSite.JSON.readTree(site.text("data/index.json"));
    assertThat(run().exitCode()).isZero();
    assertThat(laid.path("types"))
        .isEqualTo(TestSite.JSON.readTree(site.text("data/index.json")).path("types"));
  }

  private static String plainList(Path out) throws Exception {
    return Files.readString(listFile(out));
  }

  private static Path listFile(Path out) throws Exception {
    String page = Files.readString(out.resolve("types.html"));
    return out.resolve(page.replaceFirst("(?s).*data-list=\"([^\"]+)\".*", "$1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "my.site",
        "ftp://my.site/",
        "https://",
        "https://my.site/?x=1",
        "javascript:x()",
        "a b"
      })
  void refusesABaseThatIsNoAddress(String base) {
    CommandLineProcess.Ended wrong = run("--out", folder.resolve("out").toString(), "--base", base);

    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err().strip())
        .isEqualTo(
            "--base %s is no address of a site, such as https://my.site/male-cns/."
                .formatted(base));
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void refusesABaseInPlace() {
    String sentence = "--base goes with an --out elsewhere";
    assertThat(run("--base", "https://my.site/").err()).contains(sentence);
    assertThat(run("--out", site.root().toString(), "--base", "https://my.site/").err())
        .contains(sentence);
    assertThat(new TreeSet<>(List.of(site.root().toFile().list())))
        .containsExactly("data", "index.html", "types", "types.html");
  }
}
