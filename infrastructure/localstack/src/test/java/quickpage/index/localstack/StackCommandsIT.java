package quickpage.index.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import quickpage.index.cache.DynamoDbFactCache;
import quickpage.index.json.Json;
import quickpage.index.lease.DynamoDbPendingUploads;
import quickpage.index.lease.DynamoDbSiteLease;
import quickpage.index.lease.EndedRun;
import quickpage.index.lease.Lease;
import quickpage.index.lease.PendingUploads;
import quickpage.index.lease.RunOutcome;
import quickpage.index.lease.SiteLease;
import quickpage.index.lease.SiteName;
import quickpage.index.localstack.CommandLine.Ended;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.Remedy;
import quickpage.index.site.publish.Publications;
import quickpage.index.site.store.Content;
import quickpage.index.site.store.ObjectStore;
import quickpage.index.site.store.S3ObjectStore;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;

/** The commands for a stack, as processes, against a small stack in a LocalStack. */
@NeedsLocalStack
class StackCommandsIT {

  private static final String PREFIX = "male-cns/";

  private static SmallStack stack;

  @BeforeAll
  static void deploy() {
    stack = SmallStack.deployed(PREFIX);
    stack.write("items.json", Json.MAPPER.valueToTree(List.of(1, 2, 3, 4, 5, 6)).toString());
  }

  @AfterAll
  static void remove() {
    if (stack != null) {
      stack.close();
    }
  }

  private static Ended command(String... words) {
    return CommandLine.run(stack.environment(), List.of(words));
  }

  private static Ended command(String words) {
    return command((words + " --stack " + stack.name()).split(" "));
  }

  private static JsonNode json(Ended ended) throws Exception {
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    return Json.MAPPER.readTree(ended.out());
  }

  @Test
  void startsARunWithTheOptionsThatWereGiven() throws Exception {
    JsonNode started =
        json(
            command(
                "start --json --roi-threshold 2.5 --no-roi-analysis --dataset nowhere --index-file"
                    + " all.html"));

    JsonNode input = Json.MAPPER.readTree(stack.inputOf(started.path("execution").asText()));
    assertThat(input.at("/neuprint/dataset").asText()).isEqualTo("nowhere");
    assertThat(input.path("options"))
        .isEqualTo(
            Json.MAPPER.readTree(
                "{\"roiAnalysis\":false,\"roiThreshold\":2.5,\"indexFile\":\"all.html\"}"));
  }

  @Test
  void followsARunToItsSummaryInPlainLinesWhereThereIsNoTerminal() {
    Ended ended = command("start --watch");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.err())
        .containsSubsequence("Indexing …", "of 6 batches", "6 of 6 batches", "Composing …");
    assertThat(ended.out())
        .contains(
            "Index:    s3://%s/%stypes.html".formatted(stack.bucket(), PREFIX),
            "Types:    7 (5 described, 1 without neurons, 0 not asked, 1 unavailable); 23 more");
  }

  @Test
  void failsWithTheCauseOfAFailedRun() {
    Ended ended = command("start --watch --run fails --dataset nowhere");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).contains("There is no dataset nowhere at this server.");
    assertThat(ended.out()).isEmpty();

    Ended again = command("start --run fails");
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err()).contains("There was a run fails before");

    Ended report = command("report --run fails");
    assertThat(report.exitCode()).isEqualTo(1);
    assertThat(report.err())
        .contains("ended before it had anything to report: There is no")
        .doesNotContain("Uploads");

    DynamoDbPendingUploads uploads = new DynamoDbPendingUploads(stack.dynamoDb(), stack.table());
    SiteName site = new SiteName(stack.bucket(), PREFIX);
    Instant uploaded = Instant.parse("2026-01-02T03:04:05Z");
    uploads.update(
        site,
        seen ->
            seen.changed(uploaded)
                .ended(
                    new EndedRun("upload-1", true),
                    new RunOutcome.Failed(Remedy.PERSON, "The token is wrong."),
                    uploaded.plusSeconds(60)));
    try {
      assertThat(command("report --run fails").err())
          .contains("Uploads since 2026-01-02T03:04:05Z wait for a person: The token is wrong.");
    } finally {
      uploads.update(site, seen -> PendingUploads.NONE);
    }
  }

  @Test
  void saysThatARunWasStoppedByHand() throws Exception {
    String execution = json(command("start --json --run stopped")).path("execution").asText();
    stack.stop(execution, "wrong pages");

    Ended ended = command("watch --run stopped --json");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(Json.MAPPER.readTree(ended.out()).path("failure").asText())
        .startsWith("The run stopped was stopped by hand");
  }

  @Test
  void showsTheReportOfARunWithWhatHasNoPageOrNoType() throws Exception {
    json(command("start --json --run with-report --dataset nowhere"));
    stack.write(
        PREFIX + ".quickpage-index/runs/with-report/report.json",
        SmallStack.resource("report.json"));

    Ended ended = command("report --run with-report");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.out())
        .contains(
            "about 0.0178 USD, at list prices of 2025-06",
            "LC10a: its ROIs cannot be read",
            "Pages without a type (2):",
            "Old2_L.html",
            "Types without a page (23):",
            "T20",
            "… and 3 more (--all)")
        .doesNotContain("T21");
    assertThat(command("report --run with-report --all").out()).contains("T23");
    assertThat(json(command("report --run with-report --json")))
        .isEqualTo(Json.MAPPER.readTree(SmallStack.resource("report.json")));
  }

  @Test
  void saysThatThereIsNoRunOfAName() {
    Ended ended = command("watch --run unheard-of");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("has no run unheard-of").doesNotContain("Exception");
  }

  @Test
  void saysWhatABucketStillNeedsUntilNothingIsMissing() throws Exception {
    Ended bare = command("start --check");

    assertThat(bare.exitCode()).isEqualTo(1);
    assertThat(bare.out())
        .contains(
            "put-bucket-versioning",
            "put-bucket-notification-configuration",
            "put-bucket-lifecycle-configuration",
            "put-bucket-policy",
            PREFIX + ".quickpage-index/runs/");

    settle();

    Ended settled = command("start --check");
    assertThat(settled.out()).contains("has all that a site needs");
    assertThat(settled.exitCode()).isZero();
  }

  private static void settle() {
    String bucket = stack.bucket();
    var s3 = stack.s3();
    s3.putBucketVersioning(
        b ->
            b.bucket(bucket)
                .versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
    s3.putPublicAccessBlock(
        b ->
            b.bucket(bucket)
                .publicAccessBlockConfiguration(
                    p ->
                        p.blockPublicAcls(true)
                            .blockPublicPolicy(true)
                            .ignorePublicAcls(true)
                            .restrictPublicBuckets(true)));
    s3.putBucketNotificationConfiguration(
        b -> b.bucket(bucket).notificationConfiguration(n -> n.eventBridgeConfiguration(e -> {})));
    s3.putBucketLifecycleConfiguration(
        b ->
            b.bucket(bucket)
                .lifecycleConfiguration(
                    l ->
                        l.rules(
                            LifecycleRule.builder()
                                .id("runs")
                                .status(ExpirationStatus.ENABLED)
                                .filter(f -> f.prefix(PREFIX + ".quickpage-index/runs/"))
                                .expiration(e -> e.days(14))
                                .build())));
    s3.putBucketPolicy(
        b ->
            b.bucket(bucket)
                .policy(
                    """
                    {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*",
                      "Action": "s3:*", "Resource": ["arn:aws:s3:::BUCKET", "arn:aws:s3:::BUCKET/*"],
                      "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}
                    """
                        .replace("BUCKET", bucket)));
  }

  @Test
  void holdsUploadsAndWakesTheQueueWhenItLetsThemGo() {
    Ended held = command("hold", "--stack", stack.name(), "--reason", "pages are rewritten");

    assertThat(held.exitCode()).as(held.err()).isZero();
    assertThat(stack.item("uploads#%s/%s".formatted(stack.bucket(), PREFIX)).get("held").s())
        .endsWith(": pages are rewritten");

    Ended resumed = command("resume");

    assertThat(resumed.out()).contains("it was held by", "pages are rewritten");
    assertThat(stack.item("uploads#%s/%s".formatted(stack.bucket(), PREFIX)))
        .doesNotContainKey("held");
    assertThat(stack.messages()).contains("{\"kind\":\"resume\"}");
    assertThat(command("resume").out()).contains("Nothing was held");
  }

  @Test
  void goesBackToThePreviousIndexUnlessARunIsAtWork() {
    ObjectStore site = new S3ObjectStore(stack.s3(), stack.bucket());
    for (String run : List.of("first", "second")) {
      Publications.of(site, PREFIX)
          .publish(
              new Publications.Release(
                  run,
                  "2026-01-01T00:00:00Z",
                  Map.of(),
                  Map.of(),
                  "types.html",
                  Content.fixedName(run.getBytes(StandardCharsets.UTF_8), "text/html")),
              site.etag(PREFIX + "types.html"));
    }
    assertThat(command("sync-excludes").out().lines())
        .containsExactly(
            "--exclude '.quickpage-index/*'",
            "--exclude 'static/index/*'",
            "--exclude 'quickpage-index.json'",
            "--exclude 'quickpage-index-references.csv'",
            "--exclude 'types.html'");
    SiteName name = new SiteName(stack.bucket(), PREFIX);
    SiteLease lease = new DynamoDbSiteLease(stack.dynamoDb(), stack.table(), Clock.systemUTC());
    Instant now = Instant.now();
    assertThat(lease.take(name, new Lease("arn:other", "other-run", now, now.plusSeconds(600))))
        .isEmpty();

    Ended met = command("rollback");
    assertThat(met.exitCode()).isEqualTo(1);
    assertThat(met.err()).contains("other-run is at work");
    assertThat(stack.read(PREFIX + "types.html")).isEqualTo("second");

    lease.release(name, "arn:other");
    Ended back = command("rollback");
    assertThat(back.exitCode()).as(back.err()).isZero();
    assertThat(back.out()).contains("Readers see publication 1 (first, ");
    assertThat(stack.read(PREFIX + "types.html")).isEqualTo("first");
    assertThat(lease.current(name)).isEmpty();
    assertThat(command("resume").out()).contains("it was held by", "rollback to publication 1");
  }

  @Test
  void looksAfterTheCacheAndLeavesTheLeaseAlone() throws Exception {
    var cache = new DynamoDbFactCache(stack.dynamoDb(), stack.table(), Clock.systemUTC());
    cache.write(
        new DatasetVersion("male-cns:v0.9", "ab12", "2026-01-02"),
        List.of(SmallStack.facts("LC10a"), SmallStack.facts("Tm3")),
        Duration.ofHours(1));
    Map<String, AttributeValue> lease =
        Map.of(
            "pk", AttributeValue.fromS("lease#elsewhere/"), "holder", AttributeValue.fromS("me"));
    stack.dynamoDb().putItem(b -> b.tableName(stack.table()).item(lease));

    assertThat(json(command("cache stats --json")).at("/kept/0/types").asInt()).isEqualTo(2);
    assertThat(command("cache clear --type Tm3").out()).contains("Removed 1 types from the stack");
    assertThat(json(command("cache clear --json")).path("removed").asInt()).isEqualTo(1);
    assertThat(stack.item("lease#elsewhere/")).isEqualTo(lease);
  }

  @Test
  void namesAStackThatIsNotThereOrNotOurs() {
    String missing = "no-such-" + UUID.randomUUID();
    Ended none = command("watch", "--stack", missing);
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("There is no stack " + missing).doesNotContain("Exception");

    try (SmallStack foreign = SmallStack.foreign()) {
      Ended notOurs = command("report", "--stack", foreign.name());
      assertThat(notOurs.exitCode()).isEqualTo(2);
      assertThat(notOurs.err()).contains("is not a deployment of quickpage-index");
    }
  }
}
