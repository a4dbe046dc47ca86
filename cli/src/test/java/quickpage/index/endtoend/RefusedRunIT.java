package quickpage.index.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.error.RefusedException;
import quickpage.index.local.SiteLock;

/** Runs that cannot go on say why in one sentence, and leave the site as it was. */
class RefusedRunIT {
  @TempDir private static Path shared;
  private static ServedDataset dataset;
  private static TestSite published;

  @TempDir private Path folder;
  private TestSite site;
  private Map<String, Integer> before;

  @BeforeAll
  static void publishOnce() {
    dataset = ServedDataset.shared("optic-lobe:v1.1");
    dataset.calm();
    published = TestSite.of(dataset.raw(), shared.resolve("site"), "types/");
    CommandLineRun.of(dataset, published, shared.resolve("cache"), Map.of()).published();
  }

  @AfterAll
  static void calm() {
    dataset.calm();
  }

  @BeforeEach
  void withAnOldIndex() {
    dataset.calm();
    site = published.copyTo(folder.resolve("site"));
    before = TestSite.listing(site.root());
  }

  private CommandLineRun run(String server, String name, String token, Map<String, ?> options) {
    return CommandLineRun.of(
        site.root(), site.root(), folder.resolve("cache"), server, name, token, options);
  }

  private void assertNothingWritten() {
    assertThat(TestSite.changes(site.root(), before)).isEmpty();
  }

  private static void assertOneSentence(String failure) {
    assertThat(failure).endsWith(".").doesNotContain("Exception", "\n", "  ", "null");
  }

  @Test
  void namesAServerThatCannotBeReached() throws Exception {
    String address;
    try (ServerSocket unused = new ServerSocket(0)) {
      address = "http://127.0.0.1:" + unused.getLocalPort();
    }

    String failure = run(address, dataset.name(), "x", Map.of()).failure();

    assertThat(failure).contains(address, "could not be reached");
    assertOneSentence(failure);
    assertNothingWritten();
  }

  @Test
  void namesAServerThatBreaksEveryConnectionOff() {
    dataset.control(Map.of("down", true));

    String failure = run(dataset.server(), dataset.name(), dataset.token(), Map.of()).failure();

    assertThat(failure).contains(dataset.server());
    assertOneSentence(failure);
    assertNothingWritten();
  }

  @Test
  void saysThatTheTokenIsWrongWithoutSayingTheToken() {
    String wrong = "wrong-token-4711";

    String failure = run(dataset.server(), dataset.name(), wrong, Map.of()).failure();

    assertThat(failure).contains(dataset.server(), "refused the token").doesNotContain(wrong);
    assertOneSentence(failure);
    assertNothingWritten();
  }

  @ParameterizedTest
  @CsvSource({
    "optic-lobe:v1.0, optic-lobe:v1.1",
    "Optic-Lobe:v1.1, optic-lobe:v1.1",
    "optic-lobe,      optic-lobe:v1.1"
  })
  void namesTheDatasetsThatAreNearAnUnknownOne(String given, String near) {
    String failure = run(dataset.server(), given, dataset.token(), Map.of()).failure();

    assertThat(failure).contains("'" + given + "'", near);
    assertOneSentence(failure);
    assertNothingWritten();
  }

  @Test
  void saysThatAFolderIsEmpty() {
    site = new TestSite(folder.resolve("empty"), "");
    before = TestSite.listing(site.root());

    String failure = run(dataset.server(), dataset.name(), dataset.token(), Map.of()).failure();

    assertThat(failure).contains("no pages in", site.root().toString());
    assertOneSentence(failure);
    assertNothingWritten();
  }

  @Test
  void saysThatAFolderHasNoPages() {
    site = new TestSite(folder.resolve("no-pages"), "");
    List.of("index.html", "help.html", "readme.txt", "sub/LC4.html")
        .forEach(file -> site.write(file, "x"));
    before = TestSite.listing(site.root());

    String failure = run(dataset.server(), dataset.name(), dataset.token(), Map.of()).failure();

    assertThat(failure).contains("no pages in", site.root().toString());
    assertOneSentence(failure);
    assertNothingWritten();
  }

  @Test
  void saysThatNotOnePageIsOfAKnownType() {
    site = new TestSite(folder.resolve("unknown"), "");
    TestSite.STRANGE.forEach(site::add);
    before = TestSite.listing(site.root());

    String failure = run(dataset.server(), dataset.name(), dataset.token(), Map.of()).failure();

    assertThat(failure).contains("Not one of the", site.root().toString(), dataset.name());
    assertThat(failure).contains("is it the right dataset?");
    assertNothingWritten();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "roiTreshold       | 2        | roiTreshold",
        "roiThreshold      | -1       | options.roiThreshold must be from 0 to 100",
        "roiThreshold      | \"2\"    | options.roiThreshold must be a number",
        "roiLimit          | 0        | options.roiLimit must be at least 1",
        "roiLimit          | 1.5      | options.roiLimit must be a whole number",
        "maxConcurrency    | 41       | options.maxConcurrency must be from 1 to 40",
        "refresh           | \"yes\"  | options.refresh must be true or false",
        "indexFile         | \"../x.html\" | options.indexFile must be one plain name",
        "indexFile         | 7        | options.indexFile must be a text"
      })
  void namesTheOptionThatDoesNotFit(String option, String json, String words) throws Exception {
    Map<String, ?> options = Map.of(option, TestSite.JSON.readTree(json));

    String failure = run(dataset.server(), dataset.name(), dataset.token(), options).failure();

    assertThat(failure).contains(words);
    assertOneSentence(failure);
    assertNothingWritten();
  }

  @Test
  void refusesAnIndexFileThatIsATypesPageToCome() throws Exception {
    site = TestSite.of(dataset.raw(), folder.resolve("flat"), "");
    Files.delete(site.root().resolve("LC4.html"));
    before = TestSite.listing(site.root());

    String failure =
        run(dataset.server(), dataset.name(), dataset.token(), Map.of("indexFile", "LC4.html"))
            .failure();

    assertThat(failure).contains("LC4.html", "type's page");
    assertNothingWritten();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void refusesAnIndexFileThatIsAPageOfWhateverType(boolean roiAnalysis) {
    site = TestSite.of(dataset.raw(), folder.resolve("flat"), "");
    before = TestSite.listing(site.root());
    Map<String, ?> options = Map.of("indexFile", "Nobody01.html", "roiAnalysis", roiAnalysis);

    String failure = run(dataset.server(), dataset.name(), dataset.token(), options).failure();

    assertThat(failure).contains("options.indexFile Nobody01.html", site.root().toString());
    assertOneSentence(failure);
    assertNothingWritten();
  }

  @Test
  void replacesItsOwnIndexFileButNotAPageThatCameInItsPlace() {
    site = TestSite.of(dataset.raw(), folder.resolve("flat"), "");
    Map<String, ?> options = Map.of("indexFile", "catalogue.html");
    Path cache = folder.resolve("cache");

    CommandLineRun.of(dataset, site, cache, options).published();
    int pages = site.index().path("types").size();
    CommandLineRun.of(dataset, site, cache, options).published();

    assertThat(site.index().path("types")).hasSize(pages);
    site.write("catalogue.html", "a page of somebody else");
    before = TestSite.listing(site.root());
    assertThat(CommandLineRun.of(dataset, site, cache, options).failure())
        .contains("catalogue.html");
    assertNothingWritten();
  }

  @Test
  void leavesTheFolderOfTheOutputAwayIfNothingIsPublished() {
    Path out = folder.resolve("out");

    String failure =
        CommandLineRun.of(
                site.root(),
                out,
                folder.resolve("cache"),
                dataset.server(),
                "nothing:v1",
                dataset.token(),
                Map.of())
            .failure();

    assertOneSentence(failure);
    assertThat(out).doesNotExist();
    assertNothingWritten();
  }

  @Test
  void onlyReadsTheSiteWhenItPublishesElsewhere() {
    TestSite pages = TestSite.of(dataset.raw(), folder.resolve("pages"), "types/");
    Map<String, Integer> read = TestSite.listing(pages.root());
    Path out = folder.resolve("out");

    CommandLineRun.of(
            pages.root(),
            out,
            folder.resolve("cache"),
            dataset.server(),
            dataset.name(),
            dataset.token(),
            Map.of())
        .published();

    assertThat(TestSite.changes(pages.root(), read)).isEmpty();
    JsonComparison.assertSame(
        JsonComparison.without(new TestSite(out, "").index(), "generatedAt"),
        JsonComparison.without(published.index(), "generatedAt"));
  }

  @Test
  void refusesToRunBesideALiveRunAndNamesIt() {
    try (SiteLock held = SiteLock.take(site.root(), "run-of-somebody-else")) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> run(dataset.server(), dataset.name(), dataset.token(), Map.of()))
          .isInstanceOf(RefusedException.class)
          .hasMessageContainingAll(
              "Another run is at work",
              site.root().toString(),
              "run-of-somebody-else",
              Long.toString(ProcessHandle.current().pid()));
    }
    assertNothingWritten();
  }

  @Test
  void keepsTheTokenToItself() throws Exception {
    Path cache = folder.resolve("cache");
    CommandLineRun.of(dataset, site, cache, Map.of()).published();
    dataset.control(Map.of("rules", List.of(Map.of("contains", "'LC4'", "error", "no"))));
    assertThat(
            CommandLineRun.of(
                    dataset, site, cache, Map.of("refresh", true, "toleratedFailurePercentage", 0))
                .failure())
        .doesNotContain(dataset.token());

    for (Path written : List.of(site.root(), cache)) {
      for (Map.Entry<String, byte[]> file : TestSite.bytes(written).entrySet()) {
        assertThat(new String(file.getValue(), StandardCharsets.ISO_8859_1))
            .as(file.getKey())
            .doesNotContain(dataset.token());
      }
    }
    assertThat(Files.exists(site.root().resolve(".quickpage-index/runs"))).isTrue();
  }
}
