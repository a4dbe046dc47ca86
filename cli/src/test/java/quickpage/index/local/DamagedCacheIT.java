package quickpage.index.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.SideCounts;
import quickpage.index.model.SynapseCounts;
import quickpage.index.model.TypeFacts;
import quickpage.index.model.TypeProperties;
import quickpage.index.model.roi.RoiSum;

/** What is wrong with a cache's files is told before it hangs, and is kept to be looked at. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DamagedCacheIT {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final DatasetVersion VERSION = new DatasetVersion("cns:v1", "5a3f", "2026-01-01");

  /** One bit of its last digit away. */
  private static final DatasetVersion EDITED = new DatasetVersion("cns:v1", "5a3f", "2026-01-03");

  private static final List<String> TYPES =
      IntStream.range(0, 60).mapToObj(number -> "T" + number).toList();

  @TempDir private Path folder;

  @BeforeEach
  void fill() {
    try (SqliteFactCache cache = open()) {
      cache.write(
          VERSION, TYPES.stream().map(type -> facts(type, 3)).toList(), Duration.ofHours(1));
      cache.write(EDITED, TYPES.stream().map(type -> facts(type, 4)).toList(), Duration.ofHours(2));
    }
  }

  private SqliteFactCache open() {
    return SqliteFactCache.open(folder, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private Path file(String suffix) {
    return folder.resolve("facts.sqlite" + suffix);
  }

  private static TypeFacts facts(String type, long neurons) {
    return new TypeFacts(
        type,
        new SideCounts(neurons, 1, 1, 0),
        new SynapseCounts(10, 20),
        List.of(new RoiSum("ME(R)", 10, 20)),
        TypeProperties.NONE);
  }

  private void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    assumeThat(process.waitFor()).as(String.join(" ", command)).isZero();
  }

  private void assertUnusable(String reason) {
    assertThatThrownBy(this::open)
        .isInstanceOf(UnusableCacheException.class)
        .hasMessage("The cache %s cannot be used: %s.", file(""), reason);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private String said(String suffix) {
    return suffix.isEmpty() ? "it" : file(suffix).toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-wal", "-shm", "-journal"})
  void aPipeIsNotOpened(String suffix) throws Exception {
    Files.deleteIfExists(file(suffix));
    run("mkfifo", file(suffix).toString());

    assertUnusable(said(suffix) + " is a pipe, a socket or a device");
    assertThat(file(suffix)).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-wal", "-shm", "-journal"})
  void aDeviceIsNotOpened(String suffix) throws Exception {
    Files.deleteIfExists(file(suffix));
    // Without root none can be made, and the test is skipped.
    run("mknod", file(suffix).toString(), "c", "1", "5");

    assertUnusable(said(suffix) + " is a pipe, a socket or a device");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-wal", "-shm", "-journal"})
  void aFolderIsTold(String suffix) throws Exception {
    Files.deleteIfExists(file(suffix));
    Files.createDirectory(file(suffix));

    assertUnusable(said(suffix) + " is a folder");
  }

  @ParameterizedTest
  @CsvSource({
    "'', nowhere", "-wal, nowhere", "-shm, nowhere", "-journal, nowhere",
    "'', theirs", "-wal, theirs", "-shm, theirs", "-journal, theirs"
  })
  void aLinkIsNotFollowed(String suffix, String target) throws Exception {
    Files.writeString(folder.resolve("theirs"), "theirs");
    Files.deleteIfExists(file(suffix));
    Files.createSymbolicLink(file(suffix), Path.of(target));

    assertUnusable(said(suffix) + " is a link, which is not followed");
    assertThat(folder.resolve("nowhere")).doesNotExist();
    assertThat(folder.resolve("theirs")).hasContent("theirs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-wal", "-shm", "-journal"})
  void aFileThatMayNotBeReadOrWrittenIsToldAndStays(String suffix) throws Exception {
    if (!Files.exists(file(suffix))) {
      Files.createFile(file(suffix));
    }
    assertThat(file(suffix).toFile().setReadOnly()).isTrue();
    assumeThat(Files.isWritable(file(suffix))).as("somebody who may write everything").isFalse();

    assertUnusable(file(suffix) + " cannot be written");
    assertThat(file(suffix).toFile().setReadable(false)).isTrue();
    assertUnusable(file(suffix) + " cannot be read");
    assertThat(file(suffix)).exists();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"cut to 50 bytes", "cut in the middle", "text", "random", "middle", "schema"})
  void damageIsToldOnceAndTheFileIsMovedAside(String damage) throws Exception {
    byte[] bytes = damaged(Files.readAllBytes(file("")), damage);
    Files.write(file(""), bytes);
    Path aside = file(".damaged-20260101T000000000Z");

    assertThatThrownBy(
            () -> {
              try (SqliteFactCache cache = open()) {
                cache.read(VERSION, TYPES);
              }
            })
        .isInstanceOf(UnusableCacheException.class)
        .hasMessageMatching(
            "The cache \\Q%s\\E cannot be used: it is (damaged|no database) and was moved to \\Q%s\\E\\."
                .formatted(file(""), aside));
    assertThat(aside).hasBinaryContent(bytes);
    assertThat(names()).containsExactly(aside.getFileName().toString());
    fill();
    try (SqliteFactCache cache = open()) {
      assertThat(cache.read(VERSION, TYPES).facts()).hasSize(TYPES.size());
    }
  }

  private static byte[] damaged(byte[] bytes, String how) {
    Random random = new Random(17);
    switch (how) {
      case "cut to 50 bytes" -> {
        return Arrays.copyOf(bytes, 50);
      }
      case "cut in the middle" -> {
        return Arrays.copyOf(bytes, bytes.length / 2);
      }
      case "text" -> Arrays.fill(bytes, (byte) 'x');
      case "random" -> random.nextBytes(bytes);
      case "middle" -> {
        byte[] other = new byte[bytes.length / 2];
        random.nextBytes(other);
        System.arraycopy(other, 0, bytes, bytes.length / 4, other.length);
      }
      case "schema" -> {
        // A valid schema, but for a name.
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.replace("payload BLOB", "paiload BLOB").getBytes(StandardCharsets.ISO_8859_1);
      }
      default -> throw new IllegalArgumentException(how);
    }
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "short"})
  void aLogThatIsNoneIsMovedAsideWithItsFile(String log) throws Exception {
    byte[] bytes =
        (log.equals("text") ? "notes ".repeat(1_000) : "x").getBytes(StandardCharsets.UTF_8);
    Files.write(file("-wal"), bytes);

    assertUnusable("its log is damaged and was moved to " + file(".damaged-20260101T000000000Z"));
    assertThat(file(".damaged-20260101T000000000Z-wal")).hasBinaryContent(bytes);
    assertThat(names()).hasSize(2);
  }

  @Test
  void aLogThatAKilledRunLeftIsNoDamage() throws Exception {
    Path copy = Files.createDirectory(folder.resolve("copy"));
    try (SqliteFactCache cache = open()) {
      cache.write(VERSION, List.of(facts("late", 5)), Duration.ofHours(1));
      for (String suffix : List.of("", "-wal")) {
        Files.copy(file(suffix), copy.resolve("facts.sqlite" + suffix));
      }
    }
    assertThat(copy.resolve("facts.sqlite-wal")).isNotEmptyFile();

    try (SqliteFactCache cache = SqliteFactCache.open(copy, Clock.fixed(NOW, ZoneOffset.UTC))) {
      assertThat(cache.read(VERSION, List.of("late")).facts()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-shm", "-journal"})
  void whatSqliteMakesAnewCostsNothing(String suffix) throws Exception {
    Files.writeString(file(suffix), "notes ".repeat(10_000));

    try (SqliteFactCache cache = open()) {
      assertThat(cache.read(VERSION, TYPES).facts()).hasSize(TYPES.size());
    }
  }

  @Test
  void whatCannotBeMovedAsideStays() throws Exception {
    Files.writeString(file(""), "notes ".repeat(1_000));
    Files.createDirectories(file(".damaged-20260101T000000000Z").resolve("full"));

    assertUnusable("it is no database; remove it, and the next run makes a new one");
    assertThat(file("")).hasContent("notes ".repeat(1_000));
  }

  @Test
  void aBitOfAPayloadCostsThatEntryAlone() throws Exception {
    byte[] bytes = Files.readAllBytes(file(""));
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    bytes[text.lastIndexOf("ME(R)")] ^= 1;
    Files.write(file(""), bytes);

    try (SqliteFactCache cache = open()) {
      int found =
          cache.read(VERSION, TYPES).facts().size() + cache.read(EDITED, TYPES).facts().size();
      assertThat(found).isEqualTo(2 * TYPES.size() - 1);
    }
  }

  @Test
  void anEntryCountsOnlyForWhatItWasKeptFor() throws SQLException {
    change(
        "UPDATE version SET last_database_edit = 'x' WHERE last_database_edit = '2026-01-03'",
        "UPDATE version SET last_database_edit = '2026-01-03'"
            + " WHERE last_database_edit = '2026-01-01'");
    try (SqliteFactCache cache = open()) {
      assertThat(cache.read(EDITED, TYPES).facts()).isEmpty();
    }
    change("UPDATE version SET last_database_edit = '2026-01-01' WHERE id = 1");
    change("UPDATE fact SET expires = expires + 1024 WHERE type = 'T7'");
    try (SqliteFactCache cache = open()) {
      assertThat(cache.read(VERSION, TYPES).facts())
          .hasSize(TYPES.size() - 1)
          .doesNotContainKey("T7");
    }
  }

  private void change(String... commands) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:file:" + file("").toUri().getRawPath());
        Statement statement = connection.createStatement()) {
      for (String command : commands) {
        statement.execute(command);
      }
    }
  }

  @Test
  void noFlippedBitChangesWhatIsRead() throws Exception {
    byte[] whole = Files.readAllBytes(file(""));
    Map<String, TypeFacts> right =
        TYPES.stream().collect(Collectors.toMap(type -> type, type -> facts(type, 3)));
    Random random = new Random(4711);
    Map<String, Integer> outcomes = new TreeMap<>();
    for (int round = 0; round < 600; round++) {
      byte[] bytes = whole.clone();
      // Every other one in the head and the schema, where most may go wrong.
      int at = random.nextInt(round % 2 == 0 ? bytes.length : 4096);
      bytes[at] ^= (byte) (1 << random.nextInt(8));
      try (Stream<Path> files = Files.list(folder)) {
        for (Path old : files.toList()) {
          Files.delete(old);
        }
      }
      Files.write(file(""), bytes);

      String outcome;
      try (SqliteFactCache cache = open()) {
        Map<String, TypeFacts> read = cache.read(VERSION, TYPES).facts();
        read.forEach((type, facts) -> assertThat(facts).isEqualTo(right.get(type)));
        outcome = read.size() == TYPES.size() ? "all" : read.isEmpty() ? "none" : "some";
      } catch (UnusableCacheException e) {
        outcome = "cache";
      }
      outcomes.merge(outcome, 1, Integer::sum);
    }
    assertThat(outcomes).containsKeys("all", "some", "cache");
  }
}
