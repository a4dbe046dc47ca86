package quickpage.index.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quickpage.index.start.SimulatedSite.NAME;
import static quickpage.index.start.SimulatedSite.QUIET;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.error.RefusedException;
import quickpage.index.lease.Lease;
import quickpage.index.lease.QueueMessage;
import quickpage.index.model.DatasetVersion;
import quickpage.index.start.SimulatedSite.Run;

class StartRunTest {

  private final SimulatedSite site = new SimulatedSite();

  private void upload(String key) {
    site.send(site.objectCreated(key), site.now);
  }

  private void message(String kind) {
    site.send("{\"kind\": \"%s\"}".formatted(kind), site.now);
  }

  private void pass(Duration time) {
    site.now = site.now.plus(time);
  }

  @Test
  void thousandsOfUploadsWithinMinutesAreOneRunThatBeginsAfterTheQuietWindow() {
    int messages = 0;
    for (int second = 0; second < 330; second++) {
      for (int i = 0; i < 100; i++) {
        upload("male-cns/types/T%d_%d.html".formatted(second, i));
      }
      site.deliver();
      pass(Duration.ofSeconds(1));
      messages = Math.max(messages, site.queue.size());
    }
    assertThat(site.runs).isEmpty();
    assertThat(messages).as("messages of ours in flight").isEqualTo(1);
    Instant last = site.pendingUploads.lastChange();

    site.untilQuiet();

    assertThat(site.runs.keySet()).containsExactly("upload-20260101T000000000Z");
    assertThat(site.runs.values()).allMatch(run -> run.published);
    assertThat(site.claims.values()).containsExactly(last.plus(QUIET));
    assertThat(site.pendingUploads.pending()).isFalse();
  }

  /** Only planning knows whether the dataset has a type of that name. */
  @ParameterizedTest
  @ValueSource(strings = {"._LC10a", ".dot_L", "404", "Error", "about", "google0123"})
  void aNameThatTellsOfNoPageStartsARunLikeAnyPage(String name) {
    upload("male-cns/types/" + name + ".html");
    site.deliver();

    site.untilQuiet();

    assertThat(site.runs).hasSize(1);
  }

  @Test
  void uploadsThatNeverRestStartARunHalfAnHourAfterTheFirst() {
    for (int second = 0; second < 1802; second += 2) {
      assertThat(site.runs).hasSize(second <= 1800 ? 0 : 1);
      upload("male-cns/types/A.html");
      site.deliver();
      pass(Duration.ofSeconds(2));
    }

    assertThat(site.runs).hasSize(1);
  }

  @Test
  void anUploadDuringARunGivesExactlyOneFollowUpRun() {
    Run first = site.begin("by-a-person");
    site.actors.get(0).step();
    while (first.listedAt == null) {
      site.actors.get(0).step();
    }
    pass(Duration.ofMinutes(3));
    upload("male-cns/types/A.html");
    upload("male-cns/types/B.html");
    site.invoke(site.due());
    Baton.Actor start = site.actors.get(1);
    while (!start.isDone()) {
      start.step();
    }
    pass(Duration.ofMinutes(1));
    assertThat(site.runs).hasSize(1);

    site.untilQuiet();

    assertThat(site.runs).hasSize(2);
    assertThat(site.runs.values()).allMatch(run -> run.published);
  }

  @Test
  void whatARunHasListedSinceStartsNothingWheneverItIsHeardOf() {
    String event = site.objectCreated("male-cns/types/A.html");
    pass(Duration.ofSeconds(3));
    site.begin("by-a-person");
    site.untilQuiet();
    pass(Duration.ofMinutes(1));
    site.send(event, site.now);
    site.send(event, site.now);
    site.untilQuiet();

    assertThat(site.runs.keySet()).containsExactly("by-a-person");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "male-cns/index.html",
        "male-cns/types/index.html",
        "male-cns/types.html",
        "male-cns/data/index.json",
        "male-cns/.quickpage-index/runs/r/plan.json",
        "male-cns/.quickpage-index/published/1/index.html",
        "male-cns/types/deeper/A.html",
        "male-cns/deeper/A.html",
        "male-cns/types/A.htm",
        "other/types/A.html",
        "male-cns.html"
      })
  void whatIsNoPageStartsNothing(String key) {
    upload(key);
    site.untilQuiet();

    assertThat(site.runs).isEmpty();
    assertThat(site.pendingUploads.pending()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"male-cns/types/A.html", "male-cns/A.html", "male-cns/types/A B+ü%20.html"})
  void pagesOfBothLayoutsStartARun(String key) {
    upload(key);
    site.untilQuiet();

    assertThat(site.runs).hasSize(1);
  }

  @Test
  void aMalformedMessageFailsAloneAndTheOthersGoOn() {
    String upload = site.objectCreated("male-cns/types/A.html");

    assertThat(
            site.stage.run(
                List.of(
                    new ReceivedMessage("bad", "{"),
                    new ReceivedMessage("good", upload),
                    new ReceivedMessage("strange", "{\"kind\": \"party\"}")),
                site.now))
        .containsExactly("bad", "strange");
    assertThat(site.pendingUploads.pending()).isTrue();
  }

  @Test
  void aTimeInTheFutureCountsAsNow() {
    site.send(
        site.objectCreated("male-cns/types/A.html").replace("2026-01-01T", "2036-01-01T"),
        site.now);
    site.untilQuiet();

    assertThat(site.runs).hasSize(1);
  }

  @Test
  void heldUploadsStayMarkedUntilSomebodyResumes() {
    site.pendingUploads = site.pendingUploads.hold("by somebody");
    upload("male-cns/types/A.html");
    site.untilQuiet();
    assertThat(site.runs).isEmpty();
    assertThat(site.pendingUploads.pending()).isTrue();

    site.pendingUploads = site.pendingUploads.resumed();
    message(QueueMessage.RESUME);
    site.untilQuiet();

    assertThat(site.runs).hasSize(1);
  }

  @Test
  void aPersonsRunEndsAHoldAndOneByUploadsDoesNot() {
    site.pendingUploads = site.pendingUploads.hold("by somebody");
    site.begin("upload-started-before-the-hold");
    site.untilQuiet();
    assertThat(site.pendingUploads.isHeld()).isTrue();

    site.begin("by-a-person");
    site.untilQuiet();
    assertThat(site.pendingUploads.isHeld()).isFalse();
  }

  @Test
  void aRunThatMeetsALeaseNamesItAndWhatUploadsLeftIsMarkedAgain() {
    site.lease = new Lease("arn:other", "by-a-person", site.now, site.now.plusSeconds(600));
    Run run = site.begin("upload-20260101T000000000Z");
    site.settle();

    assertThat(run.refused).isTrue();
    assertThat(site.pendingUploads.pending()).isTrue();
    assertThatThrownBy(() -> site.runCoordination.begin(NAME, run.execution, QUIET))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "Another run is at work on s3://my-site/male-cns/: by-a-person, which has the site's"
                + " lease until 2026-01-01T00:10:00Z at the latest; wait until it has ended, or"
                + " stop it.");

    site.untilQuiet();
    assertThat(site.runs).as("after the lease has ended by itself").hasSize(2);
    assertThat(site.runs.values()).filteredOn(later -> later.published).hasSize(1);
  }

  @Test
  void aStoppedExecutionsLeaseIsFreeEvenIfItIsTakenAfterTheStop() {
    Run run = site.begin("by-a-person");
    site.stop(run);
    site.deliverWithoutSettling();
    assertThat(site.held()).isEmpty();
    site.settle();
    assertThat(site.held()).as("the function went on").isPresent();

    site.untilQuiet();
    assertThat(site.held()).isEmpty();
  }

  @Test
  void whatWasUploadedStartsARunOnlyWhenAStoppedExecutionCannotPublishAnyMore() {
    Run run = site.begin("by-a-person");
    while (site.publishing == null) {
      site.actors.get(0).step();
    }
    Instant publishedBy = site.publishing;
    site.stop(run);
    upload("male-cns/types/A.html");
    site.deliverWithoutSettling();
    assertThat(site.held()).as("its function still publishes").isPresent();
    pass(QUIET);
    site.deliverWithoutSettling();
    assertThat(site.runs).hasSize(1);

    // It hangs there, until Lambda ends it.
    site.actors.clear();
    site.untilQuiet();

    assertThat(site.runs.values()).filteredOn(next -> next.published).hasSize(1);
    assertThat(site.claims.values()).singleElement().isEqualTo(roundedUp(publishedBy));
  }

  private static Instant roundedUp(Instant time) {
    return time.plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
  }

  @Test
  void aStoppedExecutionThatHasPublishedKeepsNobodyWaitingForItsFunctionsLimit() {
    Run run = site.begin("by-a-person");
    while (site.publishing == null) {
      site.actors.get(0).step();
    }
    site.stop(run);
    site.deliverWithoutSettling();
    site.settle();
    assertThat(run.published).isTrue();

    site.untilQuiet();

    assertThat(site.held()).isEmpty();
  }

  @Test
  void anotherMachinesExecutionsAndTheOnesThatSucceedConcernNobody() {
    Run run = site.begin("by-a-person");
    while (run.listedAt == null) {
      site.actors.get(0).step();
    }
    for (String message :
        List.of(
            SimulatedSite.statusChange(run, "SUCCEEDED"),
            SimulatedSite.statusChange(run, "RUNNING"),
            SimulatedSite.statusChange(run, "ABORTED")
                .replace("stateMachine:quickpage-index-dev", "x"))) {
      assertThat(site.stage.run(List.of(new ReceivedMessage("m", message)), site.now)).isEmpty();
    }

    assertThat(site.held()).isPresent();
    assertThat(site.queue).isEmpty();
  }

  @Test
  void aRunOfThisNameThatEndedWithoutListingIsFollowedByAnother() {
    upload("male-cns/types/A.html");
    site.deliver();
    pass(QUIET);
    Run early = site.begin("upload-20260101T000000000Z");
    early.stopped = true;
    early.ended = true;
    site.actors.clear();

    site.untilQuiet();

    assertThat(site.runs).hasSize(2);
    assertThat(site.runs.values()).filteredOn(run -> run.published).hasSize(1);
  }

  @Test
  void aRunThatCrashesIsFollowedByOneMoreAndNoThird() {
    upload("male-cns/types/A.html");
    site.runsCrash = true;
    site.untilQuiet();

    assertThat(site.runs.keySet())
        .containsExactly("upload-20260101T000000000Z", "upload-20260101T000000000Z-again");
    assertThat(site.pendingUploads.pending()).isFalse();

    site.runsCrash = false;
    upload("male-cns/types/B.html");
    site.untilQuiet();
    assertThat(site.runs).as("a new change starts anew").hasSize(3);
    assertThat(site.runs.values()).filteredOn(run -> run.published).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TIMED_OUT", "FAILED", "ABORTED"})
  void aRunThatEndedWithoutItsLastStageIsFollowedByOneMoreUnlessAPersonStoppedIt(String status) {
    upload("male-cns/types/A.html");
    site.deliver();
    pass(QUIET);
    site.deliverWithoutSettling();
    Run run = site.runs.values().iterator().next();
    while (run.listedAt == null) {
      site.actors.get(site.actors.size() - 1).step();
    }
    run.stopped = true;
    run.ended = true;
    site.actors.clear();
    site.send(SimulatedSite.statusChange(run, status), site.now);
    site.send(SimulatedSite.statusChange(run, status), site.now);

    site.untilQuiet();

    assertThat(site.runs).hasSize(status.equals("ABORTED") ? 1 : 2);
    assertThat(site.runs.values()).filteredOn(Run::again).allMatch(again -> again.published);
    assertThat(site.held()).isEmpty();
  }

  @Test
  void aPersonsRunThatCrashesIsNotRepeated() {
    site.begin("by-a-person").crashes = true;
    site.untilQuiet();

    assertThat(site.runs).hasSize(1);
  }

  @Test
  void anEditedDatasetStartsARunAndTheSameOneNone() {
    message(QueueMessage.DATASET);
    site.untilQuiet();
    assertThat(site.runs).as("nothing was published yet").isEmpty();

    site.begin("by-a-person");
    site.untilQuiet();
    message(QueueMessage.DATASET);
    site.untilQuiet();
    assertThat(site.runs).hasSize(1);

    pass(Duration.ofDays(1));
    site.dataset = new DatasetVersion("cns:v1", "5a3f", "2026-02-02");
    message(QueueMessage.DATASET);
    message(QueueMessage.DATASET);
    site.untilQuiet();
    assertThat(site.runs).hasSize(2);

    message(QueueMessage.DATASET);
    site.untilQuiet();
    assertThat(site.runs).hasSize(2);
  }

  @Test
  void aNeuPrintThatCannotBeAskedKeepsNoUploadFromStartingARun() {
    site.dataset = null;
    ReceivedMessage check = new ReceivedMessage("check", "{\"kind\": \"dataset\"}");
    ReceivedMessage page = new ReceivedMessage("page", site.objectCreated("male-cns/types/A.html"));

    assertThat(site.stage.run(List.of(check, page), site.now)).containsExactly("check");

    assertThat(site.queue).as("the message that looks again after the quiet window").hasSize(1);
    site.untilQuiet();
    assertThat(site.runs).hasSize(1);
  }

  @Test
  void manyMessagesOfEveryKindWithNothingToDoDoNothing() {
    List<ReceivedMessage> messages =
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    new ReceivedMessage(
                        "m" + i,
                        i % 2 == 0
                            ? "{\"kind\": \"finished\"}"
                            : "{\"kind\": \"tick\", \"due\": 5}"))
            .toList();

    assertThat(site.stage.run(messages, site.now)).isEmpty();
    assertThat(site.runs).isEmpty();
    assertThat(site.queue).isEmpty();
  }
}
