package quickpage.index.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.compose.ComposeIndex;
import quickpage.index.local.LocalRun;
import quickpage.index.neuprint.client.NeuPrintClients;
import quickpage.index.site.pages.PageLayout;
import quickpage.index.workflow.ExecutionResult;
import quickpage.index.workflow.ExecutionResult.Status;
import quickpage.index.workflow.WorkflowListener;

/** What a folder can have that S3 cannot is told: before a run, or beside what it publishes. */
class SiteFolderIT {
  @TempDir private Path folder;
  private TestSite site;

  @BeforeEach
  void withPages() {
    site = new TestSite(folder.resolve("site"), "");
    site.add("LC4.html");
    site.add("LC4_L.html");
  }

  private CommandLineProcess.Ended run() {
    return CommandLineProcess.run(
        Map.of("LC_ALL", "C.UTF-8"),
        RunWords.of(
            site.root(),
            folder.resolve("cache"),
            "http://127.0.0.1:1",
            "x:v1",
            "--no-roi-analysis"));
  }

  private Path at(String path) {
    return site.root().resolve(path);
  }

  private void link(String path, String target) throws IOException {
    Files.createDirectories(at(path).getParent());
    Files.createSymbolicLink(at(path), Path.of(target));
  }

  private List<String> names() {
    try (Stream<Path> paths = Files.walk(site.root())) {
      return paths.map(path -> site.root().relativize(path).toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertRefused(String sentence) {
    List<String> before = names();

    CommandLineProcess.Ended ended = run();

    assertThat(ended.err().strip()).isEqualTo(sentence);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(names()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "types, nowhere, folder",
    "types, types, folder",
    "types/LC6.html, LC6.html, page",
    "LC6.html, nowhere.html, page",
    "index.html, index.html, page",
    "data, data, folder",
    "data/index.json, nowhere, file",
    "quickpage-index.json, nowhere, file",
    "quickpage-index-references.csv, nowhere, file"
  })
  void aLinkThatLeadsNowhereIsNamed(String path, String target, String what) throws IOException {
    link(path, target);

    assertRefused(
        "The %s %s cannot be read: it is a link that leads nowhere.".formatted(what, at(path)));
  }

  @ParameterizedTest
  @CsvSource({"data", "static", "static/index", ".quickpage-index/published"})
  void aFileWhereTheIndexNeedsAFolderIsNamed(String path) {
    site.write(path, "x");

    assertRefused(
        "The folder %s cannot be used: %s is not a folder.".formatted(site.root(), at(path)));
  }

  @ParameterizedTest
  @CsvSource({"index.html", "data/index.json", "static/js/neuron-search.js"})
  void aFolderWhereTheIndexNeedsAFileIsNamed(String path) throws IOException {
    Files.createDirectories(at(path));

    assertRefused("The folder %s cannot be used: %s is a folder.".formatted(site.root(), at(path)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"quickpage-index.json", "quickpage-index-references.csv"})
  void aFileOfTheOwnersThatIsNoneIsNamed(String path) throws Exception {
    Files.createDirectories(at(path));

    assertRefused("The file %s cannot be read: it is a folder.".formatted(at(path)));

    Files.delete(at(path));
    assertThat(new ProcessBuilder("mkfifo", at(path).toString()).start().waitFor()).isZero();
    assertRefused(
        "The file %s cannot be read: it is a pipe, a socket or a device.".formatted(at(path)));
  }

  @ParameterizedTest
  @EnumSource
  void everyFileThatARunPublishesIsLookedAt(PageLayout layout) {
    site = new TestSite(folder.resolve("layout"), layout.folder());
    site.add("LC4.html");

    assertThat(run().exitCode()).isZero();

    assertThat(names())
        .filteredOn(path -> Files.isRegularFile(at(path)))
        .filteredOn(path -> !path.startsWith(".quickpage-index") && !path.endsWith("LC4.html"))
        .filteredOn(path -> !path.startsWith("static/index/"))
        .containsExactlyInAnyOrderElementsOf(ComposeIndex.publishedFiles(layout, null));
  }

  @Test
  void aFileOfTheNameOfThePageFolderIsNoPageFolder() throws IOException {
    site.write("types", "x");
    assertThat(run().exitCode()).isZero();
    assertThat(site.index().path("types")).hasSize(1);

    site = new TestSite(folder.resolve("other"), "");
    site.write("types", "x");
    CommandLineProcess.Ended ended = run();
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).contains("There are no pages in " + site.root());
    assertThat(names()).containsExactly("", "types");
  }

  @Test
  void aPageWhoseNameIsNoTextIsPassedOverAloud() throws Exception {
    Process made =
        new ProcessBuilder("sh", "-c", "printf x > \"$(printf 'Caf\\351.html')\"")
            .directory(site.root().toFile())
            .start();
    assertThat(made.waitFor(10, TimeUnit.SECONDS)).isTrue();
    FileStore store = Files.getFileStore(site.root());
    assumeThat(made.exitValue()).as("%s takes any bytes as a name", store).isZero();

    CommandLineProcess.Ended ended = run();

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.err())
        .contains(
            "Passed over in %s: 1 page whose name is not UTF-8, Caf%%E9.html."
                .formatted(site.root()));
    assertThat(site.index().path("types")).hasSize(1);
  }

  @Test
  void whatCannotBeTidiedUpAfterwardsIsOnlyTold() {
    Path undeletable = Path.of("/proc/self/ns");
    assumeThat(undeletable).as("a folder whose files nobody can remove").isDirectory();
    JsonNode options = JsonNodeFactory.instance.objectNode().put("roiAnalysis", false);
    LocalRun run =
        new LocalRun(
            site.root(),
            site.root(),
            folder.resolve("cache"),
            "http://127.0.0.1:1",
            "x:v1",
            options,
            new NeuPrintClients(secret -> null));

    LocalRun.Outcome outcome =
        run.execute(
            new WorkflowListener() {
              @Override
              public void executionEnded(ExecutionResult result) {
                site.write(".quickpage-index/staging/folder/file", "x");
                try {
                  Files.move(at(".quickpage-index/runs"), at(".quickpage-index/moved"));
                  link(".quickpage-index/runs", undeletable.toString());
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }
            });

    assertThat(outcome.result().status()).isEqualTo(Status.SUCCEEDED);
    assertThat(outcome.warnings())
        .hasSize(2)
        .allMatch(
            warning ->
                warning.startsWith(
                    "Files that this run does not need any more stay in " + site.root()));
    assertThat(outcome.warnings().get(0)).endsWith("staging/folder is not empty.");
    assertThat(site.index().path("types")).hasSize(1);
  }
}
