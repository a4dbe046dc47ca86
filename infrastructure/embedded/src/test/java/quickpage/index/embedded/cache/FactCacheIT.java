package quickpage.index.embedded.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quickpage.index.cache.CacheMaintenance.Kept;
import quickpage.index.cache.CacheMaintenance.Selection;
import quickpage.index.cache.DynamoDbFactCache;
import quickpage.index.cache.FactCache.Found;
import quickpage.index.cache.FactTable;
import quickpage.index.embedded.aws.EmbeddedDynamoDb;
import quickpage.index.error.RefusedException;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.SideCounts;
import quickpage.index.model.SynapseCounts;
import quickpage.index.model.TypeFacts;
import quickpage.index.model.TypeProperties;
import quickpage.index.model.roi.RoiSum;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class FactCacheIT {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final DatasetVersion VERSION = new DatasetVersion("cns:v1", "5a3f", "2026-01-01");
  private static final Selection ALL = new Selection(null, List.of());

  private static EmbeddedDynamoDb server;
  private static int tables;

  private DynamoDbClient dynamoDb;
  private String table;
  private DynamoDbFactCache cache;

  @BeforeAll
  static void start() throws IOException {
    server = EmbeddedDynamoDb.start();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @BeforeEach
  void createTable() {
    table = "facts-" + tables++;
    server.createTable(table);
    dynamoDb = server.client();
    cache = cacheAt(NOW);
  }

  private DynamoDbFactCache cacheAt(Instant now) {
    return new DynamoDbFactCache(dynamoDb, table, Clock.fixed(now, ZoneOffset.UTC));
  }

  private FactTable tableAt(Instant now) {
    return new FactTable(dynamoDb, table, Clock.fixed(now, ZoneOffset.UTC));
  }

  private static TypeFacts facts(String type) {
    return new TypeFacts(
        type,
        new SideCounts(3, 1, 1, 0),
        new SynapseCounts(10, 20),
        List.of(new RoiSum("ME(R)", 10, 20)),
        TypeProperties.NONE);
  }

  private void keep(DatasetVersion version, String... types) {
    List<TypeFacts> facts = java.util.Arrays.stream(types).map(FactCacheIT::facts).toList();
    assertThat(cache.write(version, facts, Duration.ofHours(1))).isZero();
  }

  private Map<String, AttributeValue> item(String type) {
    return dynamoDb
        .getItem(b -> b.tableName(table).key(Map.of("pk", AttributeValue.fromS(key(type)))))
        .item();
  }

  private static String key(String type) {
    return "fact#cns:v1#5a3f#2026-01-01#" + type;
  }

  private void put(Map<String, AttributeValue> item) {
    dynamoDb.putItem(b -> b.tableName(table).item(item));
  }

  @Test
  void whatIsKeptIsFoundAndTheRestAreMisses() {
    keep(VERSION, "A", "name with # and %");

    Found found = cache.read(VERSION, List.of("A", "name with # and %", "B"));

    assertThat(found.facts())
        .isEqualTo(Map.of("A", facts("A"), "name with # and %", facts("name with # and %")));
    assertThat(found.expired()).isEmpty();
    assertThat(item("A").get("ttl").n()).isEqualTo(Long.toString(NOW.getEpochSecond() + 3600));
    assertThat(item("A").get("dataset").s()).isEqualTo("cns:v1");
    assertThat(item("A").get("type").s()).isEqualTo("A");
  }

  @Test
  void manyMoreThanOneCallTakesAreKeptAndFound() {
    List<TypeFacts> facts = IntStream.range(0, 257).mapToObj(i -> facts("T" + i)).toList();

    assertThat(cache.write(VERSION, facts, Duration.ofHours(1))).isZero();
    Found found = cache.read(VERSION, IntStream.range(0, 300).mapToObj(i -> "T" + i).toList());

    assertThat(found.facts().values()).containsExactlyInAnyOrderElementsOf(facts);
  }

  @Test
  void nothingIsAskedForNothing() {
    assertThat(cache.read(VERSION, List.of())).isEqualTo(new Found(Map.of(), Set.of()));
    assertThat(cache.write(VERSION, List.of(), Duration.ofHours(1))).isZero();
  }

  @Test
  void factsPastTheirTimeAreMissesThatAreCounted() {
    keep(VERSION, "A");

    assertThat(cacheAt(NOW.plusSeconds(3599)).read(VERSION, List.of("A")).facts()).hasSize(1);
    Found found = cacheAt(NOW.plusSeconds(3600)).read(VERSION, List.of("A", "B"));

    assertThat(found).isEqualTo(new Found(Map.of(), Set.of("A")));
  }

  @Test
  void anotherVersionOfTheDatasetIsAMiss() {
    keep(VERSION, "A");

    for (DatasetVersion other :
        List.of(
            new DatasetVersion("cns:v1", "5a3f", "2026-01-02"),
            new DatasetVersion("cns:v1", "other", "2026-01-01"),
            new DatasetVersion("cns:v2", "5a3f", "2026-01-01"))) {
      assertThat(cache.read(other, List.of("A")).facts()).isEmpty();
    }
  }

  @Test
  void anItemThatCannotBeReadIsAMiss() {
    keep(VERSION, "A");
    Map<String, AttributeValue> whole = item("A");

    for (Map.Entry<String, AttributeValue> damage :
        Map.of(
                "facts", AttributeValue.fromS("text"),
                "ttl", AttributeValue.fromS("soon"))
            .entrySet()) {
      Map<String, AttributeValue> damaged = new HashMap<>(whole);
      damaged.put(damage.getKey(), damage.getValue());
      put(damaged);
      assertThat(cache.read(VERSION, List.of("A")).facts()).as("%s", damage).isEmpty();
    }
    for (String missing : List.of("facts", "ttl")) {
      Map<String, AttributeValue> without = new HashMap<>(whole);
      without.remove(missing);
      put(without);
      assertThat(cache.read(VERSION, List.of("A")).facts()).as(missing).isEmpty();
    }
    Map<String, AttributeValue> ofAnotherFormat = new HashMap<>(whole);
    byte[] payload = whole.get("facts").b().asByteArray();
    payload[0]++;
    ofAnotherFormat.put("facts", AttributeValue.fromB(SdkBytes.fromByteArray(payload)));
    put(ofAnotherFormat);
    assertThat(cache.read(VERSION, List.of("A")).facts()).isEmpty();
  }

  @Test
  void aTimeWithAFractionIsATime() {
    keep(VERSION, "A");
    Map<String, AttributeValue> item = new HashMap<>(item("A"));
    item.put("ttl", AttributeValue.fromN(NOW.getEpochSecond() + 10 + ".5"));
    put(item);

    assertThat(cache.read(VERSION, List.of("A")).facts()).hasSize(1);
  }

  @Test
  void newerFactsReplaceOlderOnes() {
    keep(VERSION, "A");
    TypeFacts newer =
        new TypeFacts(
            "A", new SideCounts(9, 0, 0, 0), new SynapseCounts(0, 0), null, TypeProperties.NONE);

    cache.write(VERSION, List.of(newer), Duration.ofHours(2));

    assertThat(cache.read(VERSION, List.of("A")).facts()).containsValue(newer);
  }

  @Test
  void aTableThatIsNotThereIsRefusedByName() {
    DynamoDbFactCache none = new DynamoDbFactCache(dynamoDb, "none", Clock.systemUTC());

    assertThatThrownBy(() -> none.read(VERSION, List.of("A")))
        .isInstanceOf(RefusedException.class)
        .hasMessage("There is no cache table none.");
    assertThat(none.write(VERSION, List.of(facts("A"), facts("B")), Duration.ofHours(1)))
        .isEqualTo(2);
  }

  @Test
  void theTableSaysWhatIsKeptByDatasetAndVersion() {
    DatasetVersion later = new DatasetVersion("cns:v1", "5a3f", "2026-#2");
    keep(VERSION, "A", "B", "C");
    keep(later, "A");
    keep(new DatasetVersion("hemibrain", "", ""), "A", "Z");

    List<Kept> kept = tableAt(NOW.plusSeconds(3600)).stats(ALL);

    assertThat(kept)
        .extracting(Kept::dataset, Kept::lastDatabaseEdit, Kept::types, Kept::expired)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("cns:v1", "2026-#2", 1L, 1L),
            org.assertj.core.groups.Tuple.tuple("cns:v1", "2026-01-01", 3L, 3L),
            org.assertj.core.groups.Tuple.tuple("hemibrain", "", 2L, 2L));
    assertThat(kept).allSatisfy(one -> assertThat(one.bytes()).isPositive());
    assertThat(tableAt(NOW).stats(new Selection("hemibrain", List.of("Z"))))
        .extracting(Kept::types, Kept::expired)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(1L, 0L));
  }

  @Test
  void damagedItemsAreCountedAndNoFault() {
    put(
        Map.of(
            "pk", AttributeValue.fromS(key("A")),
            "dataset", AttributeValue.fromS("cns:v1"),
            "type", AttributeValue.fromS("A")));

    assertThat(tableAt(NOW).stats(ALL))
        .containsExactly(new Kept("cns:v1", "5a3f", "2026-01-01", 1, 1, 0));
  }

  @Test
  void anItemWithAKeyThatIsNotOursIsCountedAndCleared() {
    keep(VERSION, "A");
    put(Map.of("pk", AttributeValue.fromS("fact#cns")));

    assertThat(tableAt(NOW).stats(ALL))
        .extracting(Kept::dataset, Kept::types)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("?", 1L),
            org.assertj.core.groups.Tuple.tuple("cns:v1", 1L));
    assertThat(tableAt(NOW).clear(ALL)).isEqualTo(2);
  }

  @Test
  void onlyWhatIsSelectedIsCleared() {
    DatasetVersion other = new DatasetVersion("hemibrain", "u", "e");
    keep(VERSION, "A", "B", "C");
    keep(other, "A", "B");

    assertThat(tableAt(NOW).clear(new Selection("cns:v1", List.of("A", "C", "none")))).isEqualTo(2);
    assertThat(cache.read(VERSION, List.of("A", "B", "C")).facts()).containsOnlyKeys("B");
    assertThat(tableAt(NOW).clear(new Selection(null, List.of("A")))).isEqualTo(1);
    assertThat(tableAt(NOW).clear(new Selection("hemibrain", List.of()))).isEqualTo(1);
    assertThat(cache.read(VERSION, List.of("B")).facts()).hasSize(1);
  }

  @Test
  void whateverElseIsInTheTableIsNeverTouched() {
    List<TypeFacts> many = IntStream.range(0, 60).mapToObj(i -> facts("T" + i)).toList();
    cache.write(VERSION, many, Duration.ofHours(1));
    for (String key : List.of("lease#site", "facts", "other#fact#x")) {
      put(
          Map.of(
              "pk", AttributeValue.fromS(key),
              "dataset", AttributeValue.fromS("cns:v1"),
              "type", AttributeValue.fromS("T1")));
    }

    assertThat(tableAt(NOW).stats(ALL)).extracting(Kept::types).containsExactly(60L);
    assertThat(tableAt(NOW).clear(ALL)).isEqualTo(60);
    assertThat(dynamoDb.scan(b -> b.tableName(table)).items())
        .extracting(item -> item.get("pk").s())
        .containsExactlyInAnyOrder("lease#site", "facts", "other#fact#x");
  }
}
