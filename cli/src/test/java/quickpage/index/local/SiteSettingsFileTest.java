package quickpage.index.local;

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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quickpage.index.error.RefusedException;
import quickpage.index.render.page.SiteLook;

class SiteSettingsFileTest {
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

  @TempDir private Path site;

  private SiteLook read(String json) throws Exception {
    Files.writeString(site.resolve("quickpage-index.json"), json);
    return SiteSettingsFile.read(site);
  }

  @Test
  void nothingIsAddedWithoutAFileOrKeys() throws Exception {
    assertThat(SiteSettingsFile.read(site)).isEqualTo(SiteLook.PLAIN);
    assertThat(read("{}")).isEqualTo(SiteLook.PLAIN);
    assertThat(read("{\"title\": null, \"links\": null, \"analytics\": null}"))
        .isEqualTo(SiteLook.PLAIN);
  }

  @Test
  void readsWhatTheOwnerAdds() throws Exception {
    assertThat(read(WHOLE))
        .isEqualTo(
            new SiteLook(
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
        .hasMessageStartingWith(site.resolve("quickpage-index.json").toString())
        .hasMessageContaining(sentence);
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
