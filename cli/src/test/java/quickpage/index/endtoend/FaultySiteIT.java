package quickpage.index.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.error.RefusedException;
import quickpage.index.workflow.ExecutionResult.Status;

/** Files of a site that are not what they seem end a run before it begins, and stay. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FaultySiteIT {
  @TempDir private Path folder;
  private TestSite site;

  @BeforeEach
  void publish() {
    site = new TestSite(folder.resolve("site"), "");
    site.add("LC4.html");
    run().published();
  }

  /** Asks NeuPrint nothing, and nobody else. */
  private CommandLineRun run() {
    return CommandLineRun.of(
        site.root(),
        site.root(),
        folder.resolve("cache"),
        "http://127.0.0.1:1",
        "x:v1",
        "token",
        Map.of("roiAnalysis", false));
  }

  private Path at(String path) {
    return site.root().resolve(path);
  }

  private void assertRefused(String reason) throws IOException {
    List<String> before = names();

    assertThatThrownBy(this::run)
        .isInstanceOf(RefusedException.class)
        .hasMessage("The folder %s cannot be used: %s.", site.root(), reason);
    assertThat(names()).isEqualTo(before);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.map(Path::toString).sorted().toList();
    }
  }

  private static void make(String... command) throws IOException, InterruptedException {
    int made = new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    assumeThat(made).as(String.join(" ", command)).isZero();
  }

  @Test
  void pipesSocketsAndDevicesAreNoPages() throws Exception {
    make("mkfifo", at("LC6.html").toString());
    Files.createSymbolicLink(at("LC7.html"), Path.of("/dev/zero"));
    // A socket's address is short, so it is made elsewhere.
    Path elsewhere = Files.createTempDirectory("q");
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(elsewhere.resolve("s")));
      Files.createSymbolicLink(at("LC8.html"), elsewhere.resolve("s"));

      run().published();
    } finally {
      Files.deleteIfExists(elsewhere.resolve("s"));
      Files.delete(elsewhere);
    }

    Files.delete(at("LC7.html"));
    Files.delete(at("LC8.html"));
    assertThat(site.index().path("types")).hasSize(1);
    assertThat(Files.exists(at("LC6.html"), LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {".quickpage-index/lock", ".quickpage-index/published/state.json"})
  void aFileOfOursThatIsALinkIsNotWrittenThrough(String path) throws Exception {
    Path theirs = Files.writeString(folder.resolve("theirs"), "theirs");
    for (Path target : List.of(theirs, folder.resolve("nowhere"))) {
      Files.deleteIfExists(at(path));
      Files.createSymbolicLink(at(path), target);

      assertRefused(at(path) + " is a link, which is not followed");
    }
    assertThat(theirs).hasContent("theirs");
    assertThat(folder.resolve("nowhere")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".quickpage-index",
        ".quickpage-index/runs",
        ".quickpage-index/published",
        ".quickpage-index/staging"
      })
  void aFolderOfOursThatIsALinkIsNotWrittenIntoOrTidiedUp(String path) throws Exception {
    Path theirs = folder.resolve("theirs");
    if (Files.exists(at(path))) {
      Files.move(at(path), theirs);
    } else {
      Files.createDirectory(theirs);
    }
    Files.writeString(theirs.resolve("mine"), "mine");
    Files.createSymbolicLink(at(path), theirs);

    assertRefused(at(path) + " is a link, which is not followed");
    assertThat(theirs.resolve("mine")).hasContent("mine");
  }

  @ParameterizedTest
  @CsvSource({
    ".quickpage-index/lock",
    ".quickpage-index/published/state.json",
    "data/index.json",
    "index.html"
  })
  void aPipeWhereAFileBelongsIsNotOpened(String path) throws Exception {
    Files.deleteIfExists(at(path));
    make("mkfifo", at(path).toString());

    assertRefused(at(path) + " is a pipe, a socket or a device");
  }

  @ParameterizedTest
  @CsvSource({
    ".quickpage-index/lock",
    ".quickpage-index/published/state.json",
    "data/index.json",
    "index.html"
  })
  void aFolderWhereAFileBelongsIsTold(String path) throws Exception {
    Files.deleteIfExists(at(path));
    Files.createDirectory(at(path));

    assertRefused(at(path) + " is a folder");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''       | is damaged: restore or remove it, then start the run again.",
        "notes    | is damaged: restore or remove it, then start the run again.",
        "{\"forma | ended too early. Restore or remove the file, then start the run again."
      })
  void aRecordThatIsDamagedIsToldAtOnce(String content, String end) throws Exception {
    Files.writeString(at(".quickpage-index/published/state.json"), content);
    List<String> before = names();

    assertThatThrownBy(this::run)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(".quickpage-index/published/state.json")
        .hasMessageEndingWith(end);
    assertThat(names()).isEqualTo(before);
  }

  @Test
  void whatIsInTheWayOfACopyEndsTheAttempt() throws Exception {
    site.write(".quickpage-index/published/2", "in the way");
    Map<String, Integer> before = TestSite.listing(site.root());
    before.keySet().removeIf(path -> path.startsWith(".quickpage-index"));

    CommandLineRun run = run();

    assertThat(run.outcome().result().status()).isEqualTo(Status.FAILED);
    assertThat(run.failure())
        .startsWith(
            "The folder %s cannot be used: %s"
                .formatted(site.root(), at(".quickpage-index/published/2")))
        .matches(".*(is not a folder|Not a directory)\\.");
    Map<String, Integer> after = TestSite.listing(site.root());
    after.keySet().removeIf(path -> path.startsWith(".quickpage-index"));
    assertThat(after).isEqualTo(before);
  }
}
