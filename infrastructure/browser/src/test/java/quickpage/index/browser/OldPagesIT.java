package quickpage.index.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.WebDriverWait;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.TypePages;
import quickpage.index.render.NeuronSearchScript;
import quickpage.index.render.NeuronsJsonWriter;

/** The search boxes of pages that were there before: they find types, and open their pages. */
class OldPagesIT extends BrowserIT {
  /** Types with the pages that each has: c combined, l left, r right, m middle. */
  private static final Map<String, String> TYPES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("100%#1?", "c"),
              Map.entry("AOTU008", "clr"),
              Map.entry("DNp01", "l"),
              Map.entry("DNp02", "r"),
              Map.entry("DNp03", "m"),
              Map.entry("DNp04", "rm"),
              Map.entry("LC10a", "c"),
              Map.entry("LC10b", "clrm"),
              Map.entry("naïve+1", "lr"),
              Map.entry("x&y<b>", "r")));

  private static final Set<String> NAMES = TYPES.keySet();

  /** The page with the old search box; no type's page, so opening one always leads elsewhere. */
  private static final String FIXTURE = "old-page.html";

  private static Path folder;

  @BeforeAll
  static void start(@TempDir Path temporary) throws IOException {
    folder = temporary;
    writeQuickPageSite(temporary.resolve("old"));
    writeNeuViewSite(temporary.resolve("new"));
    serve(temporary);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theSearchBoxOfAQuickPagePageFindsAndOpensTypes(boolean fromServer) {
    for (String name : NAMES) {
      driver.get(url(fromServer, "old/" + FIXTURE));
      WebElement box = driver.findElement(By.id("menulines"));
      box.sendKeys(name);
      List<WebElement> options = driver.findElements(By.cssSelector("[role=option]"));
      assertThat(options.stream().map(WebElement::getText)).contains(name);
      box.sendKeys(Keys.ENTER);
      waitForPage(mainPage("", name));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theSearchBoxOfANeuViewPageFindsAndOpensTypes(boolean fromServer) {
    for (String name : NAMES) {
      driver.get(url(fromServer, "new/types/" + FIXTURE));
      new WebDriverWait(driver, Duration.ofSeconds(10))
          .until(
              any ->
                  Integer.toString(NAMES.size())
                      .equals(
                          driver.findElement(By.tagName("body")).getDomAttribute("data-names")));
      driver.findElement(By.id("box")).sendKeys(name);
      driver.findElement(By.linkText(name)).click();
      waitForPage(mainPage("types/", name));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theIndexPageOpensThemToo(boolean fromServer) {
    for (String site : List.of("old/", "new/")) {
      String pages = "new/".equals(site) ? "types/" : "";
      for (String name : NAMES) {
        page.open(url(fromServer, site + "types.html"));
        page.type(name);
        page.field().sendKeys(Keys.ENTER);
        driver.switchTo().activeElement().sendKeys(Keys.ENTER);
        waitForPage(mainPage(pages, name));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theIndexPageOpensThePageOfEachSide(boolean fromServer) {
    Map<String, String> labels = Map.of("c", "All", "l", "Left", "r", "Right", "m", "Middle");
    for (Map.Entry<String, String> type : TYPES.entrySet()) {
      for (String side : type.getValue().chars().mapToObj(Character::toString).toList()) {
        page.open(url(fromServer, "new/types.html"));
        page.type(type.getKey());
        driver
            .findElement(By.cssSelector(".card[data-place='0']"))
            .findElement(By.partialLinkText(labels.get(side)))
            .click();
        waitForPage(path("types/", type.getKey(), side));
      }
    }
  }

  /** Each page's title is its path, so that the page of another side is not taken for it. */
  private static void waitForPage(String path) {
    new WebDriverWait(driver, Duration.ofSeconds(10))
        .withMessage(() -> driver.getTitle() + " is open, not " + path)
        .until(any -> path.equals(driver.getTitle()));
  }

  /** The combined page, or else the left, right or middle one. */
  private static String mainPage(String folder, String name) {
    return path(folder, name, TYPES.get(name).substring(0, 1));
  }

  private static String path(String folder, String name, String side) {
    return folder + name + ("c".equals(side) ? "" : "_" + side.toUpperCase(Locale.ROOT)) + ".html";
  }

  private static String url(boolean fromServer, String path) {
    return fromServer ? server.url(path) : folder.resolve(path).toUri().toString();
  }

  private static void writeQuickPageSite(Path site) throws IOException {
    List<IndexEntry> entries = entries("");
    DemoSite.write(site, entries);
    writePages(site, entries, "quickpage-generation.html", site.resolve(FIXTURE));
    try (NeuronSearchScript search = new NeuronSearchScript(site.resolve("spool"))) {
      for (IndexEntry entry : entries) {
        search.add(entry);
      }
      Path script = site.resolve("static/js/neuron-search.js");
      Files.createDirectories(script.getParent());
      try (OutputStream out = Files.newOutputStream(script)) {
        search.writeTo(out);
      }
    }
  }

  private static void writeNeuViewSite(Path site) throws IOException {
    List<IndexEntry> entries = entries("types/");
    DemoSite.write(site, entries);
    writePages(site, entries, "neuview-generation.html", site.resolve("types/" + FIXTURE));
    Files.createDirectories(site.resolve("data"));
    try (NeuronsJsonWriter neurons = new NeuronsJsonWriter(Instant.EPOCH, site.resolve("spool"))) {
      for (IndexEntry entry : entries) {
        neurons.add(entry);
      }
      try (OutputStream json = Files.newOutputStream(site.resolve("data/neurons.json"));
          OutputStream script = Files.newOutputStream(site.resolve("data/neurons.js"))) {
        neurons.writeJson(json);
        neurons.writeScript(script);
      }
    }
  }

  private static List<IndexEntry> entries(String pages) {
    return NAMES.stream()
        .map(
            name ->
                IndexEntry.withoutNeurons(
                    name,
                    new TypePages(
                        page(pages, name, "c"),
                        page(pages, name, "l"),
                        page(pages, name, "r"),
                        page(pages, name, "m"))))
        .toList();
  }

  /** Null if the type has no such page. */
  private static String page(String folder, String name, String side) {
    return TYPES.get(name).contains(side) ? path(folder, name, side) : null;
  }

  private static void writePages(Path site, List<IndexEntry> entries, String fixture, Path old)
      throws IOException {
    for (IndexEntry entry : entries) {
      for (String path : entry.pages().all()) {
        Path file = site.resolve(path);
        Files.createDirectories(file.getParent());
        String title = path.replace("&", "&amp;").replace("<", "&lt;");
        Files.writeString(file, "<!doctype html><meta charset=utf-8><title>" + title + "</title>");
      }
    }
    try (InputStream in = OldPagesIT.class.getResourceAsStream(fixture)) {
      Files.write(old, in.readAllBytes());
    }
  }
}
