package quickpage.index.embedded.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quickpage.index.error.RefusedException;
import quickpage.index.model.TransientFailure;
import quickpage.index.site.store.Content;
import quickpage.index.site.store.ObjectHeaders;
import quickpage.index.site.store.ObjectStore;
import quickpage.index.site.store.S3ObjectStore;

class S3ObjectStoreIT {

  @TempDir private Path buckets;
  private Path folder;
  private S3 s3;
  private ObjectStore store;

  @BeforeEach
  void start() throws IOException {
    s3 = new S3(buckets);
    folder = s3.folder();
    store = s3.store();
  }

  @AfterEach
  void stop() throws IOException {
    s3.close();
  }

  private static Content text(String text) {
    return Content.fixedName(text.getBytes(StandardCharsets.UTF_8), "text/html; charset=utf-8");
  }

  private static String content(ObjectStore store, String key) throws IOException {
    try (ObjectStore.Stored stored = store.read(key).orElseThrow()) {
      return new String(stored.body().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Names over all first letters, and many under one, as of real types. */
  private static List<String> names(int count) {
    String letters = "0A5BCDLLLLLLLMTabz_~(é\uffeeß";
    return IntStream.range(0, count)
        .mapToObj(i -> "%c%05d_L.html".formatted(letters.charAt(i % letters.length()), i))
        .toList();
  }

  private void pages(String in, List<String> names) throws IOException {
    Files.createDirectories(folder.resolve(in));
    for (String name : names) {
      Files.createFile(folder.resolve(in).resolve(name));
    }
  }

  @Test
  void aFolderOfManyPagesIsListedWithoutALossOrADouble() throws IOException {
    List<String> names = names(5200);
    pages("types", names);
    pages("types/below", names(3));

    assertThat(store.htmlFilesIn("types/")).containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  void aThousandAndOneMoreAreListed() throws IOException {
    for (int count : new int[] {999, 1000, 1001}) {
      pages("n" + count, names(count));

      assertThat(store.htmlFilesIn("n" + count + "/"))
          .containsExactlyInAnyOrderElementsOf(names(count));
    }
  }

  @Test
  void awkwardNamesAreListedAsTheyAre() throws IOException {
    List<String> awkward = new ArrayList<>();
    for (String name :
        List.of(
            "a b",
            "a+b",
            "a%20b",
            "a&b",
            "a<b>",
            "\"q\"",
            "it's",
            "x#y",
            "x?y",
            "(a,b)",
            "ü",
            "日本",
            "🧠",
            "javascript:alert(1)",
            "_L",
            "~",
            "..a",
            "%",
            "=",
            "a\\b")) {
      awkward.add(name + ".html");
    }
    awkward.forEach(name -> s3.put("types/" + name, name));
    pages("types", List.of("no-page.htm", "page.HTML", "html", "x.html.bak"));

    assertThat(store.htmlFilesIn("types/")).containsExactlyInAnyOrderElementsOf(awkward);
    for (String name : awkward) {
      assertThat(store.etag("types/" + name)).as(name).isPresent();
    }
  }

  @Test
  void foldersAreNoPages() throws IOException {
    pages("a.html", List.of("x.html"));
    pages("", List.of("b.html"));

    assertThat(store.htmlFilesIn("")).containsExactly("b.html");
  }

  @Test
  void whatIsWrittenIsReadUnderItsEtag() throws IOException {
    String etag = store.write("data/a.json", text("ä"));

    assertThat(store.etag("data/a.json")).contains(etag);
    assertThat(content(store, "data/a.json")).isEqualTo("ä");
    assertThat(folder.resolve("data/a.json")).hasContent("ä");
    assertThat(store.keysUnder("data/")).containsExactly("data/a.json");
  }

  @Test
  void aPublishedFileHasItsTypeAndItsCaching() {
    store.write("a.html", text("x"));
    store.write("b.js", Content.hashedName(new byte[] {'y'}, "text/javascript"));

    var html = s3.server().client().headObject(b -> b.bucket("site").key("a.html"));
    var script = s3.server().client().headObject(b -> b.bucket("site").key("b.js"));

    assertThat(html.contentType()).isEqualToIgnoringWhitespace("text/html; charset=utf-8");
    assertThat(html.cacheControl()).isEqualTo("no-cache");
    assertThat(script.cacheControl()).isEqualTo("public, max-age=31536000, immutable");
  }

  @Test
  void aFileIsWrittenOnlyOverWhatWasSeen() throws IOException {
    Optional<String> first = store.writeIfUnchanged("a.html", text("1"), Optional.empty());
    assertThat(first).isPresent();
    assertThat(store.writeIfUnchanged("a.html", text("2"), Optional.empty())).isEmpty();

    assertThat(store.writeIfUnchanged("a.html", text("2"), first)).isPresent();
    assertThat(store.writeIfUnchanged("a.html", text("3"), first)).isEmpty();
    assertThat(content(store, "a.html")).isEqualTo("2");
  }

  @Test
  void aFileThatIsGoneIsNotWhatWasSeen() {
    Optional<String> seen = Optional.of(store.write("a.html", text("1")));
    store.delete(List.of("a.html"));

    assertThat(store.writeIfUnchanged("a.html", text("2"), seen)).isEmpty();
    assertThat(store.etag("a.html")).isEmpty();
  }

  @Test
  void whatIsNotThereIsEmptyAndRemovingItDoesNoHarm() {
    assertThat(store.etag("none")).isEmpty();
    assertThat(store.read("none")).isEmpty();
    assertThat(store.htmlFilesIn("none/")).isEmpty();
    assertThat(store.keysUnder("none/")).isEmpty();
    store.delete(List.of("none", "none either"));
    store.delete(List.of());
  }

  @Test
  void moreThanAThousandObjectsAreRemoved() throws IOException {
    List<String> names = names(1100);
    pages("old", names);
    pages("kept", names(1));

    store.delete(names.stream().map(name -> "old/" + name).toList());

    assertThat(store.htmlFilesIn("old/")).isEmpty();
    assertThat(store.htmlFilesIn("kept/")).hasSize(1);
  }

  @Test
  void aBucketThatIsNotThereIsRefusedByName() {
    ObjectStore none = new S3ObjectStore(s3.server().client(), "none");

    assertThatThrownBy(() -> none.htmlFilesIn(""))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(" s3://none/")
        .hasMessageEndingWith(".");
    assertThatThrownBy(() -> none.write("a", text("x"))).isInstanceOf(RefusedException.class);
  }

  @Test
  void aServerThatIsAwayIsSomethingToRepeat() throws IOException {
    s3.close();

    assertThatThrownBy(() -> store.etag("a.html"))
        .isInstanceOf(TransientFailure.class)
        .hasMessageContaining("look at a.html in s3://site/");
  }

  @Test
  void allHeadersAndMetadataOfAnObjectAreReadAndWritten() throws IOException {
    s3.put(
        "a.html",
        "x",
        request ->
            request
                .contentType("text/html; charset=iso-8859-1")
                .cacheControl("max-age=60")
                .contentEncoding("gzip")
                .contentDisposition("inline; filename=a.html")
                .contentLanguage("de")
                .expires(Instant.parse("2030-01-02T03:04:05Z"))
                .metadata(Map.of("author", "somebody")));
    ObjectHeaders headers = store.head("a.html").orElseThrow().headers();
    assertThat(headers.cacheControl()).isEqualTo("max-age=60");
    assertThat(headers.others())
        .containsEntry("Content-Encoding", "gzip")
        .containsEntry("Content-Disposition", "inline; filename=a.html")
        .containsEntry("Content-Language", "de");
    assertThat(headers.metadata()).containsExactly(Map.entry("author", "somebody"));

    store.write("b.html", new Content(new byte[] {'y'}, null, headers));

    assertThat(store.head("b.html").orElseThrow().headers()).isEqualTo(headers);
    try (ObjectStore.Stored read = store.read("b.html").orElseThrow()) {
      assertThat(read.headers()).isEqualTo(headers);
    }
  }

  private static String deleteResult(String... keysAndCodes) {
    StringBuilder errors = new StringBuilder();
    for (int i = 0; i < keysAndCodes.length; i += 2) {
      errors.append(
          "<Error><Key>%s</Key><Code>%s</Code><Message>No.</Message></Error>"
              .formatted(keysAndCodes[i], keysAndCodes[i + 1]));
    }
    return "<DeleteResult>" + errors + "</DeleteResult>";
  }

  @Test
  void whatS3DoesNotRemoveIsAFailureThoughItAnswers200() throws IOException {
    String answer = deleteResult("a.js", "InternalError", "b.js", "AccessDenied");
    try (ScriptedS3 scripted = new ScriptedS3(200, Map.of(), answer)) {
      assertThatThrownBy(() -> scripted.store().delete(List.of("a.js", "b.js", "c.js")))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "S3 does not let this run remove b.js and 1 more in s3://site/ (AccessDenied).");
    }
  }

  @Test
  void whatS3CouldNotRemoveJustNowIsSomethingToRepeat() throws IOException {
    String answer = deleteResult("a.js", "InternalError");
    try (ScriptedS3 scripted = new ScriptedS3(200, Map.of(), answer)) {
      assertThatThrownBy(() -> scripted.store().delete(List.of("a.js")))
          .isInstanceOf(TransientFailure.class)
          .hasMessage("S3 could not remove a.js in s3://site/ (InternalError).");
    }
  }

  @Test
  void allAreTriedBeforeOneThatStaysIsSaid() throws IOException {
    String answer = deleteResult("old/0", "AccessDenied");
    try (ScriptedS3 scripted = new ScriptedS3(200, Map.of(), answer)) {
      List<String> keys = IntStream.range(0, 1001).mapToObj(i -> "old/" + i).toList();

      assertThatThrownBy(() -> scripted.store().delete(keys)).isInstanceOf(RefusedException.class);

      assertThat(scripted.requests()).isEqualTo(2);
    }
  }

  @Test
  void aBucketOfAnotherRegionIsRefusedByTheRegionsName() throws IOException {
    for (int status : new int[] {301, 400}) {
      Map<String, String> headers = Map.of("x-amz-bucket-region", "eu-west-1");
      try (ScriptedS3 scripted =
          new ScriptedS3(status, headers, ScriptedS3.error("PermanentRedirect"))) {
        assertThatThrownBy(() -> scripted.store().keysUnder(""))
            .isInstanceOf(RefusedException.class)
            .hasMessage(
                "The bucket s3://site/ is in eu-west-1, and this run works in us-east-1 (%d): use a"
                    + " bucket of the same region.",
                status);
        assertThatThrownBy(() -> scripted.store().etag("a.html"))
            .isInstanceOf(RefusedException.class)
            .hasMessageContaining("is in eu-west-1");
      }
    }
  }

  @Test
  void whatS3FindsWrongWithARequestIsNotRepeated() throws IOException {
    try (ScriptedS3 scripted = new ScriptedS3(400, Map.of(), ScriptedS3.error("InvalidArgument"))) {
      assertThatThrownBy(() -> scripted.store().keysUnder(""))
          .isInstanceOf(RefusedException.class)
          .hasMessage("S3 did not list the files in s3://site/ (400 InvalidArgument).");
      assertThat(scripted.requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"400, RequestTimeout", "409, ConditionalRequestConflict", "503, SlowDown"})
  void whatPassesByItselfIsSomethingToRepeat(int status, String code) throws IOException {
    try (ScriptedS3 scripted = new ScriptedS3(status, Map.of(), ScriptedS3.error(code))) {
      assertThatThrownBy(() -> scripted.store().keysUnder(""))
          .isInstanceOf(TransientFailure.class)
          .hasMessage("S3 could not list the files in s3://site/ (%d).", status);
    }
  }
}
