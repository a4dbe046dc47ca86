package quickpage.index.embedded.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quickpage.index.embedded.aws.EmbeddedDynamoDb;
import quickpage.index.error.RefusedException;
import quickpage.index.lease.DynamoDbSiteLease;
import quickpage.index.lease.Lease;
import quickpage.index.lease.SiteName;
import quickpage.index.model.TransientFailure;
import quickpage.index.model.run.Execution;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class SiteLeaseIT {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String TABLE = "facts";
  private static final int THREADS = 8;

  private static EmbeddedDynamoDb server;
  private static int sites;

  private final SiteName site = new SiteName("bucket", "site-" + sites++);
  private DynamoDbSiteLease lease;

  @BeforeAll
  static void start() throws IOException {
    server = EmbeddedDynamoDb.start();
    server.createTable(TABLE);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @BeforeEach
  void atNow() {
    lease = at(NOW);
  }

  private static DynamoDbSiteLease at(Instant now) {
    return new DynamoDbSiteLease(server.client(), TABLE, Clock.fixed(now, ZoneOffset.UTC));
  }

  private static Lease of(String run) {
    return Lease.of(new Execution("arn:" + run, run, NOW.toString()), NOW);
  }

  @Test
  void aFreeSiteIsTakenAndNobodyElseTakesIt() {
    assertThat(lease.current(site)).isEmpty();
    assertThat(lease.take(site, of("a"))).isEmpty();

    assertThat(lease.take(site, of("b"))).contains(of("a"));
    assertThat(lease.current(site)).contains(of("a"));
    assertThat(lease.take(new SiteName("bucket", "other/"), of("b"))).isEmpty();
  }

  @Test
  void theItemSaysWhoHasItUntilWhen() {
    lease.take(site, of("a"));
    String end = Long.toString(NOW.getEpochSecond() + 7200 + 900);

    assertThat(
            server
                .client()
                .getItem(
                    b ->
                        b.tableName(TABLE).key(Map.of("pk", AttributeValue.fromS("lease#" + site))))
                .item())
        .isEqualTo(
            Map.of(
                "pk", AttributeValue.fromS("lease#bucket/" + site.prefix()),
                "holder", AttributeValue.fromS("arn:a"),
                "run", AttributeValue.fromS("a"),
                "taken", AttributeValue.fromS("2026-01-01T00:00:00Z"),
                "expires", AttributeValue.fromN(end),
                "ttl", AttributeValue.fromN(end)));
  }

  @Test
  void theHolderTakesItAgainAfterARetry() {
    lease.take(site, of("a"));

    assertThat(lease.take(site, of("a"))).isEmpty();
    assertThat(lease.current(site)).contains(of("a"));
  }

  @Test
  void anExpiredLeaseIsFreeEvenIfItIsStillThere() {
    lease.take(site, of("a"));
    Instant end = NOW.plusSeconds(7200 + 900);

    assertThat(at(end.minusSeconds(1)).take(site, of("b"))).contains(of("a"));
    assertThat(at(end).current(site)).isEmpty();
    assertThat(at(end).take(site, of("b"))).isEmpty();
  }

  @Test
  void onlyTheHolderReleasesIt() {
    lease.take(site, of("a"));

    assertThat(lease.release(site, "arn:b")).isFalse();
    assertThat(lease.current(site)).contains(of("a"));
    assertThat(lease.release(site, "arn:a")).isTrue();
    assertThat(lease.release(site, "arn:a")).isFalse();
    assertThat(lease.current(site)).isEmpty();
  }

  @Test
  void whilstItsHolderPublishesAReleasedLeaseHoldsUntilThatHasEndedForCertain() {
    lease.take(site, of("a"));
    Instant until = NOW.plusSeconds(300).plusMillis(1);
    Instant free = NOW.plusSeconds(301);
    assertThat(lease.beginPublishing(site, "arn:a", until)).isTrue();

    assertThat(lease.release(site, "arn:a")).isTrue();

    Lease left = lease.current(site).orElseThrow();
    assertThat(left.run()).isEqualTo("a");
    assertThat(left.expires()).isEqualTo(free);
    assertThat(at(free.minusMillis(1)).take(site, of("b"))).contains(left);
    assertThat(lease.beginPublishing(site, "arn:a", free.plusSeconds(1)))
        .as("a repeat that would end later")
        .isFalse();
    assertThat(at(free).take(site, of("b"))).isEmpty();
  }

  @Test
  void aHolderThatHasPublishedReleasesAtOnce() {
    lease.take(site, of("a"));
    lease.beginPublishing(site, "arn:a", NOW.plusSeconds(300));
    lease.endPublishing(site, "arn:b");
    lease.release(site, "arn:a");
    assertThat(lease.current(site)).as("ended by another").isPresent();

    lease.endPublishing(site, "arn:a");
    assertThat(lease.release(site, "arn:a")).isTrue();
    assertThat(lease.current(site)).isEmpty();
    assertThat(lease.take(site, of("b"))).isEmpty();
    assertThat(lease.release(site, "arn:b")).isTrue();
    assertThat(lease.current(site)).as("nothing is left of the first one's note").isEmpty();
  }

  @Test
  void nobodyPublishesWhoDoesNotHaveTheLeaseForLongEnough() {
    Instant end = NOW.plusSeconds(7200 + 900);
    assertThat(lease.beginPublishing(site, "arn:a", NOW)).as("a free site").isFalse();
    assertThat(lease.current(site)).isEmpty();
    lease.take(site, of("a"));

    assertThat(lease.beginPublishing(site, "arn:b", NOW.plusSeconds(1))).isFalse();
    assertThat(lease.beginPublishing(site, "arn:a", end.plusMillis(1))).isFalse();
    assertThat(lease.beginPublishing(site, "arn:a", end)).isTrue();
    lease.endPublishing(site, "arn:a");
    lease.release(site, "arn:a");
    assertThat(lease.beginPublishing(site, "arn:a", NOW.plusSeconds(1)))
        .as("after it was released")
        .isFalse();
  }

  @Test
  void aTableThatIsNotThereIsNamed() {
    assertThatThrownBy(
            () ->
                new DynamoDbSiteLease(server.client(), "gone", Clock.systemUTC())
                    .take(site, of("a")))
        .isInstanceOf(RefusedException.class)
        .hasMessage("There is no table gone for the site's lease.");
  }

  @Test
  void aLeaseThatCannotBeReadIsARefusalThatSaysWhatToDo() {
    server
        .client()
        .putItem(
            b ->
                b.tableName(TABLE)
                    .item(
                        Map.of(
                            "pk", AttributeValue.fromS("lease#" + site),
                            "expires", AttributeValue.fromS("soon"))));

    assertThatThrownBy(() -> lease.current(site))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("remove the item lease#" + site);
  }

  @Test
  void ofManyAtTheSameTimeExactlyOneTakesIt() throws Exception {
    CyclicBarrier together = new CyclicBarrier(THREADS);
    for (int round = 0; round < 20; round++) {
      SiteName contested = new SiteName("bucket", site.prefix() + round);
      List<Optional<Lease>> answers =
          inThreads(
              thread -> {
                together.await();
                return lease.take(contested, of("run-" + thread));
              });

      Lease winner = lease.current(contested).orElseThrow();
      assertThat(answers).filteredOn(Optional::isEmpty).hasSize(1);
      assertThat(answers.get(Integer.parseInt(winner.run().substring(4)))).isEmpty();
      assertThat(answers).filteredOn(Optional::isPresent).allMatch(o -> o.get().equals(winner));
    }
  }

  @Test
  void thereAreNeverTwoHolders() throws Exception {
    AtomicInteger holders = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Integer> turns =
        inThreads(
            thread -> {
              int taken = 0;
              for (int attempt = 0; attempt < 40; attempt++) {
                if (takes("run-" + thread)) {
                  taken++;
                  most.accumulateAndGet(holders.incrementAndGet(), Math::max);
                  holders.decrementAndGet();
                  lease.release(site, "arn:run-" + thread);
                }
              }
              return taken;
            });

    assertThat(turns.stream().mapToInt(Integer::intValue).sum()).isPositive();
    assertThat(most).hasValue(1);
  }

  /** Whether a run has the lease now; one that others hand on too quickly is theirs. */
  private boolean takes(String run) {
    try {
      return lease.take(site, of(run)).isEmpty();
    } catch (TransientFailure e) {
      assertThat(e).hasMessageContaining("changes hands too quickly");
      return false;
    }
  }

  private interface InThread<T> {
    T run(int thread) throws Exception;
  }

  private static <T> List<T> inThreads(InThread<T> code) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<T>> answers =
          IntStream.range(0, THREADS)
              .mapToObj(thread -> threads.submit(() -> code.run(thread)))
              .toList();
      List<T> all = new ArrayList<>();
      for (Future<T> answer : answers) {
        all.add(answer.get());
      }
      return all;
    } finally {
      threads.shutdownNow();
    }
  }
}
