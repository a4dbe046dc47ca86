package quickpage.index.embedded.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quickpage.index.embedded.aws.EmbeddedDynamoDb;
import quickpage.index.embedded.site.S3;
import quickpage.index.embedded.site.WatchedStore;
import quickpage.index.error.RefusedException;
import quickpage.index.lease.DynamoDbSiteLease;
import quickpage.index.lease.Lease;
import quickpage.index.lease.SiteLease;
import quickpage.index.lease.SiteName;
import quickpage.index.site.publish.Publications;
import quickpage.index.site.publish.Publications.Release;
import quickpage.index.site.store.Content;
import quickpage.index.stack.LeasedRollback;

class LeasedRollbackIT {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String TABLE = "facts";

  private static EmbeddedDynamoDb server;
  private static int sites;

  @TempDir private Path buckets;
  private S3 s3;
  private WatchedStore store;
  private final SettableClock clock = new SettableClock();
  private final SiteName site = new SiteName("site", "site-" + sites++);
  private SiteLease lease;

  @BeforeAll
  static void startTable() throws IOException {
    server = EmbeddedDynamoDb.start();
    server.createTable(TABLE);
  }

  @AfterAll
  static void stopTable() throws IOException {
    server.close();
  }

  @BeforeEach
  void start() throws IOException {
    s3 = new S3(buckets);
    store = new WatchedStore(s3.store());
    lease = new DynamoDbSiteLease(server.client(), TABLE, clock);
    publish("a");
    publish("b");
  }

  @AfterEach
  void stop() throws IOException {
    s3.close();
  }

  /** The clock that all agree on. */
  private static final class SettableClock extends Clock {
    private Instant now = NOW;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private static Content text(String text) {
    return Content.fixedName(text.getBytes(StandardCharsets.UTF_8), "text/html; charset=utf-8");
  }

  private void publish(String name) {
    Publications publications = Publications.of(s3.store(), site.prefix());
    publications.publish(
        new Release(
            "run-" + name,
            NOW.toString(),
            Map.of(),
            Map.of("data/index.json", text("index " + name)),
            "types.html",
            text("page " + name)),
        publications.pageSeen("types.html"));
  }

  private LeasedRollback rollback() {
    return new LeasedRollback(lease, site, store, clock);
  }

  private Path page() {
    return s3.folder().resolve(site.prefix() + "types.html");
  }

  private static Lease of(String run, Instant now) {
    return new Lease("arn:" + run, run, now, now.plus(Duration.ofHours(1)));
  }

  @Test
  void theLeaseIsHeldUntilAllIsDoneAndThenFree() {
    rollback()
        .run(
            "user/me",
            null,
            done ->
                assertThat(lease.current(site).orElseThrow().run())
                    .isEqualTo("rollback by user/me at 2026-01-01T00:00:00Z"));

    assertThat(page()).hasContent("page a");
    assertThat(lease.current(site)).isEmpty();
  }

  @Test
  void aRunThatIsAtWorkIsNamedAndNothingIsRolledBack() {
    lease.take(site, of("other", NOW));

    assertThatThrownBy(() -> rollback().run("user/me", null, done -> {}))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("Nothing was rolled back: other is at work on s3://site/");
    assertThat(page()).hasContent("page b");
  }

  @Test
  void twoRollbacksOfOnePersonInOneSecondAreTwoHolders() {
    rollback()
        .run(
            "user/me",
            null,
            done ->
                assertThatThrownBy(() -> rollback().run("user/me", null, again -> {}))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining(
                        "rollback by user/me at 2026-01-01T00:00:00Z is at work"));
  }

  @Test
  void whileItPublishesNobodyGetsTheSiteEvenIfTheLeaseIsReleasedForIt() {
    store.meanwhile =
        () -> {
          String holder = lease.current(site).orElseThrow().holder();
          lease.release(site, holder);
          assertThat(lease.take(site, of("other", NOW))).isPresent();
        };

    rollback().run("user/me", null, done -> {});

    assertThat(page()).hasContent("page a");
    assertThat(lease.current(site)).isEmpty();
  }

  @Test
  void oneThatSleptUntilARunHadTheSiteChangesNothingOfIt() {
    store.meanwhile =
        () -> {
          store.meanwhile = () -> {};
          clock.now = NOW.plus(Duration.ofHours(8));
          assertThat(lease.take(site, of("run-c", clock.now))).isEmpty();
          publish("c");
        };

    assertThatThrownBy(() -> rollback().run("user/me", null, done -> {}))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("has lost the lease of s3://site/");

    assertThat(page()).hasContent("page c");
    assertThat(lease.current(site).orElseThrow().run()).as("the run's stays").isEqualTo("run-c");
  }

  @Test
  void oneThatSleptBeyondItsTimeStopsThoughNobodyTookTheSite() {
    store.meanwhile =
        () -> {
          store.meanwhile = () -> {};
          clock.now = NOW.plus(Duration.ofMinutes(4)).plusSeconds(31);
        };

    assertThatThrownBy(() -> rollback().run("user/me", null, done -> {}))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("took too long");

    assertThat(page()).hasContent("page b");
    assertThat(lease.current(site)).as("given back all the same").isEmpty();
  }

  @Test
  void aRollbackThatFailsGivesTheLeaseBack() {
    s3.put(site.prefix() + "types.html", "somebody's");

    assertThatThrownBy(() -> rollback().run("user/me", null, done -> {}))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("was changed by somebody else");

    assertThat(lease.current(site)).isEmpty();
  }
}
