package quickpage.index.embedded.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quickpage.index.cache.FactCache;
import quickpage.index.compose.ComposeIndex;
import quickpage.index.compose.ComposeRequest;
import quickpage.index.embedded.aws.EmbeddedDynamoDb;
import quickpage.index.embedded.site.S3;
import quickpage.index.embedded.site.WatchedStore;
import quickpage.index.error.RefusedException;
import quickpage.index.finish.FinishRequest;
import quickpage.index.finish.FinishRun;
import quickpage.index.finish.FunctionMemory;
import quickpage.index.json.Json;
import quickpage.index.lease.DynamoDbPendingUploads;
import quickpage.index.lease.DynamoDbSiteLease;
import quickpage.index.lease.Executions;
import quickpage.index.lease.LeaseRunCoordination;
import quickpage.index.lease.PendingUploads;
import quickpage.index.lease.QueueMessage;
import quickpage.index.lease.RunCoordination;
import quickpage.index.lease.SiteCoordination;
import quickpage.index.lease.SiteName;
import quickpage.index.model.Remedy;
import quickpage.index.model.run.ComposeResult;
import quickpage.index.model.run.Execution;
import quickpage.index.model.run.PlanResult;
import quickpage.index.plan.PlanRequest;
import quickpage.index.plan.PlanRun;
import quickpage.index.site.store.ObjectStore;
import quickpage.index.site.store.S3ObjectStore;
import quickpage.index.site.store.SiteStores;
import quickpage.index.start.ReceivedMessage;
import quickpage.index.start.SiteNow;
import quickpage.index.start.StartRun;
import quickpage.index.start.StartSettings;

/** Runs of one site that get in each other's way, over a real S3 and a real DynamoDB. */
class TwoRunsIT {

  private static final SiteName SITE = new SiteName("site", "");
  private static final String MACHINE = "arn:aws:states:eu-central-1:1:stateMachine:index";

  private static final Duration FUNCTION_LIMIT = Duration.ofMinutes(15);

  @TempDir private Path buckets;
  private Path folder;
  private S3 s3;
  private EmbeddedDynamoDb dynamoDb;
  private SiteCoordination coordination;
  private PlanRun plan;
  private ComposeIndex compose;
  private FinishRun finish;
  private StartRun start;
  private final List<QueueMessage> sent = new ArrayList<>();
  private final List<String> started = new ArrayList<>();

  /** What happens when a run is about to switch the page. */
  private Runnable beforeThePage = () -> {};

  @BeforeEach
  void deploy() throws IOException {
    s3 = new S3(buckets);
    folder = s3.folder();
    dynamoDb = EmbeddedDynamoDb.start();
    dynamoDb.createTable("facts");
    Clock clock = Clock.systemUTC();
    Function<String, ObjectStore> stores =
        bucket -> new S3ObjectStore(s3.server().client(), bucket);
    coordination =
        new SiteCoordination(
            new DynamoDbSiteLease(dynamoDb.client(), "facts", clock),
            new DynamoDbPendingUploads(dynamoDb.client(), "facts"),
            (message, delay) -> sent.add(message));
    RunCoordination runCoordination = new LeaseRunCoordination(coordination, clock);
    plan =
        new PlanRun(
            SiteStores.of(stores),
            (deadline, address) -> {
              throw new AssertionError("NeuPrint is asked nothing");
            },
            FactCache.NONE,
            runCoordination,
            clock);
    compose =
        new ComposeIndex(
            SiteStores.of(
                bucket -> {
                  WatchedStore store = new WatchedStore(stores.apply(bucket));
                  store.meanwhile = () -> beforeThePage.run();
                  return store;
                }),
            runCoordination,
            clock);
    finish = new FinishRun(stores, runCoordination, FunctionMemory.NONE, clock);
    start =
        new StartRun(
            new StartSettings(SITE, MACHINE, Duration.ofSeconds(60)),
            coordination,
            new Executions() {
              @Override
              public Start start(String name) {
                started.add(name);
                return Start.AT_WORK;
              }

              @Override
              public Seen look(String name) {
                throw new AssertionError("a run that was started just now is not looked at");
              }
            },
            new SiteNow() {
              @Override
              public Set<String> paths() {
                return Set.of();
              }

              @Override
              public Set<String> damaged(Set<String> paths) {
                throw new AssertionError("no file of an index was removed");
              }

              @Override
              public String pages() {
                throw new AssertionError("no version of a page was removed");
              }
            },
            deadline -> {
              throw new AssertionError("NeuPrint is asked nothing");
            },
            uploads -> {},
            clock);
    Files.createDirectories(folder.resolve("types"));
    Files.writeString(folder.resolve("types/A.html"), "A");
  }

  @AfterEach
  void stop() throws IOException {
    s3.close();
    dynamoDb.close();
  }

  private static Execution execution(String name) {
    return new Execution(
        MACHINE.replace("stateMachine", "execution") + ":" + name, name, Instant.now().toString());
  }

  private PlanResult plan(Execution execution) throws IOException {
    JsonNode request =
        Json.MAPPER.readTree(
            """
            {"input": {"options": {"roiAnalysis": false}}, "execution": %s,
             "defaults": {"server": "https://s", "bucket": "site", "quietSeconds": "60"}}\
            """
                .formatted(Json.MAPPER.writeValueAsString(execution)));
    return plan.run(Json.convert(request, PlanRequest.class), Instant.MAX);
  }

  private ComposeResult compose(PlanResult planned, Execution execution) {
    return compose.run(
        new ComposeRequest(planned.run(), planned.bucket(), planned.prefix(), execution),
        Instant.now().plus(FUNCTION_LIMIT));
  }

  private void finish(Execution execution, PlanResult planned, ComposeResult composed) {
    finish(execution, planned, composed, null);
  }

  private void finish(
      Execution execution, PlanResult planned, ComposeResult composed, FinishRequest.Caught error) {
    var defaults = new FinishRequest.Defaults("site", "", "stack", "");
    assertThat(finish.run(new FinishRequest(execution, planned, composed, error, defaults)))
        .isNotNull();
  }

  private void hears(String status, Execution execution) {
    hears(
        """
        {"detail-type": "Step Functions Execution Status Change",
         "detail": {"executionArn": "%s", "stateMachineArn": "%s", "status": "%s"}}\
        """
            .formatted(execution.id(), MACHINE, status));
  }

  private void receives(QueueMessage message) {
    hears(new String(Json.bytes(message), StandardCharsets.UTF_8));
  }

  private void hears(String message) {
    assertThat(start.run(List.of(new ReceivedMessage("m", message)), Instant.now())).isEmpty();
  }

  @Test
  void aSecondRunIsRefusedNamingTheFirstUntilThatHasFinished() throws IOException {
    Execution first = execution("first");
    Execution second = execution("second");
    PlanResult planned = plan(first);

    assertThatThrownBy(() -> plan(second))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("Another run is at work on s3://site/: first, ");
    finish(second, PlanResult.refused("refused", Remedy.LATER), null);
    assertThat(coordination.lease().current(SITE)).as("not the second's to release").isPresent();

    finish(first, planned, compose(planned, first));
    assertThat(coordination.lease().current(SITE)).isEmpty();
    assertThat(plan(second).failure()).isNull();
  }

  @Test
  void aRunWhoseLeaseWentToAnotherPublishesNothing() throws IOException {
    Execution stopped = execution("stopped");
    Execution next = execution("next");
    PlanResult late = plan(stopped);
    hears("ABORTED", stopped);
    PlanResult planned = plan(next);

    assertThat(compose(late, stopped).failure())
        .isEqualTo(
            "This run has lost the lease of s3://site/ to next, so it publishes nothing: start it"
                + " again.");
    assertThat(folder.resolve("types.html")).doesNotExist();
    assertThat(compose(planned, next).publication()).isEqualTo(1);
    assertThat(sent).containsExactly(QueueMessage.ended(stopped.id(), "ABORTED"));
  }

  @Test
  void aRunThatIsStoppedWhileItPublishesKeepsOthersAwayUntilItsFunctionHasEnded()
      throws IOException {
    Execution stopped = execution("stopped");
    PlanResult planned = plan(stopped);
    Instant longAgo = Instant.now().minusSeconds(3600);
    coordination.pendingUploads().update(SITE, seen -> seen.changed(longAgo));
    beforeThePage = () -> hears("ABORTED", stopped);
    assertThat(compose(planned, stopped).publication()).isEqualTo(1);
    beforeThePage = () -> {};

    assertThatThrownBy(() -> plan(execution("next")))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("Another run is at work on s3://site/: stopped, ");
    assertThat(sent)
        .extracting(QueueMessage::kind)
        .containsExactly(QueueMessage.ENDED, QueueMessage.RECHECK);
    assertThat(started).isEmpty();

    // The message that comes two minutes later finds that it has published.
    coordination.pendingUploads().update(SITE, seen -> PendingUploads.NONE.changed(longAgo));
    receives(QueueMessage.ended(stopped.id(), "ABORTED"));
    assertThat(coordination.lease().current(SITE)).isEmpty();
    assertThat(started).hasSize(1);
    assertThat(plan(execution("next")).failure()).isNull();
  }

  @Test
  void aRunThatFailedBeforeItsPlanAnsweredGivesTheLeaseBack() throws IOException {
    Execution execution = execution("crashed");
    plan(execution);
    finish(execution, null, null);

    assertThat(coordination.lease().current(SITE)).isEmpty();
  }

  @Test
  void anExecutionThatTimedOutFreesItsLease() throws IOException {
    Execution execution = execution("endless");
    plan(execution);
    hears("TIMED_OUT", execution);
    hears("TIMED_OUT", execution);

    assertThat(coordination.lease().current(SITE)).isEmpty();
  }

  @Test
  void whatIsUploadedWhileARunWorksIsHeardOfAtItsEnd() throws IOException {
    Execution execution = execution("first");
    PlanResult planned = plan(execution);
    coordination.pendingUploads().update(SITE, seen -> seen.changed(Instant.now()));
    finish(execution, planned, compose(planned, execution));
    finish(execution, planned, compose(planned, execution));

    assertThat(sent).containsOnly(QueueMessage.finished());
  }

  @Test
  void aRunByUploadsInWhichAStageBrokeOffIsTriedAgainLater() throws IOException {
    FinishRequest.Caught error = new FinishRequest.Caught("Sandbox.Timedout", "after 900 s");
    Execution execution = execution("upload-20260101T000000000Z");
    PlanResult planned = plan(execution);
    finish(execution, planned, null, error);
    finish(execution, planned, null, error);

    PendingUploads pendingUploads = coordination.pendingUploads().read(SITE);
    assertThat(pendingUploads.pending()).isTrue();
    assertThat(pendingUploads.retry().attempts()).isEqualTo(1);
    assertThat(pendingUploads.blocked()).isNull();
    assertThat(sent)
        .hasSize(2)
        .allMatch(message -> message.kind().equals(QueueMessage.RECHECK) && message.due() != null);

    Execution person = execution("by-a-person");
    finish(person, plan(person), null, error);
    assertThat(coordination.pendingUploads().read(SITE).retry().attempts()).isEqualTo(1);
    assertThat(coordination.pendingUploads().read(SITE).pending()).isTrue();
  }

  @Test
  void aRunByUploadsThatAPersonHasToMendIsNotRepeated() throws IOException {
    Execution refused = execution("upload-20260101T000000000Z");
    plan(refused);
    finish(refused, PlanResult.refused("The token is wrong.", Remedy.PERSON), null);

    assertThat(coordination.pendingUploads().read(SITE).blocked()).isEqualTo("The token is wrong.");
    assertThat(sent).isEmpty();

    Execution person = execution("by-a-person");
    PlanResult planned = plan(person);
    finish(person, planned, compose(planned, person));
    assertThat(coordination.pendingUploads().read(SITE).waiting()).isFalse();
  }

  @Test
  void whileUploadsAreHeldNothingIsHeardOf() throws IOException {
    Execution execution = execution("first");
    PlanResult planned = plan(execution);
    coordination
        .pendingUploads()
        .update(SITE, seen -> seen.changed(Instant.now()).hold("by somebody"));
    finish(execution, planned, compose(planned, execution));

    assertThat(sent).isEmpty();
  }
}
