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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.TypePages;
import quickpage.index.render.NeuronSearchScript;
import quickpage.index.render.NeuronsJsonWriter;

/** The search boxes of pages that were there before: they find types, and open their pages. */
class OldPagesTest {
  private static final List<String> NAMES =
      List.of("100%#1?", "AOTU008", "LC10a", "LC10b", "naïve+1", "x&y<b>");

  private static ChromeDriver driver;
  private static Path folder;
  private static StaticServer server;

  @BeforeAll
  static void start(@TempDir Path temporary) throws IOException {
    driver = Chromium.startOrSkip();
    folder = temporary;
    writeQuickPageSite(temporary.resolve("old"));
    writeNeuViewSite(temporary.resolve("new"));
    server = new StaticServer(temporary);
  }

  @AfterAll
  static void stop() {
    if (driver != null) {
      driver.quit();
      server.close();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theSearchBoxOfAQuickPagePageFindsAndOpensTypes(boolean fromServer) {
    for (String name : NAMES) {
      driver.get(url(fromServer, "old/LC10a.html"));
      WebElement box = driver.findElement(By.id("menulines"));
      box.sendKeys(name);
      List<WebElement> options = driver.findElements(By.cssSelector("[role=option]"));
      assertThat(options.stream().map(WebElement::getText)).contains(name);
      box.sendKeys(Keys.ENTER);
      waitForPageOf(name);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theSearchBoxOfANeuViewPageFindsAndOpensTypes(boolean fromServer) {
    for (String name : NAMES) {
      driver.get(url(fromServer, "new/types/LC10a.html"));
      new WebDriverWait(driver, Duration.ofSeconds(10))
          .until(
              any ->
                  Integer.toString(NAMES.size())
                      .equals(
                          driver.findElement(By.tagName("body")).getDomAttribute("data-names")));
      driver.findElement(By.id("box")).sendKeys(name);
      driver.findElement(By.linkText(name)).click();
      waitForPageOf(name);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theIndexPageOpensThemToo(boolean fromServer) {
    for (String site : List.of("old/", "new/")) {
      for (String name : NAMES) {
        PageUnderTest page = new PageUnderTest(driver).open(url(fromServer, site + "types.html"));
        page.type(name);
        page.field().sendKeys(Keys.ENTER);
        driver.switchTo().activeElement().sendKeys(Keys.ENTER);
        waitForPageOf(name);
      }
    }
  }

  private static void waitForPageOf(String name) {
    new WebDriverWait(driver, Duration.ofSeconds(10))
        .until(any -> ("page of " + name).equals(driver.getTitle()) || isFixture(name));
  }

  /** LC10a's own page is the old page itself. */
  private static boolean isFixture(String name) {
    return "LC10a".equals(name) && "an old page".equals(driver.getTitle());
  }

  private static String url(boolean fromServer, String path) {
    return fromServer ? server.url(path) : folder.resolve(path).toUri().toString();
  }

  private static void writeQuickPageSite(Path site) throws IOException {
    List<IndexEntry> entries = entries("");
    DemoSite.write(site, entries);
    writePages(site, entries, "quickpage-generation.html", site.resolve("LC10a.html"));
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
    writePages(site, entries, "neuview-generation.html", site.resolve("types/LC10a.html"));
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
                    name, new TypePages(pages + name + ".html", null, null, null)))
        .toList();
  }

  private static void writePages(Path site, List<IndexEntry> entries, String fixture, Path old)
      throws IOException {
    for (IndexEntry entry : entries) {
      Path file = site.resolve(entry.pages().combined());
      Files.createDirectories(file.getParent());
      String title = entry.name().replace("&", "&amp;").replace("<", "&lt;");
      Files.writeString(
          file, "<!doctype html><meta charset=utf-8><title>page of " + title + "</title>");
    }
    try (InputStream in = OldPagesTest.class.getResourceAsStream(fixture)) {
      Files.write(old, in.readAllBytes());
    }
  }
}
