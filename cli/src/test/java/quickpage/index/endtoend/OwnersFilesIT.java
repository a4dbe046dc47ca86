package quickpage.index.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a site's owner says of the index page, from the command line to the page. */
class OwnersFilesIT {
  @TempDir private Path folder;
  private ServedDataset dataset;
  private TestSite site;

  @BeforeEach
  void makeSite() {
    dataset = ServedDataset.shared("male-cns:v0.9");
    dataset.calm();
    site = new TestSite(folder.resolve("site"), "types/");
    dataset.raw().types().stream()
        .filter(type -> type.matches("[A-Za-z]+[0-9]+"))
        .limit(40)
        .forEach(type -> site.addPages(dataset.raw(), type));
  }

  private CommandLineProcess.Ended run(String... more) {
    return CommandLineProcess.run(
        Map.of("NEUPRINT_TOKEN", dataset.token()),
        RunWords.of(site.root(), folder.resolve("cache"), dataset, more));
  }

  private String page() throws Exception {
    return Files.readString(site.root().resolve("types.html"));
  }

  /** Addresses of references, as the page has them beside the types. */
  private JsonNode references() throws Exception {
    String path = page().replaceFirst("(?s).*data-types=\"([^\"]+)\".*", "$1");
    String script = Files.readString(site.root().resolve(path));
    byte[] packed = Base64.getDecoder().decode(script.replaceAll("(?s)^.*?\"|\".*$", ""));
    try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
      ByteBuffer all = ByteBuffer.wrap(in.readAllBytes());
      int length = Integer.reverseBytes(all.getInt());
      return TestSite.JSON
          .readTree(new String(all.array(), 4, length, StandardCharsets.UTF_8))
          .path("references");
    }
  }

  @Test
  void titleMenuScriptAndBibliographyAreOnThePage() throws Exception {
    site.write("help.html", "<!doctype html><title>the site's own</title>");
    site.write(
        "quickpage-index.json",
        """
        {"title": "My fly", "links": [{"text": "Lab", "address": "https://lab.example/"}],
         "analytics": "https://stats.example/count.js"}
        """);
    site.write("quickpage-index-references.csv", "Yu 2010,10.1371/journal.pbio.1000461\n");

    CommandLineProcess.Ended ended = run();

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(page())
        .contains("<title>My fly</title>", "src=\"https://stats.example/count.js\"")
        .containsSubsequence(
            "<a href=\"help.html\">About</a>", "<a href=\"https://lab.example/\">Lab</a>");
    assertThat(references().toString())
        .isEqualTo("{\"Yu 2010\":\"https://doi.org/10.1371/journal.pbio.1000461\"}");
    assertThat(TestSite.JSON.readTree(site.root().resolve("data/index.json").toFile()).toString())
        .doesNotContain("quickpage-index");
  }

  @Test
  void aBibliographyElsewhereIsTakenInsteadOfTheSitesOwn() throws Exception {
    site.write("quickpage-index-references.csv", "Yu 2010,https://site.example/\n");
    Path chosen = folder.resolve("works.csv");
    Files.writeString(
        chosen, "text,address\nCachero 2010,https://c.example/\nNobody 1900,https://n.example/\n");

    CommandLineProcess.Ended ended = run("--references", chosen.toString());

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(references().toString()).isEqualTo("{\"Cachero 2010\":\"https://c.example/\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "quickpage-index.json | {\"titel\": \"x\"} | has an unknown key titel; known there are:"
            + " analytics, links, title.",
        "quickpage-index.json | {\"title\": 7} | : title must be a text of one line",
        "quickpage-index.json | {\"analytics\": \"http://a.example/\"} | : analytics must be the"
            + " https address of a script",
        "quickpage-index-references.csv | Yu 2010;https://a.example/ | , line 1: there must be a"
            + " text and an address with a comma between them"
      })
  void whatDoesNotFitIsNamedAndTheIndexStays(String file, String content, String sentence)
      throws Exception {
    assertThat(run().exitCode()).isZero();
    String before = page();
    site.write(file, content);

    CommandLineProcess.Ended ended = run();

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err())
        .contains(site.root().resolve(file) + sentence.replaceFirst("^has", " has"));
    assertThat(page()).isEqualTo(before);
  }

  @Test
  void aBibliographyThatIsNoneIsNamedBeforeAnythingIsDone() {
    CommandLineProcess.Ended missing = run("--references", folder.resolve("no.csv").toString());

    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err())
        .isEqualTo(
            "--references %s is not a file; there is nothing of that name.%n"
                .formatted(folder.resolve("no.csv")));
    assertThat(site.root().resolve(".quickpage-index")).doesNotExist();
  }
}
