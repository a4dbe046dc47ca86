package quickpage.index.embedded.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quickpage.index.error.RefusedException;
import quickpage.index.json.Json;
import quickpage.index.model.TransientFailure;
import quickpage.index.site.publish.Publications;
import quickpage.index.site.publish.Publications.Release;
import quickpage.index.site.publish.Publications.RolledBack;
import quickpage.index.site.store.Content;
import quickpage.index.site.store.ObjectStore;

class RollbackIT {

  @TempDir private Path buckets;
  private Path folder;
  private S3 s3;
  private WatchedStore store;

  @BeforeEach
  void start() throws IOException {
    s3 = new S3(buckets);
    folder = s3.folder();
    store = new WatchedStore(s3.store());
  }

  @AfterEach
  void stop() throws IOException {
    s3.close();
  }

  private static Content text(String text) {
    return Content.fixedName(text.getBytes(StandardCharsets.UTF_8), "text/html; charset=utf-8");
  }

  private Publications publications() {
    return Publications.of(store, "site/");
  }

  private void publish(String name, String... more) {
    Map<String, Content> files = new TreeMap<>();
    files.put("data/index.json", text("index " + name));
    for (String path : more) {
      files.put(path, text(path + " of " + name));
    }
    Publications publications = publications();
    publications.publish(
        new Release(
            "run-" + name,
            "2026-01-01T00:00:00Z",
            Map.of("assets/" + name + ".js", text("script " + name)),
            files,
            "types.html",
            text("page " + name)),
        publications.pageSeen("types.html"));
  }

  private RolledBack rollback() {
    return publications().rollback();
  }

  private Path site(String path) {
    return folder.resolve("site").resolve(path);
  }

  private void theirs(String path, String content) {
    s3.put("site/" + path, content);
  }

  private JsonNode state() throws IOException {
    return Json.MAPPER.readTree(site(".quickpage-index/published/state.json").toFile());
  }

  @Test
  void thePreviousPublicationIsThereAgainAndTheRecordSaysSo() throws IOException {
    publish("a");
    publish("b");

    assertThat(rollback()).isEqualTo(new RolledBack(2, 1, "run-a", "2026-01-01T00:00:00Z"));

    assertThat(site("types.html")).hasContent("page a");
    assertThat(site("data/index.json")).hasContent("index a");
    assertThat(site("assets/a.js")).exists();
    assertThat(site("assets/b.js")).as("for readers who still have its page").exists();
    assertThat(state().path("current").asInt()).isEqualTo(1);
    var page = s3.server().client().headObject(b -> b.bucket("site").key("site/types.html"));
    assertThat(page.contentType()).isEqualToIgnoringWhitespace("text/html; charset=utf-8");
    assertThat(page.cacheControl()).isEqualTo("no-cache");
  }

  @Test
  void fixedFilesGoBeforeThePageAndTheRecordLast() {
    publish("a", "index.html");
    publish("b", "index.html");
    store.written.clear();

    rollback();

    assertThat(store.written.subList(0, 2))
        .containsExactlyInAnyOrder("site/data/index.json", "site/index.html");
    assertThat(store.written.subList(2, 4))
        .containsExactly("site/types.html", "site/.quickpage-index/published/state.json");
  }

  @Test
  void anotherRollbackGoesFurtherBackAndNeverForward() {
    publish("a");
    publish("b");
    publish("c");

    assertThat(rollback().to()).isEqualTo(2);
    assertThat(rollback().to()).isEqualTo(1);
    assertThat(site("types.html")).hasContent("page a");
    assertThatThrownBy(this::rollback)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("publication 1 is the oldest that is kept");
    assertThat(site("types.html")).hasContent("page a");
  }

  @Test
  void whatWasWithdrawnIsNotGoneBackToAfterTheNextPublication() throws IOException {
    publish("a");
    publish("bad");
    rollback();
    publish("c");

    assertThat(site("types.html")).hasContent("page c");
    assertThat(rollback()).isEqualTo(new RolledBack(3, 1, "run-a", "2026-01-01T00:00:00Z"));
    assertThat(site("types.html")).hasContent("page a");
  }

  @Test
  void filesThatOnlyTheNewerPublicationHadAreRemoved() {
    publish("a");
    publish("b", "static/js/neuron-search.js", "index.html");

    rollback();

    assertThat(site("static/js/neuron-search.js")).doesNotExist();
    assertThat(site("index.html")).doesNotExist();
  }

  @Test
  void whatWasThereBeforeOursIsPublicationZero() throws IOException {
    theirs("types.html", "neuView's page");
    publish("a");

    assertThat(rollback()).isEqualTo(new RolledBack(1, 0, "", ""));

    assertThat(site("types.html")).hasContent("neuView's page");
    assertThat(site("data/index.json")).doesNotExist();
    assertThat(state().path("current").asInt()).isZero();
    assertThat(publications().mayReplace("types.html")).isFalse();
    assertThatThrownBy(this::rollback)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("readers see what was there before the first index");

    publish("b");
    assertThat(site("types.html")).hasContent("page b");
    assertThat(rollback().to()).isZero();
    assertThat(site("types.html")).hasContent("neuView's page");
  }

  @Test
  void withoutAnythingBeforeThereIsNothingToGoBackTo() {
    assertThatThrownBy(this::rollback)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("no index was published there yet");

    publish("a");

    assertThatThrownBy(this::rollback)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("there was no page before it");
    assertThat(site("types.html")).hasContent("page a");
  }

  @Test
  void aPageOfSomebodyElseStays() throws IOException {
    publish("a");
    publish("b");
    theirs("types.html", "somebody's");

    assertThatThrownBy(this::rollback)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("site/types.html was changed by somebody else");
    assertThat(site("types.html")).hasContent("somebody's");
    assertThat(site("data/index.json")).hasContent("index b");
  }

  @Test
  void aPageThatIsChangedAtTheLastMomentStays() throws IOException {
    publish("a");
    publish("b");
    store.meanwhile = () -> s3.store().write("site/types.html", text("somebody's"));

    assertThatThrownBy(this::rollback).isInstanceOf(RefusedException.class);
    assertThat(site("types.html")).hasContent("somebody's");
    assertThat(state().path("current").asInt()).isEqualTo(2);
  }

  @Test
  void somebodysFixedFileStaysAsItIs() throws IOException {
    publish("a");
    publish("b", "index.html");
    theirs("data/index.json", "somebody's");
    theirs("index.html", "somebody's");

    rollback();

    assertThat(site("types.html")).hasContent("page a");
    assertThat(site("data/index.json")).hasContent("somebody's");
    assertThat(site("index.html")).hasContent("somebody's");
  }

  @Test
  void aHashedFileThatIsGoneIsSaidBeforeAnythingIsChanged() throws IOException {
    publish("a");
    publish("b");
    Files.delete(site("assets/a.js"));

    assertThatThrownBy(this::rollback)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("Publication 1 cannot be published again")
        .hasMessageContaining("site/assets/a.js is gone: start a run instead.");
    assertThat(site("data/index.json")).hasContent("index b");
  }

  @Test
  void whatBrokeOffIsMendedByTheSameAgain() throws IOException {
    publish("a");
    publish("b");
    for (String key : List.of("site/data/index.json", "site/types.html")) {
      store.breaksBefore = key::equals;
      assertThatThrownBy(this::rollback).isInstanceOf(TransientFailure.class);
      assertThat(site("types.html")).hasContent("page b");
    }
    store.breaksBefore = key -> key.endsWith("state.json");
    assertThatThrownBy(this::rollback).isInstanceOf(TransientFailure.class);
    store.breaksBefore = key -> false;

    assertThat(rollback().to()).isEqualTo(1);

    assertThat(site("types.html")).hasContent("page a");
    assertThat(state().path("current").asInt()).isEqualTo(1);
  }

  @Test
  void aPublicationWhoseRecordWasNotFinishedIsWhatReadersSee() throws IOException {
    publish("a");
    store.breaksBehind = "site/types.html"::equals;
    assertThatThrownBy(() -> publish("b")).isInstanceOf(TransientFailure.class);
    store.breaksBehind = key -> false;
    assertThat(site("types.html")).hasContent("page b");

    assertThat(rollback()).isEqualTo(new RolledBack(2, 1, "run-a", "2026-01-01T00:00:00Z"));
    assertThat(site("types.html")).hasContent("page a");
  }

  @Test
  void aRecordOfAVersionThatCouldNotRollBackIsRead() throws IOException {
    publish("a");
    publish("b");
    Path record = site(".quickpage-index/published/state.json");
    Files.writeString(
        record,
        Files.readString(record).replaceAll(",\"page\":\"types.html\",\"withdrawn\":false", ""));
    assertThat(Files.readString(record)).doesNotContain("withdrawn");

    assertThat(rollback().to()).isEqualTo(1);
    assertThat(site("types.html")).hasContent("page a");
  }

  @Test
  void whatWasThereComesBackWithAllItsHeadersAndMetadata() {
    s3.put(
        "site/types.html",
        "theirs",
        request ->
            request
                .contentType("text/html; charset=iso-8859-1")
                .cacheControl("max-age=60")
                .contentEncoding("gzip")
                .contentDisposition("inline; filename=types.html")
                .contentLanguage("de")
                .metadata(Map.of("author", "somebody")));
    Optional<ObjectStore.Head> before = store.head("site/types.html");
    publish("a");
    assertThat(s3.head("site/types.html").contentEncoding()).isNull();

    rollback();

    assertThat(store.head("site/types.html").map(ObjectStore.Head::headers))
        .isEqualTo(before.map(ObjectStore.Head::headers));
    assertThat(s3.head("site/types.html").metadata()).containsOnly(Map.entry("author", "somebody"));
  }

  @Test
  void whatIsPublishedAgainNamesTheRunThatMadeIt() {
    publish("a");
    publish("b");

    rollback();

    assertThat(s3.head("site/types.html").metadata())
        .containsEntry("generator", "quickpage-index")
        .containsEntry("quickpage-index-run", "run-a");
  }

  @Test
  void aFileThatMayNotBeRemovedIsSaidAndTheRecordStays() throws IOException {
    publish("a");
    publish("b", "index.html");
    store.keeps = "site/index.html"::equals;

    assertThatThrownBy(this::rollback)
        .isInstanceOf(RefusedException.class)
        .hasMessage("S3 does not let this run remove site/index.html.");

    assertThat(state().path("current").asInt()).isEqualTo(2);
    store.keeps = key -> false;
    assertThat(rollback().to()).isEqualTo(1);
    assertThat(site("index.html")).doesNotExist();
  }

  @Test
  void aPageThatMayNotBeRemovedIsNotSaidToBeGone() throws IOException {
    publish("a");
    Publications publications = publications();
    publications.publish(
        new Release(
            "run-b",
            "2026-01-01T00:00:00Z",
            Map.of(),
            Map.of(),
            "catalogue.html",
            text("catalogue")),
        publications.pageSeen("catalogue.html"));
    store.keeps = "site/catalogue.html"::equals;

    assertThatThrownBy(this::rollback).isInstanceOf(RefusedException.class);

    assertThat(site("catalogue.html")).hasContent("catalogue");
    assertThat(state().path("current").asInt()).isEqualTo(2);
  }

  /** A laptop that sleeps before each of a rollback's steps, and a run that publishes meanwhile. */
  @Test
  void aRollbackThatARunHasOvertakenChangesNothingOfIt() throws IOException {
    for (int step = 1; step <= 4; step++) {
      s3.store().delete(s3.store().keysUnder("site/"));
      publish("a");
      publish("b", "index.html");
      AtomicInteger steps = new AtomicInteger();
      int sleepsBefore = step;

      assertThatThrownBy(
              () ->
                  publications()
                      .rollback(
                          null,
                          () -> {
                            if (steps.incrementAndGet() == sleepsBefore) {
                              publish("c");
                              throw new RefusedException("The lease is lost.");
                            }
                          }))
          .as("before step %d", step)
          .isInstanceOf(RefusedException.class);

      assertThat(site("types.html")).hasContent("page c");
      assertThat(site("data/index.json")).hasContent("index c");
      assertThat(state().path("current").asInt()).isEqualTo(3);
    }
  }

  /** Even one that believes to have the lease still. */
  @Test
  void theRecordOfARunThatPublishedMeanwhileIsNotReplaced() throws IOException {
    theirs("types.html", "the user's own");
    publish("a");
    AtomicInteger steps = new AtomicInteger();

    assertThatThrownBy(
            () ->
                publications()
                    .rollback(
                        null,
                        () -> {
                          if (steps.incrementAndGet() == 4) {
                            publish("b");
                          }
                        }))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("state.json was changed meanwhile");

    assertThat(site("types.html")).hasContent("page b");
    assertThat(state().path("current").asInt()).isEqualTo(2);
    assertThat(site(".quickpage-index/published/0/types.html")).hasContent("the user's own");
    assertThat(rollback().to()).isEqualTo(1);
  }

  @Test
  void aPageThatARunPublishedMeanwhileIsNotReplacedByAnOlderOne() throws IOException {
    publish("a");
    publish("b");
    store.meanwhile =
        () -> {
          if (store.written.contains("site/data/index.json")) {
            store.meanwhile = () -> {};
            publish("c");
          }
        };
    store.written.clear();

    assertThatThrownBy(this::rollback).isInstanceOf(RefusedException.class);

    assertThat(site("types.html")).hasContent("page c");
    assertThat(state().path("current").asInt()).isEqualTo(3);
  }
}
