package quickpage.index.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Texts of a database do nothing but appear, and the page keeps to its own policy. */
class SafetyIT extends BrowserIT {
  private static DemoSite site;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    site = DemoSite.write(folder, HostileEntries.all());
    serve(folder);
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
    assertThat((long) page.js("return document.scripts.length")).isEqualTo(3);
    assertThat(
            (long)
                page.js(
                    "return [...document.links].filter(a => !a.href.startsWith(location.origin)"
                        + " && !a.href.startsWith('file:')"
                        + " && !a.href.startsWith('https://neuprint.example.org/results?')"
                        + " && !a.href.startsWith('https://codex.flywire.ai/app/search?')).length"))
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
  void theOneScriptInThePageIsTheThemesAndHoldsNoTextOfTheDatabase() {
    page.open(server.url("types.html"));

    assertThat(page.js("return [...document.scripts].map(script => script.text).join('')"))
        .asString()
        .contains("quickpage-index-theme")
        .doesNotContain("male-cns");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<img src=x onerror=window.hacked=1>",
        "\"><svg onload=window.hacked=1>",
        "`${window.hacked=1}`",
        "bidi \u202egnp.exe\u202c end",
        "a|b"
      })
  void theDetailsShowEveryTextAsItIs(String text) {
    page.open(server.url("types.html#q=" + encoded("syn " + text)));
    assertThat(driver.findElement(By.cssSelector(".card .alias")).getDomProperty("textContent"))
        .isEqualTo("also syn " + text);
    driver.findElement(By.cssSelector(".card [data-details]")).click();

    @SuppressWarnings("unchecked")
    List<String> values =
        (List<String>)
            page.js(
                "return [...document.querySelectorAll('#details dd :is(button, .item)')]"
                    + ".map(part => part.textContent)");
    assertThat(values).hasSize(16).contains("syn " + text, "fw " + text, "manc " + text);
    assertThat(values).filteredOn(value -> value.equals(text)).hasSize(13);
    assertThat(page.js("return window.hacked")).isNull();
  }

  @Test
  void theReasonOfAFailureAppearsAsItIsWhereverItStands() {
    String name = "</script><script>window.hacked=1</script>";
    page.open(server.url("types.html#q=" + encoded(name)));
    String sentence = "Data could not be fetched: because of " + name;
    assertThat(driver.findElement(By.cssSelector(".card .mark")).getText()).isEqualTo(sentence);
    driver.findElement(By.cssSelector(".card [data-details]")).click();
    assertThat(driver.findElement(By.cssSelector("#details .mark")).getText()).isEqualTo(sentence);

    page.open(server.url("types.html#view=table&q=" + encoded(name)));
    assertThat(driver.findElement(By.cssSelector("tbody .alias.bad")).getDomAttribute("title"))
        .isEqualTo("\u2068because of " + name + "\u2069");
    assertThat(page.js("return window.hacked")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"#", "#view=table"})
  void inTitlesAndLabelsANameThatTurnsTheReadingDirectionStandsWithoutItsMarks(String fragment) {
    page.open(server.url("types.html" + fragment + "&q=gnp"));
    driver.findElement(By.cssSelector("[data-details]")).click();
    new WebDriverWait(driver, Duration.ofSeconds(5))
        .until(any -> driver.getTitle().contains("gnp"));

    @SuppressWarnings("unchecked")
    List<String> texts =
        (List<String>)
            page.js(
                """
                return [...document.querySelectorAll("*")]
                  .flatMap((part) => [part.title, part.getAttribute("aria-label")])
                  .concat(document.title)
                  .filter((text) => text && text.includes("gnp"));
                """);
    assertThat(texts)
        .hasSizeGreaterThan(5)
        .allMatch(text -> text.contains("\u2068") && text.contains("\u2069"))
        .noneMatch(text -> text.matches("(?s).*[\u202a-\u202e\u2066\u2067].*"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
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
