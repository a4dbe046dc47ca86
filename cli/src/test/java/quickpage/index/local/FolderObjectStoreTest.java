package quickpage.index.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.error.RefusedException;
import quickpage.index.site.store.Content;
import quickpage.index.site.store.ObjectStore.Stored;
import quickpage.index.text.VisibleText;

class FolderObjectStoreTest {
  @TempDir private Path parent;
  private Path site;
  private FolderObjectStore store;

  @BeforeEach
  void openSite() throws IOException {
    site = Files.createDirectory(parent.resolve("My Site (50% of it) äöü"));
    Files.createDirectory(parent.resolve("sibling"));
    Files.writeString(parent.resolve("sibling/secret.txt"), "secret");
    store = new FolderObjectStore("site", site);
  }

  private static Content content(String text) {
    return Content.json(text.getBytes(StandardCharsets.UTF_8));
  }

  private String text(String key) {
    try (Stored stored = store.read(key).orElseThrow()) {
      return new String(stored.body().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(site)) {
      return files.map(file -> site.relativize(file).toString()).sorted().toList();
    }
  }

  @Test
  void whatIsWrittenIsAFileOfItsBytesWhoseETagIsReadAgain() throws IOException {
    String etag = store.write("data/index.json", content("{}"));

    assertThat(site.resolve("data/index.json")).hasContent("{}");
    assertThat(Files.getPosixFilePermissions(site.resolve("data/index.json")).toString())
        .contains("OTHERS_READ");
    assertThat(store.etag("data/index.json")).contains(etag);
    try (Stored stored = store.read("data/index.json").orElseThrow()) {
      assertThat(stored.etag()).isEqualTo(etag);
      assertThat(stored.body().readAllBytes()).isEqualTo("{}".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void aFileIsCopiedAndStaysWhereItWas() throws IOException {
    Path file = Files.writeString(parent.resolve("spool"), "x".repeat(100_000));

    store.write("data/neurons.json", Content.fixedName(file, "application/json"));

    assertThat(site.resolve("data/neurons.json")).hasSameBinaryContentAs(file);
  }

  @Test
  void nothingIsLeftInTheFolderButTheObjects() throws IOException {
    store.write("index.html", content("x"));
    store.write("old/gone.html", content("x"));
    store.delete(List.of("old/gone.html", "was-never-there.html"));
    store.clearStaging();

    assertThat(files()).containsExactly("", "index.html");
  }

  @Test
  void aRunThatHasEndedWritesAndRemovesNothingMore() throws IOException {
    store.write("index.html", content("x"));
    store.end();

    assertThatThrownBy(() -> store.write("index.html", content("y")))
        .isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> store.delete(List.of("index.html")))
        .isInstanceOf(RefusedException.class);

    assertThat(site.resolve("index.html")).hasContent("x");
  }

  @Test
  void aFolderIsNotRemovedAsIfItWereAnObject() throws IOException {
    Files.createDirectory(site.resolve("types"));

    store.delete(List.of("types"));

    assertThat(site.resolve("types")).isDirectory();
  }

  @Test
  void whatIsNotThereIsEmpty() throws IOException {
    Files.createDirectory(site.resolve("folder"));
    Files.writeString(site.resolve("file"), "x");
    Files.createSymbolicLink(site.resolve("dangling"), Path.of("nowhere"));

    for (String key :
        List.of("nothing", "folder", "file/below", "dangling", "../sibling", "a\0b")) {
      assertThat(store.read(key)).as(key).isEmpty();
      assertThat(store.etag(key)).as(key).isEmpty();
    }
    assertThat(store.htmlFilesIn("nothing/")).isEmpty();
    assertThat(store.htmlFilesIn("file/")).isEmpty();
    assertThat(store.keysUnder("nothing/here")).isEmpty();
  }

  @Test
  void anObjectIsCreatedOnlyWhereThereIsNone() {
    Optional<String> first = store.writeIfUnchanged("page", content("first"), Optional.empty());

    assertThat(first).isPresent().isEqualTo(store.etag("page"));
    assertThat(store.writeIfUnchanged("page", content("second"), Optional.empty())).isEmpty();
    assertThat(text("page")).isEqualTo("first");
  }

  @Test
  void anObjectIsReplacedOnlyIfItIsTheOneThatWasSeen() throws IOException {
    Files.writeString(site.resolve("index.html"), "by hand");
    Optional<String> seen = store.etag("index.html");

    Optional<String> written = store.writeIfUnchanged("index.html", content("ours"), seen);

    assertThat(written).isPresent().isEqualTo(store.etag("index.html"));
    assertThat(store.writeIfUnchanged("index.html", content("too late"), seen)).isEmpty();
    assertThat(text("index.html")).isEqualTo("ours");
    Files.delete(site.resolve("index.html"));
    assertThat(store.writeIfUnchanged("index.html", content("again"), written)).isEmpty();
    assertThat(site.resolve("index.html")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"edited in place", "ours"})
  void aFileThatWasChangedByHandIsAnother(String edited) throws IOException {
    Optional<String> seen = Optional.of(store.write("index.html", content("ours")));
    Files.writeString(site.resolve("index.html"), edited);
    Files.setLastModifiedTime(
        site.resolve("index.html"), FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));

    assertThat(store.writeIfUnchanged("index.html", content("x"), seen)).isEmpty();
    assertThat(text("index.html")).isEqualTo(edited);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void onlyOneOfManyWritersWins(boolean replacing) throws InterruptedException {
    Optional<String> seen =
        replacing ? Optional.of(store.write("index.html", content("old"))) : Optional.empty();
    AtomicInteger won = new AtomicInteger();
    List<Thread> writers = new ArrayList<>();
    for (int n = 0; n < 6; n++) {
      Content body = content("writer " + n);
      writers.add(
          new Thread(
              () ->
                  store
                      .writeIfUnchanged("index.html", body, seen)
                      .ifPresent(etag -> won.incrementAndGet())));
    }
    writers.forEach(Thread::start);
    for (Thread writer : writers) {
      writer.join();
    }

    assertThat(won).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../sibling/planted.txt",
        "a/../../sibling/planted.txt",
        "a/../b",
        "./a",
        "/etc/planted",
        "folder/",
        "",
        "..",
        "nul\0"
      })
  void aKeyThatIsNoPathInTheFolderIsRefused(String key) throws IOException {
    assertThatThrownBy(() -> store.write(key, content("x")))
        .isInstanceOf(RefusedException.class)
        .hasMessage("%s cannot be written: it is no path in %s.", VisibleText.lines(key), site);
    store.delete(List.of("../sibling/secret.txt"));

    assertThat(files()).containsExactly("");
    assertThat(parent.resolve("sibling/secret.txt")).hasContent("secret");
    assertThat(parent.resolve("sibling")).isDirectoryNotContaining("glob:**planted*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "types/100%.html",
        "types/a#b?c=d&e.html",
        "types/MBON05(y4>y1y2).html",
        "types/1+1 = 2.html",
        "types/it's \"quoted\".html",
        "types/javascript:alert(1).html",
        "types/Ångström-神经元-🧠.html",
        "types/%2e%2e%2f.html",
        "types/back\\slash.html",
        "types/-x_L.html",
        "types/<b>&amp;.html"
      })
  void awkwardNamesAreKept(String key) {
    assumeThat(FileNames.ENCODING).isEqualToIgnoringCase("UTF-8");
    store.write(key, content(key));

    assertThat(text(key)).isEqualTo(key);
    assertThat(site.resolve(key)).isRegularFile();
    assertThat(store.keysUnder("types/")).containsExactly(key);
    assertThat(store.htmlFilesIn("types/")).containsExactly(key.substring("types/".length()));
    store.delete(List.of(key));
    assertThat(site.resolve(key)).doesNotExist();
  }

  @Test
  void keysAreListedSortedAndByAnyBeginning() {
    List<String> keys = List.of("Z", "a-b", "a/x", "a/y/z", "a0", "aa", "b");
    keys.forEach(key -> store.write(key, content(key)));

    assertThat(store.keysUnder("")).isEqualTo(keys);
    assertThat(store.keysUnder("a")).containsExactly("a-b", "a/x", "a/y/z", "a0", "aa");
    assertThat(store.keysUnder("a/")).containsExactly("a/x", "a/y/z");
    assertThat(store.keysUnder("a/y")).containsExactly("a/y/z");
    assertThat(store.keysUnder("a/x/")).isEmpty();
  }

  @Test
  void whatIsStillBeingWrittenIsInNoListing() throws IOException {
    store.write(".quickpage-index/runs/r/plan.json", content("{}"));
    Files.createDirectories(site.resolve(OwnFiles.STAGING));
    Files.writeString(site.resolve(OwnFiles.STAGING).resolve("left"), "x");

    assertThat(store.keysUnder("")).containsExactly(".quickpage-index/runs/r/plan.json");
  }

  @Test
  void pagesAreTheHtmlFilesDirectlyInAFolder() throws Exception {
    for (String path : List.of("types/A.html", "types/old/B.html", "types/x.htm", "types/C.html")) {
      store.write(path, content("x"));
    }
    Files.createDirectory(site.resolve("types/folder.html"));
    Files.createSymbolicLink(site.resolve("types/linked.html"), Path.of("A.html"));
    Files.createSymbolicLink(site.resolve("types/dangling.html"), Path.of("nowhere.html"));
    Files.createSymbolicLink(site.resolve("types/linked-folder.html"), Path.of("old"));
    nameOfNoText();

    assertThat(store.htmlFilesIn("types/"))
        .containsExactlyInAnyOrder("A.html", "C.html", "linked.html");
    assertThat(store.keysUnder("types/"))
        .containsExactly(
            "types/A.html",
            "types/C.html",
            "types/linked-folder.html/B.html",
            "types/linked.html",
            "types/old/B.html",
            "types/x.htm");
  }

  @Test
  void aFolderThatChangesWhileItIsListedStillGivesWhatStays() throws Exception {
    List<String> staying = IntStream.range(0, 200).mapToObj(i -> "stays" + i + ".html").toList();
    staying.forEach(page -> store.write("types/" + page, content("x")));
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Void> changing =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; !done.get(); i++) {
                Path page = site.resolve("types/goes" + i % 50 + ".html");
                Path below = site.resolve("types/folder" + i % 50);
                try {
                  Files.writeString(page, "x");
                  Files.createDirectory(below);
                  Files.delete(page);
                  Files.delete(below);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }
            });

    for (int round = 0; round < 100; round++) {
      assertThat(store.htmlFilesIn("types/")).containsAll(staying).doesNotHaveDuplicates();
      assertThat(store.keysUnder("types/")).hasSizeGreaterThanOrEqualTo(staying.size());
    }
    done.set(true);
    changing.get(1, TimeUnit.MINUTES);
  }

  /** Where the file system takes any bytes. */
  private void nameOfNoText() throws Exception {
    new ProcessBuilder("sh", "-c", "printf x > \"$(printf 'Caf\\351.html')\" 2>/dev/null")
        .directory(site.resolve("types").toFile())
        .start()
        .waitFor(10, TimeUnit.SECONDS);
  }

  @Test
  void aLinkedFolderIsASite() throws IOException {
    Path link = Files.createSymbolicLink(parent.resolve("link"), site);
    FolderObjectStore linked = new FolderObjectStore("site", link);

    linked.write("types/A.html", content("x"));

    assertThat(linked.htmlFilesIn("types/")).containsExactly("A.html");
    assertThat(site.resolve("types/A.html")).hasContent("x");
  }

  @Test
  void thePublishedFileReplacesALinkAndNotWhatItLeadsTo() throws IOException {
    Path elsewhere = Files.writeString(parent.resolve("elsewhere.html"), "theirs");
    Files.createSymbolicLink(site.resolve("index.html"), elsewhere);

    store.write("index.html", content("ours"));

    assertThat(site.resolve("index.html")).hasContent("ours");
    assertThat(elsewhere).hasContent("theirs");
  }

  @Test
  void aFileInTheWayIsNamed() throws IOException {
    Files.writeString(site.resolve("data"), "x");

    assertThatThrownBy(() -> store.write("data/index.json", content("{}")))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The folder %s cannot be used: %s is not a folder.", site, site.resolve("data"));
    assertThat(site.resolve("data")).hasContent("x");
  }

  @Test
  void aFolderInTheWayOfAnObjectStays() throws IOException {
    Files.createDirectories(site.resolve("index.html/inside"));

    assertThatThrownBy(() -> store.write("index.html", content("x")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(site.toString());
    assertThat(store.writeIfUnchanged("index.html", content("x"), Optional.empty())).isEmpty();
    assertThat(site.resolve("index.html/inside")).isDirectory();
  }

  @Test
  void whatAStoreThatWasKilledLeftIsCleared() throws Exception {
    Path other = Files.createDirectory(parent.resolve("other"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                other.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines = process.inputReader()) {
      for (int line = 0; line < 20; line++) {
        lines.readLine();
      }
    } finally {
      process.destroyForcibly().waitFor();
    }

    byte[] left = Files.readAllBytes(other.resolve("index.html"));
    assertThat(left).hasSize(Writer.SIZE).containsOnly(left[0]);
    new FolderObjectStore("other", other).clearStaging();
    try (Stream<Path> files = Files.list(other)) {
      assertThat(files).containsExactly(other.resolve("index.html"));
    }
  }

  /** Writes one object again and again, each time all of one byte, until it is killed. */
  static final class Writer {
    static final int SIZE = 3 << 20;

    private Writer() {}

    public static void main(String[] arguments) {
      FolderObjectStore store = new FolderObjectStore("other", Path.of(arguments[0]));
      for (int n = 0; n < 10_000; n++) {
        byte[] body = new byte[SIZE];
        Arrays.fill(body, (byte) n);
        store.write("index.html", Content.internal(body, "text/html"));
        System.out.println(n);
      }
    }
  }

  @Test
  void anAddressIsThePath() {
    assertThat(store.address("data/index.json")).isEqualTo(site + "/data/index.json");
    assertThat(store.bucket()).isEqualTo("site");
  }
}
