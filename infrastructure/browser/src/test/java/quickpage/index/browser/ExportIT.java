package quickpage.index.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.support.ui.WebDriverWait;
import quickpage.index.model.IndexEntry;
import quickpage.index.text.CodePointOrder;

/** The files that readers take away, against the same list worked out from data/index.json. */
class ExportIT extends BrowserIT {
  /** Texts that a spreadsheet would calculate, or that would break a line or a cell. */
  private static final List<String> FORMULAS =
      List.of(
          "=1+1",
          "+1+1",
          "-1+1",
          "@SUM(A1)",
          "\t=1+1",
          "\r=1+1",
          "\n=1+1",
          "＝1+1",
          "＋1+1",
          "－1+1",
          "＠SUM(A1)",
          "=HYPERLINK(\"http://evil.example\",\"x\")",
          "=cmd|' /C calc'!A0",
          "a\"b",
          "a,b",
          "a\nb",
          "a;=1+1",
          "'quoted");

  private static final List<String> LISTS =
      List.of(
          "parentRois",
          "superclasses",
          "classes",
          "subclasses",
          "flywireTypes",
          "somaNeuromeres",
          "hemilineages",
          "itoleeHemilineages",
          "supertypes");

  /** Columns of the properties that some type has, and of what each is a key. */
  private static final Map<String, List<String>> PROPERTIES =
      Map.of(
          "otherTypes", List.of("hemibrainType", "mancType"),
          "otherClasses", List.of("birthtime", "nerve", "wanted"));

  private static List<JsonNode> entries;
  private static Path downloads;
  private static String lastName;
  private static String url;

  @BeforeAll
  static void open(@TempDir Path folder) throws IOException {
    downloads = Files.createDirectory(folder.resolve("downloads"));
    driver.executeCdpCommand(
        "Browser.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", downloads.toString()));
    List<IndexEntry> all = new ArrayList<>(GeneratedEntries.withHostileOnes(400, 11));
    FORMULAS.forEach(text -> all.add(HostileEntries.described(text)));
    all.sort((a, b) -> CodePointOrder.BY_CODE_POINT.compare(a.name(), b.name()));
    ObjectMapper mapper = new ObjectMapper();
    entries = all.stream().<JsonNode>map(mapper::valueToTree).toList();
    url = DemoSite.write(folder.resolve("site"), all).fileUrl();
  }

  @BeforeEach
  void openAnew() {
    page.open(url);
  }

  @Test
  void theJsonOfAFilteredListHoldsWhatTheIndexHoldsOfIt() throws IOException {
    page.choose("Region", "OL");
    page.type("l");
    List<JsonNode> expected =
        entries.stream()
            .filter(entry -> texts(entry.get("parentRois")).contains("OL"))
            .filter(ExportIT::holdsAnL)
            .map(ExportIT::asExported)
            .toList();
    JsonNode exported = new ObjectMapper().readTree(export("json"));

    assertThat(expected).hasSizeGreaterThan(10).hasSizeLessThan(entries.size());
    assertThat(exported).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(exported.findValuesAsText("name")).startsWith(page.firstName());
  }

  @Test
  void theJsonOfTypesWithoutDataHoldsTheReason() throws IOException {
    page.open(url + "#status=Could+not+be+fetched");
    JsonNode exported = new ObjectMapper().readTree(export("json"));

    assertThat(exported)
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(
            entries.stream()
                .filter(entry -> entry.has("error"))
                .map(ExportIT::asExported)
                .toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"region=VNC", "status=Could+not+be+fetched"})
  void theCsvHoldsTheSameAsTheJsonInTheSameOrder(String fragment) throws IOException {
    page.open(url + "#" + fragment);
    JsonNode json = new ObjectMapper().readTree(export("json"));
    List<CSVRecord> rows = rows(export("csv"));

    assertThat(rows).hasSameSizeAs(json).isNotEmpty();
    for (int i = 0; i < rows.size(); i++) {
      JsonNode entry = json.get(i);
      CSVRecord row = rows.get(i);
      assertThat(plain(row.get("name"))).isEqualTo(entry.get("name").asText());
      for (String count : List.of("total", "left", "right", "middle", "unknown")) {
        assertThat(row.get(count)).isEqualTo(text(entry.get("counts").get(count)));
      }
      for (String count : List.of("pre", "post")) {
        assertThat(row.get(count)).isEqualTo(text(entry.get("synapses").get(count)));
      }
      for (String list : LISTS) {
        assertThat(plain(row.get(list))).isEqualTo(String.join("; ", texts(entry.get(list))));
      }
      PROPERTIES.forEach(
          (key, properties) -> {
            for (String property : properties) {
              assertThat(plain(row.get(key + "." + property)))
                  .isEqualTo(String.join("; ", texts(entry.get(key).path(property))));
            }
          });
      for (String field : List.of("status", "error", "parentRoi", "dimorphism", "synonyms")) {
        assertThat(plain(row.get(field))).as(field).isEqualTo(text(entry.path(field)));
      }
      for (String side : List.of("combined", "left", "right", "middle")) {
        assertThat(plain(row.get(side + "Page"))).isEqualTo(text(entry.get("pages").get(side)));
      }
      JsonNode transmitter = entry.get("neurotransmitter");
      String consensus = text(transmitter.get("consensus"));
      String predicted = text(transmitter.get("predicted"));
      assertThat(plain(row.get("consensusNeurotransmitter"))).isEqualTo(consensus);
      assertThat(plain(row.get("predictedNeurotransmitter"))).isEqualTo(predicted);
      assertThat(plain(row.get("neurotransmitter")))
          .isEqualTo(consensus.isEmpty() ? predicted : consensus);
      assertThat(row.get("confidence")).isEqualTo(text(transmitter.get("confidence")));
      assertThat(row.get("predictions")).isEqualTo(text(transmitter.get("predictions")));
      assertThat(plain(row.get("rois"))).isEqualTo(rois(entry));
    }
  }

  private static String rois(JsonNode entry) {
    return StreamSupport.stream(entry.get("rois").spliterator(), false)
        .map(
            roi ->
                roi.get("share").isNull()
                    ? roi.get("name").asText()
                    : "%s (in %s %%, out %s %%)"
                        .formatted(
                            roi.get("name").asText(),
                            roi.at("/share/post").asText(),
                            roi.at("/share/pre").asText()))
        .collect(Collectors.joining("; "));
  }

  @Test
  void everyTextComesBackOutOfTheCsvAndNoneIsCalculated() throws IOException {
    String csv = export("csv");
    assertThat(csv).startsWith("\ufeffname,").endsWith("\r\n");
    List<CSVRecord> rows = rows(csv);

    assertThat(rows.stream().map(row -> plain(row.get("name"))))
        .containsExactlyInAnyOrderElementsOf(
            entries.stream().map(entry -> entry.get("name").asText()).toList());
    for (CSVRecord row : rows) {
      for (String cell : row) {
        if (!cell.matches("[0-9.]*")) {
          assertThat(cell).doesNotMatch("(?s)[\\s]*[=+\\-@＝＋－＠].*").doesNotMatch("(?s)[\t\r\n].*");
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "| male-cns-v0.9-types.csv",
        "q=lc&region=OL | male-cns-v0.9-types-lc-Region-OL.csv",
        "cells=3%E2%80%935&nt= | male-cns-v0.9-types-Neurotransmitter-none-Cell-count-3–5.csv",
        "q=../../%3Cimg%3E%00%2F: | male-cns-v0.9-types-..-..-img.csv",
      })
  void theNameOfTheFileTellsWhatIsInIt(String fragment, String name) throws IOException {
    page.open(url + "#" + (fragment == null ? "" : fragment));
    export("csv");

    assertThat(lastName).isEqualTo(name);
  }

  @Test
  void theNameOfTheFileKeepsToTheLengthThatFileSystemsAllow() throws IOException {
    page.type("𒀀".repeat(90));
    export("csv");

    assertThat(lastName.getBytes(StandardCharsets.UTF_8).length).isBetween(20, 255);
  }

  @Test
  void anEmptyListIsAFileWithoutTypes() throws IOException {
    page.type("no type is called so");

    assertThat(export("csv")).hasLineCount(1);
    assertThat(new ObjectMapper().readTree(export("json"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "region=OL", "view=table&sort=-total", "q=zzzz"})
  void onPaperThereAreAllTypesShownAndNoFilters(String fragment) {
    page.open(url + "#" + fragment);
    List<String> shown = page.names();
    page.js("dispatchEvent(new Event('beforeprint'))");
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
    try {
      for (String part : List.of("#facets", "#results", "#search", "#export-button", ".tools")) {
        assertThat(driver.findElement(By.cssSelector(part)).isDisplayed()).as(part).isFalse();
      }
      assertThat(driver.findElement(By.tagName("h1")).isDisplayed()).isTrue();
      assertThat(driver.findElement(By.id("print")).isDisplayed()).isTrue();
      assertThat(
              (List<?>)
                  page.js(
                      "return [...document.querySelectorAll('#print tbody tr')]"
                          + ".filter(row => row.getBoundingClientRect().height > 0)"
                          + ".map(row => row.cells[0].textContent)"))
          .asInstanceOf(InstanceOfAssertFactories.list(String.class))
          .containsExactlyElementsOf(shown);
      assertThat((boolean) page.js("return document.documentElement.scrollWidth <= innerWidth"))
          .isTrue();
    } finally {
      driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", ""));
    }
  }

  /** What is chosen, and what a bar is long for, may not be told by a colour that is taken away. */
  @Test
  void inForcedColoursChoicesAndBarsCanStillBeSeen() {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "forced-colors", "value", "active"))));
    try {
      page.choose("Neurotransmitter", "gaba");
      assertThat(page.js("return matchMedia('(forced-colors: active)').matches")).isEqualTo(true);
      assertThat(background(".tag[aria-pressed=\"true\"]"))
          .isNotEqualTo(background(".card[data-type]"));
      assertThat(background("[data-view][aria-pressed=\"true\"]"))
          .as("the view that is chosen")
          .isNotEqualTo(background("[data-view][aria-pressed=\"false\"]"));
      assertThat(driver.findElement(By.cssSelector(".pair")).getCssValue("background-image"))
          .startsWith("linear-gradient(rgb(")
          .doesNotStartWith("linear-gradient(" + background("body"));
    } finally {
      driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
    }
  }

  private static String background(String selector) {
    return driver.findElement(By.cssSelector(selector)).getCssValue("background-color");
  }

  /** Clicks the button and waits for the file, which is removed again. */
  private static String export(String form) throws IOException {
    driver.findElement(By.id("export-button")).click();
    driver.findElement(By.cssSelector("[data-export=" + form + "]")).click();
    Path file =
        new WebDriverWait(driver, Duration.ofSeconds(20)).until(any -> downloaded("." + form));
    lastName = file.getFileName().toString();
    String text = Files.readString(file);
    Files.delete(file);
    return text;
  }

  /**
   * Null while there is none; an empty one keeps the place of a file that is still being written.
   */
  private static Path downloaded(String ending) {
    try (Stream<Path> files = Files.list(downloads)) {
      for (Path file : files.filter(one -> one.toString().endsWith(ending)).toList()) {
        if (Files.size(file) > 0) {
          return file;
        }
      }
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<CSVRecord> rows(String csv) throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(new StringReader(csv.substring(1)), format)) {
      return parser.getRecords();
    }
  }

  /** Without the apostrophe that keeps a spreadsheet from calculating. */
  private static String plain(String cell) {
    return cell.matches("(?s)'[=+\\-@＝＋－＠\\s'].*") ? cell.substring(1) : cell;
  }

  /** An entry of data/index.json as docs/page.md says that it is exported. */
  private static JsonNode asExported(JsonNode entry) {
    ObjectNode exported = entry.deepCopy();
    ObjectNode transmitter = (ObjectNode) exported.get("neurotransmitter");
    if (!transmitter.get("confidence").isNull()) {
      transmitter.put(
          "confidence", Math.round(transmitter.get("confidence").asDouble() * 100) / 100.0);
    }
    exported
        .get("rois")
        .forEach(
            roi -> {
              ((ObjectNode) roi)
                  .remove(List.of("pre", "post", "total", "prePercent", "postPercent"));
              if (!roi.get("share").isNull()) {
                ObjectNode share = (ObjectNode) roi.get("share");
                for (String direction : List.of("pre", "post")) {
                  share.put(direction, Math.round(share.get(direction).asDouble()));
                }
              }
            });
    return reread(exported);
  }

  /** With the types of numbers that reading gives. */
  private static JsonNode reread(JsonNode tree) {
    try {
      return new ObjectMapper().readTree(tree.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean holdsAnL(JsonNode entry) {
    List<String> fields = new ArrayList<>(texts(entry.get("flywireTypes")));
    entry.get("otherTypes").forEach(names -> fields.addAll(texts(names)));
    fields.add(text(entry.get("name")));
    fields.add(text(entry.get("synonyms")));
    return fields.stream().anyMatch(field -> field.toLowerCase(Locale.ROOT).contains("l"));
  }

  private static String text(JsonNode node) {
    return node.isNull() || node.isMissingNode() ? "" : node.asText();
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }
}
