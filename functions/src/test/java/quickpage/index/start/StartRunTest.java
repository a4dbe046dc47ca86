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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.error.RefusedException;
import quickpage.index.lease.Lease;
import quickpage.index.lease.QueueMessage;
import quickpage.index.model.DatasetVersion;
import quickpage.index.start.SimulatedSite.Fate;
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
    Instant last = site.uploads().changes().last();

    site.untilQuiet();

    assertThat(site.runs.keySet()).containsExactly("upload-20260101T000000000Z");
    assertThat(site.runs.values()).allMatch(run -> run.published);
    assertThat(site.runs.values()).extracting(run -> run.started).containsExactly(last.plus(QUIET));
    assertThat(site.uploads().pending()).isFalse();
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
        "male-cns/types/quickpage-index.json",
        "male-cns/other.json",
        "male-cns/deeper/A.html",
        "male-cns/types/A.htm",
        "other/types/A.html",
        "male-cns.html"
      })
  void whatIsNoPageStartsNothing(String key) {
    upload(key);
    site.untilQuiet();

    assertThat(site.runs).isEmpty();
    assertThat(site.uploads().pending()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"male-cns/quickpage-index.json", "male-cns/quickpage-index-references.csv"})
  void whatTheOwnerSaysStartsARun(String key) {
    upload(key);
    site.untilQuiet();
    assertThat(site.runs).hasSize(1);

    pass(Duration.ofDays(1));
    site.send(
        site.objectCreated(key)
            .replace("Object Created", "Object Deleted")
            .replace("\"}}}", "\"}, \"deletion-type\": \"Permanently Deleted\"}}"),
        site.now);
    site.untilQuiet();
    assertThat(site.runs).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"male-cns/types/A.html", "male-cns/A.html", "male-cns/types/A B+ü%20.html"})
  void pagesOfBothLayoutsStartARun(String key) {
    upload(key);
    site.untilQuiet();

    assertThat(site.runs).hasSize(1);
  }

  private void delete(String object, String type) {
    site.send(
        site.objectCreated("male-cns/types/A.html")
            .replace("Object Created", "Object Deleted")
            .replace(
                "A.html\"}}}", "A.html\"%s}, \"deletion-type\": \"%s\"}}".formatted(object, type)),
        site.now);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                      | Delete Marker Created | 2",
        ", \"version-id\": \"x\" | Delete Marker Created | 2",
        "''                      | Permanently Deleted   | 2",
        ", \"version-id\": \"x\" | Permanently Deleted   | 1"
      })
  void aDeletionCountsIfReadersSeeIt(String version, String type, int runs) {
    site.begin("by-a-person");
    site.untilQuiet();
    pass(Duration.ofDays(30));
    delete(version, type);
    site.untilQuiet();
    assertThat(site.runs).hasSize(runs);
  }

  @Test
  void aRemovedVersionCountsIfThePagesAreOthersThanThoseThatWereListed() {
    site.begin("by-a-person");
    site.untilQuiet();
    pass(Duration.ofDays(1));
    site.pages = "another";
    delete(", \"version-id\": \"x\"", "Permanently Deleted");
    site.untilQuiet();
    assertThat(site.runs).hasSize(2);

    pass(Duration.ofDays(1));
    delete(", \"version-id\": \"y\"", "Permanently Deleted");
    site.untilQuiet();
    assertThat(site.runs).hasSize(2);
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
    assertThat(site.uploads().pending()).isTrue();
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
    site.item.set(site.uploads().hold("by somebody"));
    upload("male-cns/types/A.html");
    site.untilQuiet();
    assertThat(site.runs).isEmpty();
    assertThat(site.uploads().pending()).isTrue();

    site.item.set(site.uploads().resumed());
    message(QueueMessage.RESUME);
    site.untilQuiet();

    assertThat(site.runs).hasSize(1);
  }

  @Test
  void aPersonsRunEndsAHoldAndOneByUploadsDoesNot() {
    site.item.set(site.uploads().hold("by somebody"));
    site.begin("upload-started-before-the-hold");
    site.untilQuiet();
    assertThat(site.uploads().isHeld()).isTrue();

    site.begin("by-a-person");
    site.untilQuiet();
    assertThat(site.uploads().isHeld()).isFalse();
  }

  @Test
  void aRunThatMeetsALeaseNamesItAndWhatUploadsLeftIsMarkedAgain() {
    site.lease = new Lease("arn:other", "by-a-person", site.now, site.now.plusSeconds(600));
    Run run = site.begin("upload-20260101T000000000Z");
    site.settle();

    assertThat(run.refused).isTrue();
    assertThat(site.uploads().pending()).isTrue();
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
    assertThat(site.runs.values())
        .filteredOn(Run::byUploads)
        .extracting(next -> next.started)
        .containsExactly(roundedUp(publishedBy));
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
    early.ended = site.now;
    site.actors.clear();

    site.untilQuiet();

    assertThat(site.runs).hasSize(2);
    assertThat(site.runs.values()).filteredOn(run -> run.published).hasSize(1);
  }

  private void uploadWith(Fate fate) {
    site.fate = fate;
    upload("male-cns/types/A.html");
    site.deliver();
    pass(QUIET);
    site.deliver();
  }

  private List<Instant> starts() {
    return site.runs.values().stream().filter(Run::byUploads).map(run -> run.started).toList();
  }

  @ParameterizedTest
  @EnumSource(
      value = Fate.class,
      names = {"REFUSES_FOR_NOW", "CRASHES", "VANISHES"})
  void aRunThatFailsForNowIsRepeatedLaterAndLaterAndThenAPersonIsNeeded(Fate fate) {
    uploadWith(fate);
    site.untilQuiet();

    List<Instant> starts = starts();
    assertThat(starts).hasSize(24);
    for (int i = 1; i < starts.size(); i++) {
      assertThat(Duration.between(starts.get(i - 1), starts.get(i)))
          .as("before attempt %d", i + 1)
          .isEqualTo(Duration.ofMinutes(i == 1 ? 1 : i == 2 ? 5 : i == 3 ? 15 : 60));
    }
    assertThat(site.uploads().waiting()).isTrue();
    assertThat(site.uploads().blocked()).startsWith("24 runs have failed, the last of them so: ");
    assertThat(site.told.blocked()).isEqualTo(site.uploads().blocked());
  }

  @Test
  void aRunThatVanishesWithoutAWordIsFoundOut() {
    uploadWith(Fate.VANISHES_SILENTLY);
    assertThat(site.runs).hasSize(1);
    site.fate = Fate.PUBLISHES;

    site.untilQuiet();

    assertThat(site.runs).hasSize(2);
    assertThat(site.uploads().waiting()).isFalse();
  }

  @Test
  void whatAPersonHasToMendIsNotRepeatedUntilSomethingNewIsUploaded() {
    uploadWith(Fate.REFUSES);
    site.untilQuiet();

    assertThat(site.runs).hasSize(1);
    assertThat(site.uploads().blocked()).isEqualTo("It does not go on.");
    assertThat(site.queue).isEmpty();

    pass(Duration.ofDays(1));
    uploadWith(Fate.PUBLISHES);
    site.untilQuiet();

    assertThat(site.runs).hasSize(2);
    assertThat(site.uploads().waiting()).isFalse();
  }

  @Test
  void aPersonsRunPublishesWhatWaitedForAPerson() {
    uploadWith(Fate.REFUSES);
    site.untilQuiet();
    site.fate = Fate.PUBLISHES;
    site.begin("by-a-person");
    site.untilQuiet();

    assertThat(site.uploads().waiting()).isFalse();
    assertThat(site.uploads().retry().attempts()).isZero();
    assertThat(site.runs).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fate.class,
      names = {"PUBLISHES"},
      mode = EnumSource.Mode.EXCLUDE)
  void aPersonsRunThatFailsChangesNothing(Fate fate) {
    site.item.set(site.uploads().hold("by somebody"));
    upload("male-cns/types/A.html");
    site.deliver();
    site.fate = fate;
    site.begin("by-a-person");
    site.untilQuiet();
    pass(Duration.ofHours(3));

    assertThat(site.uploads().held()).isEqualTo("by somebody");
    assertThat(site.uploads().waiting()).isTrue();
    assertThat(site.uploads().retry().attempts()).isZero();

    site.fate = Fate.PUBLISHES;
    site.item.set(site.uploads().resumed());
    message(QueueMessage.RESUME);
    site.untilQuiet();

    assertThat(site.uploads().waiting()).isFalse();
    assertThat(site.runs).hasSize(2);
  }

  @Test
  void anUploadThatIsHeardOfAfterAPersonsRunHadListedItAndFailedCounts() {
    String event = site.objectCreated("male-cns/types/A.html");
    pass(Duration.ofSeconds(5));
    site.fate = Fate.REFUSES;
    site.begin("by-a-person");
    site.untilQuiet();
    site.fate = Fate.PUBLISHES;
    pass(Duration.ofSeconds(5));
    site.send(event, site.now);
    site.untilQuiet();

    assertThat(site.runs).hasSize(2);
  }

  @Test
  void aRunByUploadsThatAPersonStoppedWaitsForAPerson() {
    upload("male-cns/types/A.html");
    site.deliver();
    pass(QUIET);
    site.deliverWithoutSettling();
    Run run = site.runs.values().iterator().next();
    while (run.listedAt == null) {
      site.actors.get(site.actors.size() - 1).step();
    }
    site.stop(run);
    site.actors.clear();
    site.untilQuiet();

    assertThat(site.runs).hasSize(1);
    assertThat(site.held()).isEmpty();
    assertThat(site.uploads().blocked())
        .isEqualTo("The run upload-20260101T000000000Z was stopped.");
  }

  @Test
  void aPersonsRunThatCrashesIsNotRepeated() {
    site.begin("by-a-person").fate = Fate.CRASHES;
    site.untilQuiet();

    assertThat(site.runs).hasSize(1);
  }

  @Test
  void anIndexOfAnotherDatasetThatAPersonPublishedStays() {
    DatasetVersion own = site.dataset;
    site.begin("by-a-person");
    site.untilQuiet();
    site.dataset = new DatasetVersion("hemibrain:v1", "77", "2025-01-01");
    site.begin("another-dataset");
    site.untilQuiet();
    site.dataset = new DatasetVersion(own.dataset(), own.uuid(), "2026-03-03");
    message(QueueMessage.DATASET);
    site.untilQuiet();

    assertThat(site.runs).hasSize(2);
  }

  @Test
  void anEditedDatasetIsNoNewUploadForWhatWaits() {
    site.begin("by-a-person");
    site.untilQuiet();
    pass(Duration.ofMinutes(1));
    uploadWith(Fate.REFUSES);
    site.untilQuiet();
    site.dataset = new DatasetVersion("cns:v1", "5a3f", "2026-02-02");
    message(QueueMessage.DATASET);
    site.untilQuiet();

    assertThat(site.uploads().blocked()).isNotNull();
    assertThat(site.runs).hasSize(2);
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
