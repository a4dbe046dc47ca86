package quickpage.index.site.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import quickpage.index.io.ContentChecksum;
import quickpage.index.json.Json;
import quickpage.index.site.publish.PublicationRecord.Publication;
import quickpage.index.site.publish.PublicationRecord.PublishedFile;
import quickpage.index.site.store.ContentIdentity;
import quickpage.index.site.store.ObjectHeaders;
import quickpage.index.site.store.ObjectStore;

public class PublicationRecordTest {

  private static Publication publication(int number, String path, String content, String etag) {
    return new Publication(
        number,
        "run-" + number,
        "2026-01-01T00:00:00Z",
        true,
        List.of(
            new PublishedFile(
                path,
                "",
                checksum(content),
                etag,
                "text/html",
                "no-cache",
                Map.of("Content-Encoding", "gzip"),
                Map.of("author", "somebody"))),
        List.of("assets/page-1.js"),
        null,
        false);
  }

  private static final PublicationRecord RECORD =
      new PublicationRecord(
          1,
          2,
          List.of(
              publication(0, "index.html", "theirs", "\"0\""),
              publication(1, "catalogue.html", "first", "\"1\""),
              publication(2, "index.html", "second", null)),
          Set.of("list.html"),
          Set.of("static/index/page-0.js"));

  private static String checksum(String content) {
    return ContentChecksum.of(content.getBytes(StandardCharsets.UTF_8));
  }

  private static ContentIdentity identity(String content) {
    return ContentIdentity.of(
        new ObjectStore.Stored(
            new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)), ""));
  }

  @Test
  void aFileThatAFormerVersionPublishedIsKnownByItsSha256() throws IOException {
    PublicationRecord former =
        Json.convert(
            Json.MAPPER.readTree(
                """
                {"format": 1, "current": 1, "publications": [
                  {"number": 1, "run": "run-1", "generatedAt": "", "complete": true, "assets": [],
                   "files": [{"path": "types.html", "etag": "1", "sha256":
                     "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}]}]}
                """),
            PublicationRecord.class);

    assertThat(former.publishedWith("types.html", identity("abc"))).isTrue();
    assertThat(former.publishedWith("types.html", identity("abd"))).isFalse();
  }

  @Test
  void aRecordOfAFormerVersionHasNoFurtherHeadersAndNothingToRemove() throws IOException {
    PublicationRecord former =
        Json.convert(
            Json.MAPPER.readTree(
                """
                {"format": 1, "current": 0, "formerPaths": [], "publications": [
                  {"number": 0, "run": "", "generatedAt": "", "complete": true, "assets": [],
                   "page": null, "withdrawn": false,
                   "files": [{"path": "types.html", "sha256": "", "checksum": "1-1", "etag": "1",
                     "contentType": "text/html", "cacheControl": null}]}]}
                """),
            PublicationRecord.class);

    assertThat(former.unremoved()).isEmpty();
    assertThat(former.publications().get(0).files().get(0).headers())
        .isEqualTo(ObjectHeaders.of("text/html", null));
    assertThat(new String(Json.bytes(former), StandardCharsets.UTF_8))
        .doesNotContain("unremoved", "otherHeaders", "metadata");
  }

  @Test
  void whatWasThereBeforeIsNotOurs() {
    assertThat(RECORD.ownPaths()).containsExactly("catalogue.html", "index.html", "list.html");
    assertThat(RECORD.publishedAs("index.html", "\"0\"")).isFalse();
    assertThat(RECORD.publishedWith("index.html", identity("theirs"))).isFalse();
  }

  @Test
  void aFileIsKnownByItsEtagOrItsContentAtItsPath() {
    assertThat(RECORD.publishedAs("catalogue.html", "\"1\"")).isTrue();
    assertThat(RECORD.publishedAs("index.html", "\"1\"")).isFalse();
    assertThat(RECORD.publishedWith("index.html", identity("second"))).isTrue();
    assertThat(RECORD.publishedWith("catalogue.html", identity("second"))).isFalse();
  }

  @Test
  void numbersBeginAtOneAndGoOn() {
    assertThat(PublicationRecord.EMPTY.nextNumber()).isEqualTo(1);
    assertThat(RECORD.nextNumber()).isEqualTo(3);
  }

  @Test
  void theRecordSurvivesItsJson() throws IOException {
    assertThat(Json.convert(Json.MAPPER.readTree(Json.bytes(RECORD)), PublicationRecord.class))
        .isEqualTo(RECORD);
  }

  @Test
  void theNamesOfForgottenPublicationsStayButNotWhatWasInThem() {
    PublicationRecord now =
        RECORD.with(
            3,
            List.of(
                RECORD.publications().get(0),
                RECORD.publications().get(2),
                publication(3, "list.html", "third", null)));

    assertThat(now.formerPaths()).containsExactly("catalogue.html");
    assertThat(now.ownPaths()).containsExactlyElementsOf(RECORD.ownPaths());
    assertThat(now.publishedWith("catalogue.html", identity("first"))).isFalse();
    assertThat(now.with(3, List.of()).ownPaths()).containsExactlyElementsOf(RECORD.ownPaths());
  }

  @Test
  void aRecordThatKnowsNoFormerNamesHasNone() throws IOException {
    assertThat(
            Json.convert(
                Json.MAPPER.readTree("{\"format\": 1, \"current\": null, \"publications\": []}"),
                PublicationRecord.class))
        .isEqualTo(PublicationRecord.EMPTY);
  }
}
