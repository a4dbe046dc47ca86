package quickpage.index.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quickpage.index.cache.CacheMaintenance.Kept;
import quickpage.index.cache.CacheMaintenance.Selection;
import quickpage.index.cache.FactCache.Found;
import quickpage.index.model.DatasetFacts;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.SideCounts;
import quickpage.index.model.SynapseCounts;
import quickpage.index.model.TypeFacts;
import quickpage.index.model.TypeProperties;
import quickpage.index.model.roi.RoiSum;

@Tag("each-jdk")
class SqliteFactCacheIT {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final DatasetVersion VERSION = new DatasetVersion("cns:v1", "5a3f", "2026-01-01");
  private static final Selection ALL = new Selection(null, List.of());
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir private Path parent;
  private Path folder;

  @BeforeEach
  void nameFolder() {
    folder = parent.resolve("cache with ? # % äöü");
  }

  private SqliteFactCache openAt(Instant now) {
    return SqliteFactCache.open(folder, Clock.fixed(now, ZoneOffset.UTC));
  }

  private SqliteFactCache open() {
    return openAt(NOW);
  }

  private Path file() {
    return folder.resolve(SqliteFactCache.FILE);
  }

  private static TypeFacts facts(String type) {
    return new TypeFacts(
        type,
        new SideCounts(3, 1, 1, 0),
        new SynapseCounts(10, 20),
        List.of(new RoiSum("ME(R)", 10, 20)),
        TypeProperties.NONE);
  }

  private static void keep(SqliteFactCache cache, DatasetVersion version, String... types) {
    List<TypeFacts> facts = Arrays.stream(types).map(SqliteFactCacheIT::facts).toList();
    assertThat(cache.write(version, facts, HOUR)).isZero();
  }

  private static DatasetFacts dataset(DatasetVersion version) {
    return new DatasetFacts(
        version,
        Map.of("A", 3L),
        false,
        true,
        false,
        List.of("ME(R)"),
        null,
        Map.of(),
        List.of("type"));
  }

  /** Another program at the file. */
  private Connection somebodyElse() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:file:" + file().toUri().getRawPath());
  }

  private void change(String... commands) throws SQLException {
    try (Connection connection = somebodyElse();
        Statement statement = connection.createStatement()) {
      for (String command : commands) {
        statement.execute(command);
      }
    }
  }

  @Test
  void whatIsKeptIsFoundWhenItIsOpenedAgainAndTheRestAreMisses() {
    try (SqliteFactCache cache = open()) {
      keep(cache, VERSION, "A", "name with # and %", "Ångström-神经元-🧠", "");
    }
    try (SqliteFactCache cache = open()) {
      Found found =
          cache.read(VERSION, List.of("A", "name with # and %", "Ångström-神经元-🧠", "", "B", "a"));

      assertThat(found.facts()).containsOnlyKeys("A", "name with # and %", "Ångström-神经元-🧠", "");
      assertThat(found.facts()).containsEntry("A", facts("A"));
      assertThat(found.expired()).isEmpty();
    }
  }

  @Test
  void manyMoreThanOneStatementTakesAreFound() {
    List<TypeFacts> facts = IntStream.range(0, 1_700).mapToObj(i -> facts("T" + i)).toList();
    try (SqliteFactCache cache = open()) {
      cache.write(VERSION, facts, HOUR);

      Found found = cache.read(VERSION, IntStream.range(0, 2_000).mapToObj(i -> "T" + i).toList());

      assertThat(found.facts().values()).containsExactlyInAnyOrderElementsOf(facts);
    }
  }

  @Test
  void nothingIsAskedForNothing() {
    try (SqliteFactCache cache = open()) {
      assertThat(cache.read(VERSION, List.of())).isEqualTo(new Found(Map.of(), Set.of()));
      assertThat(cache.write(VERSION, List.of(), HOUR)).isZero();
      assertThat(cache.stats(ALL)).isEmpty();
    }
  }

  @Test
  void factsPastTheirTimeAreMissesThatAreCounted() {
    try (SqliteFactCache cache = open()) {
      keep(cache, VERSION, "A");
    }
    try (SqliteFactCache cache = openAt(NOW.plusSeconds(3599))) {
      assertThat(cache.read(VERSION, List.of("A")).facts()).hasSize(1);
    }
    try (SqliteFactCache cache = openAt(NOW.plusSeconds(3600))) {
      assertThat(cache.read(VERSION, List.of("A", "B")))
          .isEqualTo(new Found(Map.of(), Set.of("A")));
    }
  }

  @Test
  void anotherVersionOfTheDatasetIsAMiss() {
    try (SqliteFactCache cache = open()) {
      keep(cache, VERSION, "A");

      for (DatasetVersion other :
          List.of(
              new DatasetVersion("cns:v1", "5a3f", "2026-01-02"),
              new DatasetVersion("cns:v1", "other", "2026-01-01"),
              new DatasetVersion("cns:v2", "5a3f", "2026-01-01"))) {
        assertThat(cache.read(other, List.of("A")).facts()).isEmpty();
      }
    }
  }

  @Test
  void newerFactsReplaceOlderOnes() {
    TypeFacts newer =
        new TypeFacts(
            "A", new SideCounts(9, 0, 0, 0), new SynapseCounts(0, 0), null, TypeProperties.NONE);
    try (SqliteFactCache cache = open()) {
      keep(cache, VERSION, "A");
      cache.write(VERSION, List.of(newer), HOUR.multipliedBy(2));

      assertThat(cache.read(VERSION, List.of("A")).facts()).containsValue(newer);
    }
    try (SqliteFactCache cache = openAt(NOW.plusSeconds(3601))) {
      assertThat(cache.read(VERSION, List.of("A")).facts()).hasSize(1);
    }
  }

  @Test
  void aPayloadThatCannotBeReadIsAMiss() throws SQLException {
    try (SqliteFactCache cache = open()) {
      keep(cache, VERSION, "A", "B");
    }
    change("UPDATE fact SET payload = x'FF00' WHERE type = 'A'");
    change("UPDATE fact SET payload = '' WHERE type = 'B'");

    try (SqliteFactCache cache = open()) {
      assertThat(cache.read(VERSION, List.of("A", "B"))).isEqualTo(new Found(Map.of(), Set.of()));
    }
  }

  @Test
  void whatADatasetSaysOfItselfIsKeptUntilItsTimeAndReplaced() {
    DatasetVersion later = new DatasetVersion("cns:v1", "5a3f", "2026-01-02");
    try (SqliteFactCache cache = open()) {
      assertThat(cache.dataset("cns:v1")).isEmpty();
      assertThat(cache.keepDataset(dataset(VERSION), HOUR)).isTrue();
      assertThat(cache.keepDataset(dataset(later), HOUR)).isTrue();
      assertThat(cache.dataset("cns:v1")).contains(dataset(later));
      assertThat(cache.dataset("cns:v2")).isEmpty();
    }
    try (SqliteFactCache cache = openAt(NOW.plusSeconds(3600))) {
      assertThat(cache.dataset("cns:v1")).isEmpty();
    }
  }

  @Test
  void statsSayWhatIsKeptByDatasetAndVersion() {
    DatasetVersion later = new DatasetVersion("cns:v1", "5a3f", "2026-#2");
    try (SqliteFactCache cache = open()) {
      keep(cache, VERSION, "A", "B", "C");
      keep(cache, later, "A");
      keep(cache, new DatasetVersion("hemibrain", "u", ""), "A", "Z");
    }
    try (SqliteFactCache cache = openAt(NOW.plusSeconds(3600))) {
      List<Kept> kept = cache.stats(ALL);

      assertThat(kept)
          .extracting(Kept::dataset, Kept::lastDatabaseEdit, Kept::types, Kept::expired)
          .containsExactly(
              Tuple.tuple("cns:v1", "2026-#2", 1L, 1L),
              Tuple.tuple("cns:v1", "2026-01-01", 3L, 3L),
              Tuple.tuple("hemibrain", "", 2L, 2L));
      assertThat(kept).allSatisfy(one -> assertThat(one.bytes()).isPositive());
      assertThat(cache.stats(new Selection("hemibrain", List.of("Z", "none"))))
          .extracting(Kept::types)
          .containsExactly(1L);
    }
  }

  @Test
  void onlyWhatIsSelectedIsCleared() {
    DatasetVersion other = new DatasetVersion("hemibrain", "u", "e");
    try (SqliteFactCache cache = open()) {
      keep(cache, VERSION, "A", "B", "C");
      keep(cache, other, "A", "B");
      cache.keepDataset(dataset(VERSION), HOUR);
      cache.keepDataset(dataset(other), HOUR);

      assertThat(cache.clear(new Selection("cns:v1", List.of("A", "C", "none")))).isEqualTo(2);
      assertThat(cache.read(VERSION, List.of("A", "B", "C")).facts()).containsOnlyKeys("B");
      assertThat(cache.clear(new Selection(null, List.of("A")))).isEqualTo(1);
      assertThat(cache.dataset("hemibrain")).isPresent();
      assertThat(cache.clear(new Selection("hemibrain", List.of()))).isEqualTo(1);
      assertThat(cache.dataset("hemibrain")).isEmpty();
      assertThat(cache.dataset("cns:v1")).isPresent();
      assertThat(cache.read(VERSION, List.of("B")).facts()).hasSize(1);
      assertThat(cache.clear(ALL)).isEqualTo(1);
      assertThat(cache.dataset("cns:v1")).isEmpty();
    }
  }

  /** Facts whose payloads deflating does not shrink. */
  private static List<TypeFacts> large(int types) {
    Random random = new Random(1);
    return IntStream.range(0, types)
        .mapToObj(
            i ->
                new TypeFacts(
                    "T" + i,
                    new SideCounts(1, 0, 0, 0),
                    new SynapseCounts(0, 0),
                    IntStream.range(0, 60)
                        .mapToObj(
                            n ->
                                new RoiSum(
                                    Long.toString(random.nextLong(), 36),
                                    random.nextInt(1 << 30),
                                    random.nextInt(1 << 30)))
                        .toList(),
                    TypeProperties.NONE))
        .toList();
  }

  private long sizeAfter(Duration time) throws IOException {
    try (SqliteFactCache cache = openAt(NOW.plus(time))) {
      cache.removeOld();
    }
    return Files.size(file());
  }

  @Test
  void whatHasExpiredIsRemovedAndTheFileShrinks() throws IOException {
    try (SqliteFactCache cache = open()) {
      cache.write(VERSION, large(500), HOUR);
      cache.write(VERSION, List.of(facts("lasts")), Duration.ofDays(2));
      cache.keepDataset(dataset(VERSION), HOUR);
    }
    long before = sizeAfter(Duration.ofMinutes(59));

    long after = sizeAfter(Duration.ofHours(1));

    assertThat(before).isGreaterThan(500_000);
    assertThat(after).isLessThan(60_000);
    try (SqliteFactCache cache = open()) {
      assertThat(cache.stats(ALL)).extracting(Kept::types).containsExactly(1L);
    }
  }

  @Test
  void whatExpiresWhileARunIsAtWorkIsLeftForTheNextToTell() {
    Instant[] now = {NOW};
    Clock running =
        new Clock() {
          @Override
          public ZoneOffset getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(java.time.ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return now[0];
          }
        };
    try (SqliteFactCache cache = SqliteFactCache.open(folder, running)) {
      keep(cache, VERSION, "A");
      now[0] = NOW.plus(HOUR);
      cache.removeOld();

      assertThat(cache.read(VERSION, List.of("A")).expired()).containsExactly("A");
    }
  }

  @Test
  void aVersionThatNobodyAskedForIn30DaysIsRemoved() {
    DatasetVersion asked = new DatasetVersion("cns:v1", "5a3f", "2026-01-02");
    try (SqliteFactCache cache = open()) {
      cache.write(VERSION, List.of(facts("A")), Duration.ofDays(365));
      cache.write(asked, List.of(facts("A")), Duration.ofDays(365));
    }
    try (SqliteFactCache cache = openAt(NOW.plus(Duration.ofDays(29)))) {
      assertThat(cache.read(asked, List.of("A")).facts()).hasSize(1);
      cache.removeOld();
      assertThat(cache.stats(ALL)).hasSize(2);
    }
    try (SqliteFactCache cache = openAt(NOW.plus(Duration.ofDays(30)))) {
      cache.removeOld();
      assertThat(cache.stats(ALL)).extracting(Kept::lastDatabaseEdit).containsExactly("2026-01-02");
    }
  }

  @Test
  void twoThatMakeTheFileAtTheSameTimeBothHaveIt() {
    for (int round = 0; round < 20; round++) {
      folder = parent.resolve("round " + round);
      List<CompletableFuture<SqliteFactCache>> both =
          IntStream.range(0, 3)
              .mapToObj(
                  i -> CompletableFuture.supplyAsync(this::open, task -> new Thread(task).start()))
              .toList();
      for (int i = 0; i < both.size(); i++) {
        try (SqliteFactCache cache = both.get(i).join()) {
          keep(cache, VERSION, "A" + i);
        }
      }
      try (SqliteFactCache cache = open()) {
        assertThat(cache.read(VERSION, List.of("A0", "A1", "A2")).facts()).hasSize(3);
      }
    }
  }

  @Test
  void twoProcessesWriteAndReadAtTheSameTime() throws Exception {
    List<Process> writers = List.of(writer("left"), writer("right"));
    try (SqliteFactCache cache = SqliteFactCache.open(folder, Clock.systemUTC())) {
      while (writers.stream().anyMatch(Process::isAlive)) {
        keep(cache, VERSION, "here");
        assertThat(cache.read(VERSION, List.of("here")).facts()).hasSize(1);
      }
      for (Process writer : writers) {
        assertThat(writer.waitFor()).isZero();
      }
      for (String name : List.of("left", "right")) {
        List<String> types = IntStream.range(0, Writer.WRITES).mapToObj(i -> name + i).toList();
        assertThat(cache.read(VERSION, types).facts()).hasSize(Writer.WRITES);
      }
    }
  }

  private Process writer(String name) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Writer.class.getName(),
            folder.toString(),
            name)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Writes types one by one and reads each again. */
  static final class Writer {
    static final int WRITES = 200;

    private Writer() {}

    public static void main(String[] arguments) {
      try (SqliteFactCache cache = SqliteFactCache.open(Path.of(arguments[0]), Clock.systemUTC())) {
        for (int i = 0; i < WRITES; i++) {
          String type = arguments[1] + i;
          cache.write(VERSION, List.of(facts(type)), HOUR);
          if (cache.read(VERSION, List.of(type)).facts().isEmpty()) {
            throw new AssertionError(type + " is lost");
          }
        }
      }
    }
  }

  @Test
  void aReaderWaitsForNoWriter() throws SQLException {
    try (SqliteFactCache cache = open()) {
      keep(cache, VERSION, "A");
      try (Connection other = somebodyElse();
          Statement statement = other.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");

        assertThat(cache.read(VERSION, List.of("A")).facts()).hasSize(1);
        statement.execute("COMMIT");
      }
    }
  }

  @Test
  void aWriterWaitsForAnother() throws Exception {
    try (SqliteFactCache cache = open();
        Connection other = somebodyElse();
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      CompletableFuture<Integer> writing =
          CompletableFuture.supplyAsync(() -> cache.write(VERSION, List.of(facts("A")), HOUR));
      assertThatThrownBy(() -> writing.get(500, TimeUnit.MILLISECONDS))
          .isInstanceOf(java.util.concurrent.TimeoutException.class);

      statement.execute("COMMIT");

      assertThat(writing.get(1, TimeUnit.MINUTES)).isZero();
    }
  }

  @Test
  void aWriterThatWaitsInVainSaysSoAndLosesNothing() throws SQLException {
    try (SqliteFactCache cache = open()) {
      keep(cache, VERSION, "A");
      try (Connection other = somebodyElse();
          Statement statement = other.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");

        assertThatThrownBy(() -> keep(cache, VERSION, "B"))
            .isInstanceOf(UnusableCacheException.class)
            .hasMessage(
                "The cache %s cannot be used: another program has kept it locked for 5 s.", file());
        cache.removeOld();
      }
      assertThat(cache.read(VERSION, List.of("A")).facts()).hasSize(1);
      keep(cache, VERSION, "B");
    }
  }

  private void assertUnusable(String reason) {
    assertThatThrownBy(this::open)
        .isInstanceOf(UnusableCacheException.class)
        .hasMessage("The cache %s cannot be used: %s.", file(), reason);
  }

  /** Where a damaged cache goes when it is opened at {@link #NOW}. */
  private Path aside() {
    return folder.resolve("facts.sqlite.damaged-20260101T000000000Z");
  }

  @Test
  void aFileThatIsNoDatabaseIsToldAndKept() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(file(), "These are my notes. ".repeat(500));
    byte[] before = Files.readAllBytes(file());

    assertUnusable("it is no database and was moved to " + aside());
    assertThat(aside()).hasBinaryContent(before);
    assertThat(file()).doesNotExist();
  }

  @Test
  void aDatabaseOfAnotherProgramIsToldAndLeftAlone() throws Exception {
    Files.createDirectories(folder);
    change("CREATE TABLE notes (note TEXT)", "INSERT INTO notes VALUES ('mine')");
    byte[] before = Files.readAllBytes(file());

    assertUnusable("it is a database of another program");
    assertThat(file()).hasBinaryContent(before);
  }

  @Test
  void aNewerFormatIsToldAndLeftAlone() throws Exception {
    open().close();
    change("PRAGMA user_version = 2");
    byte[] before = Files.readAllBytes(file());

    assertUnusable("it has format 2, and this version of quickpage-index knows format 1");
    assertThat(file()).hasBinaryContent(before);
  }

  @Test
  void damageInTheFileIsToldWhenItIsMet() throws IOException {
    try (SqliteFactCache cache = open()) {
      cache.write(VERSION, large(500), HOUR);
    }
    byte[] bytes = Files.readAllBytes(file());
    Arrays.fill(bytes, 4096, bytes.length, (byte) 0x5a);
    Files.write(file(), bytes);

    assertThatThrownBy(
            () -> {
              try (SqliteFactCache cache = open()) {
                cache.read(VERSION, List.of("T1"));
              }
            })
        .isInstanceOf(UnusableCacheException.class)
        .hasMessage(
            "The cache %s cannot be used: it is damaged and was moved to %s.", file(), aside());
    assertThat(aside()).hasBinaryContent(bytes);
    try (SqliteFactCache cache = open()) {
      keep(cache, VERSION, "A");
    }
  }

  @Test
  void aLockedFileIsTold() throws SQLException {
    open().close();
    try (Connection other = somebodyElse();
        Statement statement = other.createStatement()) {
      statement.execute("PRAGMA locking_mode = EXCLUSIVE");
      statement.execute("BEGIN EXCLUSIVE");

      assertUnusable("another program has kept it locked for 5 s");
    }
  }

  @Test
  void aFolderInItsPlaceIsTold() throws IOException {
    Files.createDirectories(file());

    assertUnusable("it is a folder");
  }

  @Test
  void aFolderThatCannotBeMadeIsTold() throws IOException {
    folder = Files.writeString(parent.resolve("file"), "x").resolve("cache");

    assertThatThrownBy(this::open)
        .isInstanceOf(UnusableCacheException.class)
        .hasMessageStartingWith("The cache %s cannot be used: %s", file(), folder);
  }

  @Test
  void aCacheOfTheFormerKindIsToldAndLeftAlone() throws IOException {
    assertThat(SqliteFactCache.tellFormerCache(folder)).isEmpty();
    Files.createDirectories(folder);
    Path former = Files.writeString(folder.resolve("shared-local-instance.db"), "former");

    open().close();

    assertThat(SqliteFactCache.tellFormerCache(folder))
        .contains(
            "The cache of an earlier version, %s, is not used any more and may be removed."
                .formatted(former));
    assertThat(former).hasContent("former");
  }
}
