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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quickpage.index.error.RefusedException;
import quickpage.index.json.Json;
import quickpage.index.model.Remedy;
import quickpage.index.model.TransientFailure;
import quickpage.index.site.publish.Publications;
import quickpage.index.site.publish.Publications.Release;
import quickpage.index.site.store.Content;

class PublicationsIT {

  private static final String PUBLISHED = "site/.quickpage-index/published/";

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

  /** Two fixed files, and a page that loads what nothing but it loads. */
  private static Release release(String name) {
    return new Release(
        "run-" + name,
        "2026-01-01T00:00:00Z",
        Map.of(
            "assets/" + name + ".js", text("script " + name), "assets/common.css", text("style")),
        Map.of("data/index.json", text("index " + name), "data/neurons.json", text("n " + name)),
        "types.html",
        text("page " + name));
  }

  private Publications publications() {
    return Publications.of(store, "site/");
  }

  private int publish(String name) {
    Publications publications = publications();
    return publications.publish(release(name), publications.pageSeen("types.html"));
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

  private List<String> assets() {
    return store.keysUnder("site/assets/");
  }

  @Test
  void hashedFilesAndCopiesComeFirstThenFixedNamesAndThePageLast() {
    publish("a");

    assertThat(store.written.get(0)).isEqualTo(PUBLISHED + "state.json");
    assertThat(store.written.subList(1, 6))
        .containsExactlyInAnyOrder(
            "site/assets/a.js",
            "site/assets/common.css",
            PUBLISHED + "1/data/index.json",
            PUBLISHED + "1/data/neurons.json",
            PUBLISHED + "1/types.html");
    assertThat(store.written.subList(6, 8))
        .containsExactlyInAnyOrder("site/data/index.json", "site/data/neurons.json");
    assertThat(store.written.subList(8, 10))
        .containsExactly("site/types.html", PUBLISHED + "state.json");
  }

  @Test
  void theRecordKnowsWhatReadersSee() throws IOException {
    publish("a");
    publish("b");

    assertThat(state().path("current").asInt()).isEqualTo(2);
    JsonNode second = state().path("publications").path(1);
    assertThat(second.path("complete").asBoolean()).isTrue();
    assertThat(second.path("run").asText()).isEqualTo("run-b");
    assertThat(second.path("files")).hasSize(3);
    for (JsonNode file : second.path("files")) {
      assertThat(store.etag("site/" + file.path("path").asText()))
          .contains(file.path("etag").asText());
      assertThat(file.path("checksum").asText()).matches("[0-9a-f]{16}-[0-9a-f]+");
    }
    assertThat(publications().ownPaths())
        .containsExactly("data/index.json", "data/neurons.json", "types.html");
  }

  @Test
  void aPageThatWasChangedBeforeIsLeftAloneWithEverythingElse() throws IOException {
    publish("a");
    Publications publications = publications();
    Optional<String> seen = publications.pageSeen("types.html");
    theirs("types.html", "somebody's");

    assertThatThrownBy(() -> publications.publish(release("b"), seen))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The page s3://site/site/types.html was changed by somebody else while this run worked;"
                + " it stays as it is: start the run again.")
        .extracting(refused -> ((RefusedException) refused).remedy())
        .isEqualTo(Remedy.LATER);
    assertThat(site("types.html")).hasContent("somebody's");
    assertThat(site("data/index.json")).hasContent("index a");
  }

  @Test
  void aPageThatIsChangedAtTheLastMomentStays() throws IOException {
    publish("a");
    store.meanwhile = () -> s3.store().write("site/types.html", text("somebody's"));

    assertThatThrownBy(() -> publish("b"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("was changed by somebody else");
    assertThat(site("types.html")).hasContent("somebody's");
    assertThat(state().path("current").asInt()).isEqualTo(1);
  }

  @Test
  void aPageThatAppearsAtTheLastMomentStays() {
    store.meanwhile = () -> s3.store().write("site/types.html", text("somebody's"));

    assertThatThrownBy(() -> publish("a")).isInstanceOf(RefusedException.class);
    assertThat(site("types.html")).hasContent("somebody's");
  }

  @Test
  void ourOwnWriteWhoseAnswerWasLostIsNoChangeBySomebodyElse() throws IOException {
    publish("a");
    store.meanwhile = () -> s3.store().write("site/types.html", text("page b"));

    assertThat(publish("b")).isEqualTo(2);
    assertThat(state().path("current").asInt()).isEqualTo(2);
  }

  @Test
  void whatWasThereBeforeIsKeptAsPublicationZero() throws IOException {
    theirs("types.html", "neuView's page");
    theirs("data/neurons.json", "neuView's names");

    publish("a");
    publish("b");

    assertThat(site(".quickpage-index/published/0/types.html")).hasContent("neuView's page");
    assertThat(site(".quickpage-index/published/0/data/neurons.json"))
        .hasContent("neuView's names");
    assertThat(site(".quickpage-index/published/0/data/index.json")).doesNotExist();
    JsonNode zero = state().path("publications").path(0);
    assertThat(zero.path("number").asInt()).isZero();
    assertThat(zero.path("files").findValuesAsText("path"))
        .containsExactlyInAnyOrder("types.html", "data/neurons.json");
    assertThat(zero.path("files").findValuesAsText("contentType"))
        .as("as the bucket has it, whatever the files' names are")
        .allMatch(type -> type.startsWith("text/plain"));
  }

  @Test
  void whatOthersWroteInBetweenIsKeptTooAndTheRestOfZeroStays() throws IOException {
    theirs("types.html", "first");
    theirs("data/neurons.json", "names");
    publish("a");
    theirs("types.html", "generated again");

    publish("b");

    assertThat(site("types.html")).hasContent("page b");
    assertThat(site(".quickpage-index/published/0/types.html")).hasContent("generated again");
    assertThat(site(".quickpage-index/published/0/data/neurons.json")).hasContent("names");
    assertThat(state().path("publications").path(0).path("files")).hasSize(2);
  }

  @Test
  void onlyNothingOrWhatWePublishedMayBeReplaced() throws IOException {
    theirs("index.html", "theirs");
    publish("a");

    assertThat(publications().mayReplace("types.html")).isTrue();
    assertThat(publications().mayReplace("nothing.html")).isTrue();
    assertThat(publications().mayReplace("index.html")).isFalse();

    theirs("types.html", "rewritten");
    assertThat(publications().mayReplace("types.html")).isFalse();

    theirs("types.html", "page a");
    assertThat(publications().mayReplace("types.html")).as("copied back").isTrue();
  }

  @Test
  void hashedFilesStayForTwoMorePublicationsAndThenGo() throws IOException {
    publish("a");
    publish("b");
    publish("c");
    assertThat(assets())
        .containsExactly(
            "site/assets/a.js", "site/assets/b.js", "site/assets/c.js", "site/assets/common.css");
    assertThat(site(".quickpage-index/published/1/types.html")).hasContent("page a");

    publish("d");

    assertThat(assets())
        .containsExactly(
            "site/assets/b.js", "site/assets/c.js", "site/assets/common.css", "site/assets/d.js");
    assertThat(store.keysUnder(PUBLISHED + "1/")).isEmpty();
    assertThat(store.keysUnder(PUBLISHED + "2/")).hasSize(3);
    assertThat(state().path("publications").findValuesAsText("number"))
        .containsExactly("2", "3", "4");
  }

  @Test
  void aNameThatOnlyAForgottenPublicationWroteIsStillOurs() throws IOException {
    Publications first = publications();
    first.publish(
        new Release(
            "run-1", "2026-01-01T00:00:00Z", Map.of(), Map.of(), "catalogue.html", text("page 1")),
        first.pageSeen("catalogue.html"));
    for (String name : List.of("b", "c", "d", "e")) {
      publish(name);
    }

    assertThat(state().path("publications").findValuesAsText("number"))
        .containsExactly("3", "4", "5");
    assertThat(publications().ownPaths()).contains("catalogue.html", "types.html");
    assertThat(publications().mayReplace("catalogue.html")).as("its metadata says so").isTrue();
    theirs("catalogue.html", "page 1");
    assertThat(publications().mayReplace("catalogue.html"))
        .as("nobody knows any more what we wrote there")
        .isFalse();

    publications().rollback();

    assertThat(publications().ownPaths()).contains("catalogue.html");
  }

  @Test
  void whatBrokeOffDoesNotShortenWhatReadersStillHave() throws IOException {
    publish("a");
    for (String name : List.of("b", "c", "d")) {
      store.breaksBefore = "site/types.html"::equals;
      assertThatThrownBy(() -> publish(name)).isInstanceOf(TransientFailure.class);
    }
    store.breaksBefore = key -> false;

    publish("e");

    assertThat(assets()).contains("site/assets/a.js", "site/assets/e.js");
    publish("f");
    assertThat(assets()).contains("site/assets/a.js");
    publish("g");
    assertThat(assets())
        .containsExactly(
            "site/assets/common.css", "site/assets/e.js", "site/assets/f.js", "site/assets/g.js");
  }

  /** Wherever a function is killed: readers see a whole index, and the next publication mends. */
  @Test
  void aPublicationThatBreaksOffAnywhereLeavesAWholeIndexAndIsMendedByTheNext() throws IOException {
    publish("a");
    store.written.clear();
    publish("b");
    List<String> steps = store.written.stream().filter(key -> !key.endsWith("state.json")).toList();
    assertThat(steps).hasSize(8);

    int round = 0;
    for (String step : steps) {
      for (boolean behind : new boolean[] {false, true}) {
        String before = Files.readString(site("types.html"));
        String name = "x" + round++;
        String broken = step.replaceAll("/2/", "/[0-9]+/").replace("b.js", name + ".js");
        if (behind) {
          store.breaksBehind = key -> key.matches(broken);
        } else {
          store.breaksBefore = key -> key.matches(broken);
        }

        assertThatThrownBy(() -> publish(name)).as(step).isInstanceOf(TransientFailure.class);
        store.breaksBefore = key -> false;
        store.breaksBehind = key -> false;

        String page = Files.readString(site("types.html"));
        boolean switched = behind && step.equals("site/types.html");
        assertThat(page).isEqualTo(switched ? "page " + name : before);
        assertThat(site("assets/" + page.substring("page ".length()) + ".js")).exists();

        String next = "y" + round;
        publish(next);
        assertThat(site("types.html")).hasContent("page " + next);
        assertThat(site("data/index.json")).hasContent("index " + next);
        assertThat(site(".quickpage-index/published/0/types.html"))
            .as("what is incomplete was ours and not foreign")
            .doesNotExist();
      }
    }
  }

  @Test
  void aRecordOfAnotherFormatIsRefusedInASentence() throws IOException {
    theirs(".quickpage-index/published/state.json", "{\"format\": 2}");

    assertThatThrownBy(this::publications)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("was written by another version (format 2, this version reads 1)");
  }

  @Test
  void whatIsPublishedNamesThisProgramAndTheRun() {
    publish("a");

    for (String path : List.of("types.html", "data/index.json", "assets/a.js")) {
      assertThat(s3.head("site/" + path).metadata())
          .as(path)
          .containsEntry("generator", "quickpage-index")
          .containsEntry("quickpage-index-run", "run-a");
    }
  }

  @Test
  void theHeadersOfWhatWasThereAreInTheRecord() throws IOException {
    s3.put(
        "site/types.html",
        "theirs",
        request ->
            request
                .contentType("text/html")
                .contentEncoding("gzip")
                .contentDisposition("inline")
                .metadata(Map.of("author", "somebody")));

    publish("a");

    JsonNode original = state().at("/publications/0/files/0");
    assertThat(original.path("contentType").asText()).isEqualTo("text/html");
    assertThat(original.at("/otherHeaders/Content-Encoding").asText()).isEqualTo("gzip");
    assertThat(original.at("/otherHeaders/Content-Disposition").asText()).isEqualTo("inline");
    assertThat(original.at("/metadata/author").asText()).isEqualTo("somebody");
  }

  /** As after {@code aws s3 sync --delete} from a folder that has only pages. */
  @Test
  void aPageOfOursWhoseFilesAndRecordWereRemovedIsNotTakenForSomebodyElses() throws IOException {
    publish("a");
    store.delete(store.keysUnder(PUBLISHED));
    store.delete(store.keysUnder("site/data/"));
    store.delete(store.keysUnder("site/assets/"));
    assertThat(publications().mayReplace("types.html")).isTrue();

    publish("b");

    assertThat(site(".quickpage-index/published/0/types.html")).doesNotExist();
    assertThat(site("types.html")).hasContent("page b");
    assertThat(site("data/index.json")).hasContent("index b");
    assertThat(assets()).containsExactly("site/assets/b.js", "site/assets/common.css");
    assertThat(state().path("publications").findValuesAsText("number")).containsExactly("1");
  }

  @Test
  void whatIsMissingOfACurrentPublicationIsPublishedAnew() {
    publish("a");
    for (String path : List.of("types.html", "data/index.json", "assets/common.css")) {
      assertThat(publications().lacks(path)).as(path).isFalse();
    }
    store.delete(List.of("site/data/index.json", "site/assets/common.css"));
    theirs("types.html", "the generator's");
    theirs("other.html", "somebody's");
    for (String path : List.of("types.html", "data/index.json", "assets/common.css")) {
      assertThat(publications().lacks(path)).as(path).isTrue();
    }
    assertThat(publications().lacks("other.html")).isFalse();

    publish("b");

    for (String path : List.of("types.html", "data/index.json", "assets/common.css")) {
      assertThat(publications().lacks(path)).as(path).isFalse();
    }
    assertThat(publications().lacks("assets/a.js")).as("of a former publication").isFalse();
  }

  @Test
  void aFileThatIsRemovedBetweenTwoLooksIsNobodysAndMayBeReplaced() {
    publish("a");
    theirs("index.html", "somebody's");
    Publications publications = publications();
    store.beforeRead = key -> s3.store().delete(List.of("site/index.html"));

    assertThat(publications.mayReplace("index.html")).isTrue();
  }

  @Test
  void aFileThatIsRemovedBeforeItIsKeptEndsNoRun() throws IOException {
    theirs("data/index.json", "somebody's");
    store.beforeRead =
        key -> {
          if (key.equals("site/data/index.json") && store.etag(key).isPresent()) {
            store.beforeRead = again -> s3.store().delete(List.of("site/data/index.json"));
          }
        };

    publish("a");

    assertThat(site("data/index.json")).hasContent("index a");
    assertThat(state().path("publications").findValuesAsText("number")).containsExactly("1");
  }

  @Test
  void anOldFileThatCouldNotBeRemovedIsRemovedByTheNextPublication() throws IOException {
    publish("a");
    publish("b");
    publish("c");
    store.keeps = "site/assets/a.js"::equals;

    publish("d");

    assertThat(site("types.html")).hasContent("page d");
    assertThat(site("assets/a.js")).exists();
    assertThat(state().path("unremoved").toString()).contains("assets/a.js");
    store.keeps = key -> false;
    publish("e");
    assertThat(site("assets/a.js")).doesNotExist();
    assertThat(state().path("unremoved").isMissingNode()).isTrue();
  }

  @Test
  void aPublicationThatWasLeftBehindChangesNothing() throws IOException {
    publish("a");
    Publications late = publications();
    publish("b");

    assertThatThrownBy(() -> late.publish(release("late"), late.pageSeen("types.html")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("state.json was changed meanwhile, by another run or a rollback");

    assertThat(site("types.html")).hasContent("page b");
    assertThat(site("data/index.json")).hasContent("index b");
    assertThat(state().path("current").asInt()).isEqualTo(2);
  }
}
