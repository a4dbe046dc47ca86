package quickpage.index.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** Texts of a database do nothing but appear, and the page keeps to its own policy. */
class SafetyTest {
  private static ChromeDriver driver;
  private static PageUnderTest page;
  private static DemoSite site;
  private static StaticServer server;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    driver = Chromium.startOrSkip();
    site = DemoSite.write(folder, HostileEntries.all());
    server = new StaticServer(folder);
    page = new PageUnderTest(driver);
  }

  @AfterAll
  static void stop() {
    if (driver != null) {
      driver.quit();
      server.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"#", "#view=table"})
  void hostileTextsAppearAsTheyAreAndNowhereBecomeMarkup(String fragment) {
    page.open(server.url("types.html" + fragment));
    List<String> shown = page.names();
    assertThat(shown).containsExactlyInAnyOrderElementsOf(HostileEntries.NAMES);
    List<WebElement> facets = driver.findElements(By.cssSelector(".facet-button"));
    facets.stream()
        .filter(button -> "false".equals(button.getDomAttribute("aria-expanded")))
        .forEach(WebElement::click);
    for (String name : HostileEntries.NAMES) {
      page.type(name);
      assertThat(page.count()).as(name).doesNotStartWith("0 ");
    }
    page.reset();
    for (WebElement button : driver.findElements(By.cssSelector("[data-details]"))) {
      page.js("arguments[0].click()", button);
      assertThat(driver.findElement(By.id("details")).isDisplayed()).isTrue();
      page.js("document.getElementById('details').close()");
    }
    page.js("dispatchEvent(new Event('beforeprint'))");

    assertThat(page.js("return window.hacked")).isNull();
    assertThat(page.js("return ({}).polluted")).isNull();
    assertThat(
            (long) page.js("return document.querySelectorAll('img, svg, iframe, object').length"))
        .isZero();
    assertThat((long) page.js("return document.scripts.length")).isEqualTo(2);
    assertThat(
            (long)
                page.js(
                    "return [...document.links].filter(a => !a.href.startsWith(location.origin)"
                        + " && !a.href.startsWith('file:')).length"))
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void thePageKeepsToItsPolicyAndAsksNobodyElse(boolean fromServer) {
    driver.manage().logs().get(LogType.BROWSER);
    page.open(fromServer ? server.url("types.html") : site.fileUrl());
    page.names();
    page.js("document.querySelector('[data-view=table]').click()");
    page.names();
    page.js("document.getElementById('theme').click()");
    page.js("document.querySelector('[data-details]').click()");

    List<String> complaints =
        driver.manage().logs().get(LogType.BROWSER).getAll().stream()
            .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
            .map(LogEntry::getMessage)
            .toList();
    assertThat(complaints).isEmpty();
    assertThat(server.missing()).isEmpty();
    @SuppressWarnings("unchecked")
    List<String> loaded =
        (List<String>)
            page.js("return performance.getEntriesByType('resource').map(entry => entry.name)");
    String home = driver.getCurrentUrl().replaceAll("types\\.html.*", "static/index/");
    assertThat(loaded).allMatch(url -> url.startsWith(home) || url.startsWith("data:"));
  }

  @Test
  void anInjectedScriptWouldNotRun() {
    page.open(server.url("types.html"));

    assertThatThrownBy(
            () -> page.js("document.body.innerHTML = '<img src=x onerror=window.hacked=1>'"))
        .hasMessageContaining("TrustedHTML");
    assertThat(page.js("return window.hacked")).isNull();
  }

  @Test
  void aNameThatTurnsTheReadingDirectionTurnsOnlyItself() {
    page.open(server.url("types.html#q=bidi"));
    WebElement name = driver.findElement(By.cssSelector(".card a.name bdi"));

    assertThat(name.getCssValue("unicode-bidi")).isEqualTo("isolate");
    assertThat(name.getDomProperty("textContent")).contains("\u202e");
  }

  @Test
  void withoutJavaScriptThereIsAListOfAllPages() {
    String list =
        site.page().assets().stream()
            .map(asset -> asset.path())
            .filter(path -> path.endsWith(".html"))
            .findFirst()
            .orElseThrow();
    page.open(server.url("types.html"));
    assertThat((String) page.js("return document.querySelector('noscript').textContent"))
        .contains("href=\"" + list + "\"");

    driver.get(server.url(list));
    List<WebElement> items = driver.findElements(By.tagName("li"));
    assertThat(items).hasSize(HostileEntries.NAMES.size());
    assertThat(driver.findElements(By.cssSelector("li a")))
        .hasSize(3 * HostileEntries.NAMES.size())
        .allMatch(link -> link.getDomProperty("href").startsWith(server.url("")));
    assertThat(driver.findElements(By.tagName("img"))).isEmpty();
  }
}
