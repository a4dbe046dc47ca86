package quickpage.index.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The page's frame: low windows, what scrolls, what is seen of the focus, dialogs and colours. */
class WindowIT extends BrowserIT {
  private static String url;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    DemoSite.write(folder, GeneratedEntries.of(1500, 7));
    serve(folder);
    url = server.url("types.html");
  }

  @BeforeEach
  void openWide() {
    media(Map.of("media", "", "features", List.of()));
    resize(1400, 900);
    page.open(url);
    page.js("localStorage.clear()");
  }

  /** Whatever the numbers of types are, nothing beside them makes room. */
  @Test
  void theHeaderStandsStillWhileTheReaderTypes() {
    page.js(
        """
        window.where = () => [...document.querySelectorAll(".top *")]
          .filter((element) => !element.closest(".total, #filters-button, [hidden]"))
          .map((element) => { const { x, y, width } = element.getBoundingClientRect(); return [x, y, width].join(); });
        """);
    Object before = page.js("return where()");
    String count = page.count();
    page.type("dnp");

    assertThat(page.count()).isNotEqualTo(count);
    assertThat(page.js("return where()")).isEqualTo(before);
    page.reset();
    assertThat(page.count()).isEqualTo(count);
    assertThat(page.js("return where()")).isEqualTo(before);
  }

  /** 1280 pixels at 400 % (WCAG 1.4.10). */
  @Test
  void inALowWindowTheHeaderScrollsAwayAndTheListFillsIt() {
    resize(320, 256);
    page.open(url + "#region=OL");
    assertThat(number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(320);
    assertThat(number("document.querySelector('.top').getBoundingClientRect().top")).isZero();

    page.js("document.getElementById('results').scrollTop = 300");
    frames();

    assertThat(number("document.getElementById('results').getBoundingClientRect().top")).isZero();
    assertThat(number("document.getElementById('results').clientHeight")).isEqualTo(256);
    assertThat(number("document.querySelector('.top').getBoundingClientRect().bottom"))
        .isLessThanOrEqualTo(0);

    page.field().sendKeys("a", Keys.ENTER);
    assertThat(
            (boolean)
                page.js(
                    "const at = document.activeElement.getBoundingClientRect();"
                        + " return document.activeElement.matches('.name') && at.top >= 0"
                        + " && at.bottom <= innerHeight"))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({"body, true", ".top [data-view=table], false"})
  void theKeysThatScrollDoSoWhereverTheFocusIs(String focused, boolean space) {
    page.js("document.activeElement.blur()");
    if (!"body".equals(focused)) {
      page.js("document.querySelector(arguments[0]).focus()", focused);
    }
    press(Keys.PAGE_DOWN);
    long down = scrollTop();
    assertThat(down).isBetween(400L, 900L);
    press(Keys.PAGE_UP);
    assertThat(scrollTop()).isZero();
    press(Keys.END);
    assertThat(scrollTop())
        .isEqualTo(number("(box => box.scrollHeight - box.clientHeight)(results)"));
    press(Keys.HOME);
    assertThat(scrollTop()).isZero();
    if (space) {
      press(Keys.SPACE);
      assertThat(scrollTop()).isEqualTo(down);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".chip", ".column", ".choices input", ".tools button", ".tools select"})
  void theRingAroundWhatHasTheFocusIsWhollySeen(String selector) {
    for (int width : List.of(1400, 390)) {
      resize(width, 900);
      page.open(
          url + "#region=OL&region=CX&region=VNC&region=MB&nt=gaba&nt=glutamate&side=Unknown");
      if (width < 500) {
        page.js("document.getElementById('overview-button').click()");
        if (selector.startsWith(".choices")) {
          driver.findElement(By.id("filters-button")).click();
        }
      }
      driver.switchTo().activeElement().sendKeys(Keys.TAB);
      assertThat(clippedRings(selector)).as("%d pixels wide", width).isEmpty();
    }
  }

  /** Elements whose outline is cut by a box around them that scrolls or clips. */
  private static List<?> clippedRings(String selector) {
    return (List<?>)
        page.js(
            """
            const parts = [...document.querySelectorAll(arguments[0])]
              .filter((part) => part.getClientRects().length > 0);
            if (parts.length === 0) {
              return ["nothing to look at"];
            }
            return parts.filter((part) => {
              part.focus({ focusVisible: true });
              const style = getComputedStyle(part);
              const ring = parseFloat(style.outlineWidth) + parseFloat(style.outlineOffset);
              if (style.outlineStyle === "none") {
                return true;
              }
              const at = part.getBoundingClientRect();
              for (let box = part.parentElement; box && box !== document.body; box = box.parentElement) {
                const { overflowX, contain } = getComputedStyle(box);
                const within = box.getBoundingClientRect();
                if ((overflowX !== "visible" || /paint|strict/.test(contain))
                    && (at.left - ring < within.left - 0.5 || at.right + ring > within.right + 0.5
                      || at.top - ring < within.top - 0.5 || at.bottom + ring > within.bottom + 0.5)) {
                  return true;
                }
              }
              return false;
            }).map((part) => part.outerHTML.slice(0, 120));
            """,
            selector);
  }

  @ParameterizedTest
  @ValueSource(strings = {"help-button", "details"})
  void aClickBesideADialogClosesItAndOneInItDoesNot(String opener) {
    String id = "details".equals(opener) ? "details" : "help";
    driver
        .findElement("details".equals(opener) ? By.cssSelector("[data-details]") : By.id(opener))
        .click();
    assertThat(driver.findElement(By.id(id)).isDisplayed()).isTrue();
    driver.findElement(By.cssSelector("#" + id + " .dialog-body")).click();
    assertThat(driver.findElement(By.id(id)).isDisplayed()).isTrue();

    new Actions(driver).moveToLocation(30, 400).click().perform();

    assertThat(driver.findElement(By.id(id)).isDisplayed()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void onPaperThePageIsLightWhateverWasChosen(boolean chosen) {
    if (chosen) {
      page.js("localStorage.setItem('quickpage-index-theme', 'dark')");
      page.open(url);
    }
    List<Map<String, String>> scheme =
        List.of(Map.of("name", "prefers-color-scheme", "value", chosen ? "light" : "dark"));
    media(Map.of("media", "screen", "features", scheme));
    assertThat(colour("--text")).isEqualTo("#e6ebf1");

    media(Map.of("media", "print", "features", scheme));

    assertThat(colour("--text")).isEqualTo("#18212c");
    assertThat(page.js("return getComputedStyle(document.documentElement).colorScheme"))
        .isEqualTo("light");
  }

  /** Looked at from a script that runs before any of the page's own. */
  @Test
  void theChosenColoursAreThereBeforeAnythingIsPainted() {
    page.js("localStorage.setItem('quickpage-index-theme', 'dark')");
    String id =
        (String)
            driver
                .executeCdpCommand(
                    "Page.addScriptToEvaluateOnNewDocument",
                    Map.of(
                        "source",
                        """
                        new MutationObserver((_, observer) => {
                          if (document.body) {
                            window.themeBeforeBody = document.documentElement.dataset.theme;
                            observer.disconnect();
                          }
                        }).observe(document, { childList: true, subtree: true });
                        """))
                .get("identifier");
    try {
      page.open(url);
      assertThat(page.js("return window.themeBeforeBody")).isEqualTo("dark");
    } finally {
      driver.executeCdpCommand(
          "Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", id));
    }
  }

  @Test
  void theTitleTellsWhatIsChosen() {
    String plain = driver.getTitle();
    page.choose("Region", "OL");
    page.type("lc");

    waitForTitle("lc, Region OL – " + plain);
    page.reset();
    waitForTitle(plain);
  }

  private static void waitForTitle(String title) {
    new WebDriverWait(driver, Duration.ofSeconds(5))
        .until(any -> title.equals(driver.getTitle().replaceAll("[\u2068\u2069]", "")));
  }

  @Test
  void theHeadTellsVersionAndLastEdit() {
    assertThat(driver.findElement(By.cssSelector(".title")).getText())
        .contains("Version 5e1b2c0f3a7d4e6f", "Last edited 2026-03-02 14:11:07");
  }

  private static void media(Map<String, Object> emulated) {
    driver.executeCdpCommand("Emulation.setEmulatedMedia", emulated);
  }

  private static String colour(String variable) {
    return ((String)
            page.js(
                "return getComputedStyle(document.documentElement).getPropertyValue(arguments[0])",
                variable))
        .strip();
  }

  private static void resize(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    frames();
  }

  private static void frames() {
    page.js(
        "return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() =>"
            + " setTimeout(done, 50))))");
  }

  private static void press(CharSequence key) {
    driver.switchTo().activeElement().sendKeys(key);
    frames();
  }

  private static long scrollTop() {
    return number("document.getElementById('results').scrollTop");
  }

  private static long number(String expression) {
    return Math.round(((Number) page.js("return " + expression)).doubleValue());
  }
}
