package quickpage.index.embedded.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import quickpage.index.embedded.aws.EmbeddedDynamoDb;
import quickpage.index.lease.DynamoDbPendingUploads;
import quickpage.index.lease.EndedRun;
import quickpage.index.lease.PendingUploads;
import quickpage.index.lease.RunOutcome;
import quickpage.index.lease.SiteName;
import quickpage.index.model.DatasetVersion;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class PendingUploadsStoreIT {

  private static final Instant T = Instant.parse("2026-01-01T00:00:00.123Z");
  private static final String TABLE = "facts";

  private static EmbeddedDynamoDb server;
  private static int sites;

  private final SiteName site = new SiteName("bucket", "site-" + sites++);
  private final DynamoDbPendingUploads pendingUploads =
      new DynamoDbPendingUploads(server.client(), TABLE);

  @BeforeAll
  static void start() throws IOException {
    server = EmbeddedDynamoDb.start();
    server.createTable(TABLE);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private Map<String, AttributeValue> item() {
    return server
        .client()
        .getItem(b -> b.tableName(TABLE).key(Map.of("pk", AttributeValue.fromS("uploads#" + site))))
        .item();
  }

  @Test
  void whatIsWrittenIsReadAndWhatIsRemovedIsGone() {
    assertThat(pendingUploads.read(site)).isEqualTo(PendingUploads.NONE);
    PendingUploads full =
        PendingUploads.NONE
            .listing("by-a-person", T)
            .ended(
                new EndedRun("by-a-person", true),
                new RunOutcome.Published(new DatasetVersion("cns:v1", "5a3f", "2026-01-01")),
                T)
            .changed(T.plusSeconds(5))
            .listing("upload-w", T.plusSeconds(6))
            .ended(new EndedRun("upload-w", true), RunOutcome.later("Away."), T.plusSeconds(7))
            .listing("another-person", T.plusSeconds(8))
            .changed(T.plusSeconds(20))
            .claimed("upload-x")
            .recheckSent(T.plusSeconds(30))
            .hold("by somebody");

    assertThat(pendingUploads.update(site, seen -> full)).isEqualTo(full);
    assertThat(pendingUploads.read(site)).isEqualTo(full);
    assertThat(item().keySet())
        .containsExactlyInAnyOrder(
            "pk",
            "firstChange",
            "lastChange",
            "seenUntil",
            "starting",
            "tickDue",
            "held",
            "datasetEdit",
            "waitingSince",
            "listingRun",
            "listingSince",
            "listed",
            "failedRun");
    assertThat(item().get("firstChange").n())
        .isEqualTo(Long.toString(T.plusSeconds(20).toEpochMilli()));

    pendingUploads.update(site, seen -> PendingUploads.NONE);
    assertThat(pendingUploads.read(site)).isEqualTo(PendingUploads.NONE);
  }

  @Test
  void whyARunIsNotTriedAgainAtOnceIsKept() {
    for (RunOutcome.Failed how :
        List.of(RunOutcome.later("Away."), RunOutcome.person("The token is wrong."))) {
      PendingUploads failed =
          PendingUploads.NONE
              .listing("upload-w", T)
              .ended(new EndedRun("upload-w", true), how, T.plusSeconds(1));
      assertThat(pendingUploads.update(site, seen -> failed)).isEqualTo(failed);
      assertThat(pendingUploads.read(site)).isEqualTo(failed);
    }
  }

  @Test
  void nothingIsWrittenOverWhatTheCallerHasNotSeen() {
    PendingUploads seen = pendingUploads.read(site);
    pendingUploads.update(site, now -> now.changed(T));

    assertThat(pendingUploads.replace(site, seen, seen.hold("by somebody"))).isFalse();
    assertThat(pendingUploads.read(site)).isEqualTo(PendingUploads.NONE.changed(T));
    assertThat(
            pendingUploads.replace(
                site, pendingUploads.read(site), PendingUploads.NONE.hold("by somebody")))
        .isTrue();
  }

  @Test
  void attributesOfALaterVersionStay() {
    server
        .client()
        .putItem(
            b ->
                b.tableName(TABLE)
                    .item(
                        Map.of(
                            "pk", AttributeValue.fromS("uploads#" + site),
                            "later", AttributeValue.fromS("x"))));
    pendingUploads.update(site, seen -> seen.changed(T));

    assertThat(item().get("later").s()).isEqualTo("x");
  }

  @Test
  void manyWriteAtTheSameTimeAndNothingIsLost() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    AtomicInteger claims = new AtomicInteger();
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        int second = i;
        all.add(
            threads.submit(
                () -> pendingUploads.update(site, seen -> seen.changed(T.plusSeconds(second)))));
      }
      for (Future<?> one : all) {
        one.get();
      }
      PendingUploads pending = pendingUploads.read(site);
      assertThat(pending.changes().first()).isEqualTo(T);
      assertThat(pending.changes().last()).isEqualTo(T.plusSeconds(39));

      all.clear();
      for (int i = 0; i < 8; i++) {
        String name = "upload-" + i;
        all.add(
            threads.submit(
                () -> {
                  if (pendingUploads.replace(site, pending, pending.claimed(name))) {
                    claims.incrementAndGet();
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(claims).as("who claims the start").hasValue(1);
  }
}
