package quickpage.index.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A cache that is at fault costs a run time; a disk that is, ends it with a sentence. */
@Tag("each-jdk")
class FaultyDiskIT {
  private static ServedDataset dataset;

  @TempDir private Path folder;
  private TestSite site;
  private Path cache;

  @BeforeAll
  static void start() {
    dataset = ServedDataset.shared("male-cns:v0.9");
    dataset.calm();
  }

  @BeforeEach
  void withPages() throws IOException {
    site = new TestSite(folder.resolve("site"), "types/");
    dataset.raw().types().stream().limit(20).forEach(type -> site.addPages(dataset.raw(), type));
    cache = Files.createDirectory(folder.resolve("cache"));
  }

  private CommandLineRun run() {
    return CommandLineRun.of(dataset, site, cache, Map.of()).published();
  }

  private String[] command(String... more) {
    return RunWords.of(site.root(), cache, dataset, more);
  }

  private static Map<String, String> environment() {
    return Map.of("NEUPRINT_TOKEN", dataset.token());
  }

  private String withoutCache(String reason) {
    return "The cache %s cannot be used: %s; the run goes on without it."
        .formatted(cache.resolve("facts.sqlite"), reason);
  }

  @Test
  void aCacheThatIsNoDatabaseIsToldAndKeptAside() throws IOException {
    Files.writeString(cache.resolve("facts.sqlite"), "notes ".repeat(1_000));

    CommandLineRun run = run();

    Path aside = onlyFile(cache);
    assertThat(aside).hasContent("notes ".repeat(1_000));
    assertThat(run.outcome().warnings())
        .containsExactly(withoutCache("it is no database and was moved to " + aside));
    assertThat(run.count("/cache/misses")).isEqualTo(run.count("/types/ok"));
    assertThat(run().outcome().warnings()).isEmpty();
    assertThat(run().count("/cache/misses")).isZero();
  }

  private static Path onlyFile(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.reduce((one, other) -> folder).orElseThrow();
    }
  }

  @Test
  void aCacheThatIsNoFileIsToldInEachRunBeforeNeuPrintHasAnswered() throws Exception {
    Files.createDirectory(cache.resolve("facts.sqlite"));
    dataset.control(Map.of("latency", "2s"));
    CommandLineProcess first = CommandLineProcess.start(environment(), command());
    try {
      assertThat(first.saysOnErr(withoutCache("it is a folder"))).isTrue();
      assertThat(first.isAlive()).isTrue();
    } finally {
      dataset.control(Map.of("latency", "0"));
    }
    CommandLineProcess.Ended ended = first.end();

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.err().lines().filter(line -> line.contains("cache"))).hasSize(1);
    assertThat(run().outcome().warnings()).containsExactly(withoutCache("it is a folder"));
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 200, 400})
  void aFullDiskLeavesEveryPublishedFileAsItWasAndIsToldOnce(int kilobytesLeft) throws IOException {
    assumeThat(CommandLineProcess.hasOwnDisks()).as("disks for a process alone").isTrue();
    run();
    Map<String, Integer> before = readersSee(site.root());
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Path left = Files.createDirectory(folder.resolve("left"));
    String[] command = command("--roi-threshold", "30");
    command[2] = disk.toString();

    CommandLineProcess.Ended ended =
        CommandLineProcess.onDiskWith(
            site.root(),
            disk,
            left,
            "size=%dk".formatted(kilobytes(site.root()) + kilobytesLeft),
            environment(),
            command);

    Map<String, Integer> after = readersSee(left);
    if (ended.exitCode() == 0) {
      // Sizes of files may change; then there was room for all.
      assertThat(kilobytesLeft).isGreaterThan(60);
      assertThat(after.get("types.html")).isNotEqualTo(before.get("types.html"));
      assertThat(after.get("data/index.json")).isNotEqualTo(before.get("data/index.json"));
      return;
    }
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(1);
    assertThat(ended.err().lines().filter(line -> !line.matches(".*(…|batches)")))
        .containsExactly("The folder %s cannot be used: No space left on device.".formatted(disk));
    assertThat(after).isEqualTo(before);
    assertThat(left.resolve(".quickpage-index/staging")).doesNotExist();
    assertThat(left.resolve(".quickpage-index/lock")).doesNotExist();
  }

  private static Map<String, Integer> readersSee(Path root) {
    Map<String, Integer> files = TestSite.listing(root);
    files.keySet().removeIf(path -> path.startsWith(".quickpage-index"));
    return files;
  }

  /** What a disk in memory takes for a folder, by pages. */
  private static long kilobytes(Path root) {
    return TestSite.bytes(root).values().stream()
        .mapToLong(bytes -> (bytes.length + 4095) / 4096 * 4L)
        .sum();
  }

  @Test
  void aCacheThatSomebodyHasLockedIsTold() throws SQLException {
    run();
    try (Connection other =
            DriverManager.getConnection("jdbc:sqlite:" + cache.resolve("facts.sqlite"));
        Statement statement = other.createStatement()) {
      statement.execute("PRAGMA locking_mode = EXCLUSIVE");
      statement.execute("BEGIN EXCLUSIVE");

      assertThat(run().outcome().warnings())
          .containsExactly(withoutCache("another program has kept it locked for 5 s"));
    }
    CommandLineRun afterwards = run();
    assertThat(afterwards.count("/cache/misses")).isZero();
    assertThat(afterwards.outcome().warnings()).isEmpty();
  }

  @Test
  void aCacheOfTheFormerKindIsToldInEachRunAndStays() throws IOException {
    Path former = Files.writeString(cache.resolve("shared-local-instance.db"), "former");
    String sentence =
        "The cache of an earlier version, %s, is not used any more and may be removed."
            .formatted(former);

    assertThat(run().outcome().warnings()).containsExactly(sentence);
    CommandLineRun again = run();
    assertThat(again.outcome().warnings()).containsExactly(sentence);
    assertThat(again.count("/cache/misses")).isZero();
    assertThat(former).hasContent("former");
  }

  @ParameterizedTest
  @CsvSource({"size=4k, its disk is full", "ro, FOLDER cannot be written"})
  void aCacheOnADiskThatIsFullOrReadOnlyIsTold(String mountOptions, String reason) {
    assumeThat(CommandLineProcess.hasOwnDisks()).as("disks for a process alone").isTrue();

    CommandLineProcess.Ended ended =
        CommandLineProcess.onDisk(cache, mountOptions, environment(), command());

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.err().lines())
        .contains(withoutCache(reason.replace("FOLDER", cache.toString())));
    assertThat(site.index().path("types")).hasSizeGreaterThan(10);
  }

  @ParameterizedTest
  @CsvSource({"size=64k, 1, No space left on device", "ro, 2, cannot be written"})
  void aSiteOnSuchADiskIsRefusedInOneSentence(String mountOptions, int exitCode, String reason)
      throws IOException {
    assumeThat(CommandLineProcess.hasOwnDisks()).as("disks for a process alone").isTrue();
    Path out = Files.createDirectory(folder.resolve("out"));

    CommandLineProcess.Ended ended =
        CommandLineProcess.onDisk(
            out, mountOptions, environment(), command("--out", out.toString()));

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(exitCode);
    assertThat(ended.err().lines().filter(line -> line.contains(reason)))
        .as(ended.err())
        .hasSize(1)
        .allMatch(line -> line.contains(out.toString()));
    assertThat(ended.err()).doesNotContain("Exception");
  }

  @Test
  void aPlaceForTemporaryFilesThatIsNotThereCostsTheCacheAlone() {
    Path missing = folder.resolve("missing");

    CommandLineProcess.Ended ended =
        CommandLineProcess.run(
            Map.of(
                "NEUPRINT_TOKEN",
                dataset.token(),
                "JDK_JAVA_OPTIONS",
                "-Dorg.sqlite.tmpdir=" + missing),
            command());

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.err())
        .contains(
            "The cache %s cannot be used: SQLite's library could not be loaded ("
                .formatted(cache.resolve("facts.sqlite")),
            "; the run goes on without it.");
  }

  @Test
  void aFullDiskForTemporaryFilesEndsARunAtOnce() throws IOException {
    assumeThat(CommandLineProcess.hasOwnDisks()).as("disks for a process alone").isTrue();
    run();
    Map<String, Integer> before = readersSee(site.root());
    Path temporary = Files.createDirectory(folder.resolve("temporary"));

    CommandLineProcess.Ended ended =
        CommandLineProcess.onDisk(
            temporary,
            "size=8k",
            Map.of(
                "NEUPRINT_TOKEN",
                dataset.token(),
                "JDK_JAVA_OPTIONS",
                "-Djava.io.tmpdir=%s -Dorg.sqlite.tmpdir=%s".formatted(temporary, folder)),
            command("--roi-threshold", "30"));

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(1);
    // A library that keeps its native part there may say so, too.
    assertThat(ended.err().lines())
        .endsWith(
            "The run cannot go on: the temporary folder cannot be written: No space left on"
                + " device.")
        .noneMatch(line -> line.contains("Exception") || line.startsWith("\tat "));
    assertThat(readersSee(site.root())).isEqualTo(before);
  }

  @Test
  void runsOfTwoSitesUseOneCacheAtTheSameTime() {
    TestSite other = site.copyTo(folder.resolve("other"));
    CommandLineProcess first =
        CommandLineProcess.start(environment(), command("--types-per-query", "1"));
    CommandLineRun second =
        CommandLineRun.of(dataset, other, cache, Map.of("typesPerQuery", 1)).published();
    CommandLineProcess.Ended ended = first.end();

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.err()).doesNotContain("cache");
    assertThat(second.outcome().warnings()).isEmpty();
    assertThat(other.published()).isEqualTo(site.published());
    assertThat(run().count("/cache/misses")).isZero();
  }
}
