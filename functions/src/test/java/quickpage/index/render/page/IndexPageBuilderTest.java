package quickpage.index.render.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quickpage.index.model.Facet;
import quickpage.index.model.IndexEntries;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.Neurotransmitter;
import quickpage.index.model.SideCounts;
import quickpage.index.model.SiteLook;
import quickpage.index.model.SynapseCounts;
import quickpage.index.model.TypeFacts;
import quickpage.index.model.TypePages;
import quickpage.index.model.TypeProperties;
import quickpage.index.model.roi.OwnPrimaryRois;
import quickpage.index.model.roi.RoiParents;

class IndexPageBuilderTest {
  private static final String HOSTILE = "</script><img src=x onerror=alert(1)>\"'&";

  @Test
  void theSameEntriesGiveTheSameBytes() {
    RenderedPage first = page(facts("2026-11-22T10:00:00Z", "https://a.example"));
    RenderedPage second = page(facts("2026-11-22T10:00:00Z", "https://a.example"));

    assertThat(new String(second.html(), UTF_8)).isEqualTo(new String(first.html(), UTF_8));
    assertThat(second.assets()).usingRecursiveComparison().isEqualTo(first.assets());
  }

  @Test
  void aNewRunOfTheSameDataChangesThePageButNoFileItLoads() {
    RenderedPage morning = page(facts("2026-11-22T10:00:00Z", "https://a.example"));
    RenderedPage evening = page(facts("2026-11-22T20:00:00Z", "https://b.example"));

    assertThat(new String(evening.html(), UTF_8)).isNotEqualTo(new String(morning.html(), UTF_8));
    assertThat(evening.assets()).usingRecursiveComparison().isEqualTo(morning.assets());
  }

  @Test
  void thePageNamesEveryFileAndEachNameHoldsAHash() {
    RenderedPage page = page(facts("2026-11-22T10:00:00Z", "https://a.example"));
    String html = new String(page.html(), UTF_8);

    assertThat(page.assets()).hasSize(4);
    for (PageAsset asset : page.assets()) {
      assertThat(html).contains("\"" + asset.path() + "\"");
      assertThat(asset.path()).matches("static/index/[a-z]+-[0-9a-f]{20}\\.(css|js|html)");
    }
  }

  @Test
  void namesFromTheDatabaseAreEscapedWhereverTheyStand() {
    IndexPageBuilder builder = new IndexPageBuilder(PageSettings.DEFAULT);
    builder.add(
        IndexEntry.withoutNeurons(
            HOSTILE, new TypePages("javascript:alert(1).html", null, "a%b#c?.html", null)));
    PageFacts facts =
        new PageFacts(
            null, HOSTILE, HOSTILE, HOSTILE, Instant.EPOCH, true, Map.of(HOSTILE, HOSTILE));
    RenderedPage page = builder.finish(facts);
    String html = new String(page.html(), UTF_8);
    String list = new String(page.assets().get(3).bytes(), UTF_8);

    assertThat(html).doesNotContain("<img");
    assertThat(list)
        .doesNotContain("<img")
        .contains("href=\"../../javascript%3Aalert(1).html\"")
        .contains("href=\"../../a%25b%23c%3F.html\"");
  }

  @Test
  void theOwnersTitleLinksAndScriptAreOnThePageAndNothingElseIsAllowed() {
    SiteLook look =
        new SiteLook(
            HOSTILE,
            List.of(new SiteLook.Link("About", "help.html")),
            List.of(new SiteLook.Link(HOSTILE, "docs/a.html?x=\"1\"&y=2")),
            "https://stats.example:8443/a.js",
            Map.of());
    RenderedPage page =
        new IndexPageBuilder(PageSettings.DEFAULT.withLook(look))
            .finish(facts("2026-11-22T10:00:00Z", "https://a.example"));
    String html = new String(page.html(), UTF_8);

    assertThat(html)
        .doesNotContain("<img")
        .containsSubsequence(
            "<a href=\"help.html\">About</a>", "<a href=\"docs/a.html?x=&#34;1&#34;&amp;y=2\">")
        .contains("<script defer src=\"https://stats.example:8443/a.js\"></script>")
        .containsPattern(
            "script-src 'self' 'sha256-[^']+' https://stats.example:8443/a.js; style-src 'self';"
                + " img-src 'self' data: https://stats.example:8443; connect-src"
                + " https://stats.example:8443; base-uri")
        .doesNotContain("<h1><bdi>male-cns");
    assertThat(new String(page(facts("2026-11-22T10:00:00Z", "https://a.example")).html(), UTF_8))
        .doesNotContain("site-links", "stats.example", "connect-src")
        .contains("<h1><bdi>male-cns:v0.9</bdi></h1>", "<title>Neuron types of male-cns:v0.9<");
  }

  @Test
  void thoseReferencesGetAnAddressThatSynonymsName() throws IOException {
    IndexPageBuilder builder =
        new IndexPageBuilder(
            PageSettings.DEFAULT.withLook(
                new SiteLook(
                    null,
                    List.of(),
                    List.of(),
                    null,
                    Map.of(
                        "Aso 2014", "https://a.example/",
                        "Wolff 2018", "https://w.example/",
                        "Smith, 2001", "https://s.example/",
                        "Nern 2025", "https://n.example/"))));
    builder.add(withSynonyms("Tm1", "Aso 2014 , Wolff 2018: Tm-x; LAL9"));
    builder.add(withSynonyms("Tm2", null));
    builder.add(withSynonyms("Tm3", "a, b; Smith, 2001: Tm-y"));
    builder.add(withSynonyms("Tm4", "Nern 2025"));

    assertThat(
            columns(builder.finish(facts("2026-11-22T10:00:00Z", "https://a.example")))
                .path("references")
                .toString())
        .isEqualTo(
            "{\"Aso 2014\":\"https://a.example/\",\"Smith, 2001\":\"https://s.example/\",\"Wolff"
                + " 2018\":\"https://w.example/\"}");
    assertThat(columns(page(facts("2026-11-22T10:00:00Z", "https://a.example"))).has("references"))
        .isFalse();
  }

  private static IndexEntry withSynonyms(String name, String synonyms) {
    return entry(name, synonyms, Map.of(), Map.of());
  }

  @Test
  void linksBeginAtTheBaseWhereThePageLiesElsewhere() throws IOException {
    IndexPageBuilder builder =
        new IndexPageBuilder(
            PageSettings.DEFAULT
                .withBase("https://my.site/cns/")
                .withLook(
                    new SiteLook(
                        null,
                        List.of(new SiteLook.Link("Home", "index.html")),
                        List.of(new SiteLook.Link("Notes", "notes.html")),
                        null,
                        Map.of())));
    builder.add(
        IndexEntry.withoutNeurons("a b", new TypePages("types/a_b.html", null, null, null)));
    RenderedPage page = builder.finish(facts("2026-11-22T10:00:00Z", "https://a.example"));

    assertThat(columns(page).at("/base").asText()).isEqualTo("https://my.site/cns/");
    assertThat(new String(page.assets().get(3).bytes(), UTF_8))
        .contains("href=\"https://my.site/cns/types/a_b.html\"");
    assertThat(new String(page.html(), UTF_8))
        .contains("<a href=\"https://my.site/cns/index.html\">", "<a href=\"notes.html\">");
  }

  @Test
  void theScriptIsClassicWithNothingLeftOfItsModules() {
    String script = new String(PageSources.script(), UTF_8);

    assertThat(script)
        .containsPattern("\\A\\(\\(\\) ?=> ?\\{")
        .containsPattern("\\}\\)\\(\\);\\n\\z")
        .doesNotContainPattern("(?m)^(import|export) ")
        .doesNotContainPattern("(?:from|import) ?[\"']\\./");
  }

  @Test
  void readersLoadNoCommentsAndNoSourceMap() {
    RenderedPage page = page(facts("2026-11-22T10:00:00Z", "https://a.example"));

    assertThat(page.assets())
        .filteredOn(asset -> asset.path().contains("page-"))
        .hasSize(2)
        .allSatisfy(
            asset ->
                assertThat(new String(asset.bytes(), UTF_8))
                    .doesNotContain("/*", "sourceMappingURL")
                    .doesNotContainPattern("(?m)^\\s*//"));
    assertThat(PageSources.themeScript()).doesNotContain("/*", "//");
    assertThat(PageSources.class.getResource("page.js.map")).isNull();
  }

  @Test
  void thePolicyAllowsTheScriptInThePageByItsHash() throws GeneralSecurityException {
    String html =
        new String(page(facts("2026-11-22T10:00:00Z", "https://a.example")).html(), UTF_8);
    Matcher inline = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL).matcher(html);

    assertThat(inline.find()).isTrue();
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(inline.group(1).getBytes(UTF_8));
    assertThat(html).contains("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
    assertThat(inline.find()).isFalse();
  }

  @Test
  void thePageSaysWhatItWasMadeFromAndWhen() {
    String html =
        new String(page(facts("2026-11-22T10:00:00Z", "https://a.example")).html(), UTF_8);

    assertThat(html)
        .contains("male-cns:v0.9", "abc", "2026-01-01", "https://a.example")
        .contains("2026-11-22 10:00:00 UTC")
        .contains("href=\"data/index.json\"", "href=\"data/index.schema.json\"");
  }

  @Test
  void theColumnsHoldWhatTheEntriesSay() throws IOException {
    RenderedPage page = page(facts("2026-11-22T10:00:00Z", "https://a.example"));
    JsonNode columns = columns(page);

    assertThat(columns.at("/names")).hasToString("[\"A/B\",\"LC10a\"]");
    assertThat(columns.at("/pages/folder").asText()).isEqualTo("types/");
    assertThat(columns.at("/errors/values")).hasToString("[\"took too long\"]");
  }

  @ParameterizedTest
  @CsvSource({"0.734, 73", "0, 0", "1, 100", "-1, -1", "1.5, -1", "1e12, -1", "NaN, -1", ", -1"})
  void aConfidenceThatIsNoShareIsUnknownAndStopsNothing(Double confidence, int shown)
      throws IOException {
    RenderedPage page = page(facts("2026-11-22T10:00:00Z", "https://a.example"), confidence, 12);

    assertThat(number(page, "confidence")).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "12, 12", "-7, -1", "9000000000, 2147483646"})
  void aCountThatCannotBeIsUnknownAndStopsNothing(long pre, int shown) throws IOException {
    RenderedPage page = page(facts("2026-11-22T10:00:00Z", "https://a.example"), 0.5, pre);

    assertThat(number(page, "pre")).isEqualTo(shown);
  }

  /** The first number of a column. */
  private static int number(RenderedPage page, String column) throws IOException {
    byte[] file = unpacked(page);
    JsonNode place = columns(page).path(column);
    int start = 4 + ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt();
    long number = -1;
    for (int plane = 0; plane < place.path("planes").asInt(); plane++) {
      int at = start + place.path("at").asInt() + plane * place.path("count").asInt();
      number += (long) (file[at] & 0xff) << (8 * plane);
    }
    return Math.toIntExact(number);
  }

  private static RenderedPage page(PageFacts facts, Double confidence, long pre) {
    IndexPageBuilder builder = new IndexPageBuilder(PageSettings.DEFAULT);
    builder.add(
        IndexEntries.describe(
            new TypeFacts(
                "LC10a",
                new SideCounts(1, 1, 0, 0),
                new SynapseCounts(pre, 2),
                List.of(),
                new TypeProperties(
                    new Neurotransmitter(null, "gaba", confidence, null),
                    List.of(),
                    List.of(),
                    List.of(),
                    null,
                    null,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Collections.emptySortedMap(),
                    Collections.emptySortedMap())),
            new TypePages("LC10a.html", null, null, null),
            new RoiParents(Map.of()),
            OwnPrimaryRois.NONE,
            1.5,
            null,
            1));
    return builder.finish(facts);
  }

  private static IndexEntry entry(
      String name, Map<String, List<String>> otherTypes, Map<String, List<String>> otherClasses) {
    return entry(name, null, otherTypes, otherClasses);
  }

  private static IndexEntry entry(
      String name,
      String synonyms,
      Map<String, List<String>> otherTypes,
      Map<String, List<String>> otherClasses) {
    TypeProperties none = TypeProperties.NONE;
    return IndexEntry.described(
        new TypeFacts(
            name,
            new SideCounts(1, 1, 0, 0),
            new SynapseCounts(1, 2),
            null,
            new TypeProperties(
                none.neurotransmitter(),
                List.of(),
                List.of(),
                List.of(),
                null,
                synonyms,
                List.of(),
                List.of(),
                List.of(),
                List.of("VPNp2"),
                List.of("00732"),
                new TreeMap<>(otherTypes),
                new TreeMap<>(otherClasses))),
        new TypePages(name + ".html", null, null, null),
        List.of(),
        "",
        List.of());
  }

  @Test
  void thePageKnowsThePropertiesThatSomeTypeHasAndTheLabelsOfTheOptionFacets() throws IOException {
    IndexPageBuilder builder =
        new IndexPageBuilder(
            PageSettings.DEFAULT.withFacets(
                List.of(
                    new Facet("absent", "Nobody has it"),
                    new Facet("order", "Order"),
                    new Facet("nerve", "Main nerve"))));
    builder.add(entry("A", Map.of(), Map.of("birthtime", List.of("primary"))));
    builder.add(
        entry(
            "B",
            Map.of("mancType", List.of("B", "DNb")),
            Map.of("order", List.of("x", "y"), "nerve", List.of("AbN3"))));
    JsonNode columns = columns(builder.finish(facts("2026-01-01T00:00:00Z", "https://s")));

    assertThat(columns.at("/supertypes/values").toString()).isEqualTo("[\"00732\"]");
    assertThat(columns.at("/itoleeHemilineages/values").toString()).isEqualTo("[\"VPNp2\"]");
    assertThat(columns.get("otherTypes")).hasSize(1);
    assertThat(columns.at("/otherTypes/0/property").asText()).isEqualTo("mancType");
    assertThat(columns.at("/otherTypes/0/texts").toString()).isEqualTo("[\"\",\"DNb\"]");
    assertThat(columns.at("/otherTypes/0/lengths/count").asInt()).isEqualTo(2);
    assertThat(columns.get("otherClasses"))
        .extracting(
            column -> column.path("property").asText(),
            column -> column.path("label").asText("none"),
            column -> column.path("values").toString())
        .containsExactly(
            tuple("birthtime", "none", "[\"primary\"]"),
            tuple("nerve", "Main nerve", "[\"AbN3\"]"),
            tuple("order", "Order", "[\"x\",\"y\"]"));
  }

  static JsonNode columns(RenderedPage page) throws IOException {
    return new ObjectMapper().readTree(textOf(unpacked(page)));
  }

  private static byte[] unpacked(RenderedPage page) throws IOException {
    PageAsset types =
        page.assets().stream().filter(a -> a.path().contains("types-")).findFirst().orElseThrow();
    String script = new String(types.bytes(), UTF_8);
    String base64 = script.substring(script.indexOf('"') + 1, script.lastIndexOf('"'));
    try (InputStream in =
        new InflaterInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(base64)))) {
      return in.readAllBytes();
    }
  }

  /** Four bytes of length, then the JSON object. */
  private static byte[] textOf(byte[] file) {
    int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt();
    return Arrays.copyOfRange(file, 4, 4 + length);
  }

  private static RenderedPage page(PageFacts facts) {
    IndexPageBuilder builder = new IndexPageBuilder(PageSettings.DEFAULT);
    List.of(
            IndexEntry.withoutNeurons("A/B", new TypePages("types/A_B.html", null, null, null)),
            IndexEntry.unavailable(
                "LC10a",
                new TypePages("types/LC10a.html", "types/LC10a_L.html", null, null),
                "took too long"))
        .forEach(builder::add);
    return builder.finish(facts);
  }

  @Test
  void namesTheServerWhereItMayBeAWebsite() {
    String page = html(page(facts("2026-11-22T10:00:00Z", "https://neuprint.example.org")));

    assertThat(page).contains(" data-neuprint=\"https://neuprint.example.org\"");
    for (String other : new String[] {"http://127.0.0.1:8080", null}) {
      assertThat(html(page(facts("2026-11-22T10:00:00Z", other)))).doesNotContain("data-neuprint");
    }
  }

  private static String html(RenderedPage page) {
    return new String(page.html(), UTF_8);
  }

  private static PageFacts facts(String generatedAt, String server) {
    return new PageFacts(
        server,
        "male-cns:v0.9",
        "abc",
        "2026-01-01",
        Instant.parse(generatedAt),
        true,
        Map.of("ME(R)", "Medulla"));
  }
}
