package quickpage.index.site.settings;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quickpage.index.error.RefusedException;
import quickpage.index.model.SiteLook;
import quickpage.index.site.store.MemoryStore;

/** What a site's owner says in files of the site. */
class OwnersFilesTest {
  private static final String WHOLE =
      """
      {
        "$schema": "https://example.org/quickpage-index.schema.json",
        "title": "My fly & its <types>",
        "links": [
          {"text": "Lab", "address": "https://lab.example.org/a?b=c#d"},
          {"text": "Methods", "address": "docs/methods.html"}
        ],
        "analytics": "https://stats.example.org/count.js"
      }
      """;

  private final MemoryStore store = new MemoryStore();

  private OwnersFiles files() {
    return OwnersFiles.read(store, "fly/");
  }

  private SiteSettings read(String json) {
    store.objects.put("fly/quickpage-index.json", json.getBytes(UTF_8));
    return files().settings();
  }

  @Test
  void nothingIsAddedWithoutAFileOrKeys() {
    assertThat(files().settings()).isEqualTo(SiteSettings.NONE);
    assertThat(files().references()).isEmpty();
    assertThat(read("{}")).isEqualTo(SiteSettings.NONE);
    assertThat(read("{\"title\": null, \"links\": null, \"analytics\": null}"))
        .isEqualTo(SiteSettings.NONE);
  }

  @Test
  void readsWhatTheOwnerAdds() {
    assertThat(read(WHOLE))
        .isEqualTo(
            new SiteSettings(
                "My fly & its <types>",
                List.of(
                    new SiteLook.Link("Lab", "https://lab.example.org/a?b=c#d"),
                    new SiteLook.Link("Methods", "docs/methods.html")),
                "https://stats.example.org/count.js"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"titel\": \"x\"}                | has an unknown key titel; known there are: analytics,"
            + " links, title.",
        "{\"title\": 7}                    | title must be a text of one line and at most 200"
            + " characters, not 7.",
        "{\"title\": \" \"}                | title must be a text",
        "{\"title\": \"a\", \"title\": \"b\"} | is not JSON",
        "[]                                | must hold a JSON object",
        "{\"title\":                       | is not JSON",
        "{} {}                             | is not JSON",
        "{\"links\": {}}                   | links must be a list of at most 12 objects",
        "{\"links\": [\"x\"]}              | links[0] must be an object with text and address",
        "{\"links\": [{\"text\": \"x\"}]}  | links[0].address must be a text",
        "{\"links\": [{\"text\": \"x\", \"address\": \"y\", \"url\": 1}]} | unknown key"
            + " links[0].url",
        "{\"links\": [{\"text\": \"x\", \"address\": \"javascript:alert(1)\"}]} | links[0].address"
            + " must be an https or http address",
        "{\"links\": [{\"text\": \"x\", \"address\": \"//evil.example/\"}]} | links[0].address must"
            + " be an https",
        "{\"links\": [{\"text\": \"x\", \"address\": \"https://u:p@example.org/\"}]} |"
            + " links[0].address must be",
        "{\"analytics\": \"http://stats.example.org/a.js\"} | analytics must be the https address"
            + " of a script",
        "{\"analytics\": \"https://stats.example.org/a.js; img-src *\"} | analytics must be",
        "{\"analytics\": \"https://stats.example.org/a,b.js\"} | analytics must be",
        "{\"analytics\": \"https://stats.example.org/a.js?site=1\"} | without a query",
        "{\"analytics\": \"https://\"}     | analytics must be"
      })
  void refusesWhatDoesNotFitAndNamesIt(String json, String sentence) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("memory/fly/quickpage-index.json")
        .hasMessageContaining(sentence);
  }

  @Test
  void refusesTextThatIsNotUtf8AndFilesThatNoOwnerWrites() {
    store.objects.put("fly/quickpage-index.json", "{\"title\": \"é\"}".getBytes(ISO_8859_1));
    assertThatThrownBy(() -> files().settings())
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("memory/fly/quickpage-index.json is not JSON");

    store.objects.put("fly/quickpage-index.json", new byte[(1 << 20) + 1]);
    assertThatThrownBy(this::files)
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "memory/fly/quickpage-index.json is longer than a megabyte, which no such file needs to"
                + " be.");
  }

  @Test
  void whatIsMissingIsSaidByOthers() {
    SiteSettings parameters =
        new SiteSettings("P", List.of(new SiteLook.Link("p", "p.html")), "https://p.example/p.js");

    assertThat(read("{}").or(parameters)).isEqualTo(parameters);
    assertThat(read(WHOLE).or(parameters)).isEqualTo(read(WHOLE));
    assertThat(read("{\"links\": []}").or(parameters))
        .isEqualTo(new SiteSettings("P", List.of(), "https://p.example/p.js"));
  }

  @Test
  void theChecksumTellsFilesApart() {
    assertThat(files().checksum()).isEmpty();
    store.objects.put("fly/quickpage-index.json", "a".getBytes(UTF_8));
    String settings = files().checksum();
    store.objects.put("fly/quickpage-index-references.csv", "a".getBytes(UTF_8));
    String both = files().checksum();
    store.objects.remove("fly/quickpage-index.json");
    String references = files().checksum();

    assertThat(List.of(settings, both, references)).doesNotHaveDuplicates().doesNotContain("");
    store.objects.put("fly/quickpage-index.json", "a".getBytes(UTF_8));
    assertThat(files().checksum()).isEqualTo(both);
  }

  @Test
  void theSchemaTakesWhatIsReadAndNoUnknownKey() throws Exception {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Path.of("../docs/quickpage-index.schema.json")));

    assertThat(schema.validate(WHOLE, InputFormat.JSON)).isEmpty();
    assertThat(schema.validate("{}", InputFormat.JSON)).isEmpty();
    for (String wrong :
        List.of(
            "{\"titel\": \"x\"}",
            "{\"title\": 7}",
            "{\"links\": [{\"text\": \"x\"}]}",
            "{\"analytics\": \"http://stats.example.org/a.js\"}")) {
      assertThat(schema.validate(wrong, InputFormat.JSON)).as(wrong).isNotEmpty();
    }
  }
}
