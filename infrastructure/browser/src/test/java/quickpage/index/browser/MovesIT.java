package quickpage.index.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.WebDriverWait;
import quickpage.index.model.IndexEntry;

/** Whatever a reader does, the place in the list and the focus stay where the reader left them. */
class MovesIT extends BrowserIT {
  private static final List<IndexEntry> ENTRIES = GeneratedEntries.withHostileOnes(1500, 7);

  private static DemoSite site;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    site = DemoSite.write(folder, ENTRIES);
  }

  @BeforeEach
  void openWide() {
    resize(1400, 900);
    page.open(site.fileUrl());
  }

  @Test
  void aPhoneTurnedWithItsFiltersOpenLeavesThePageAlive() {
    resize(390, 844);
    click("#filters-button");
    assertThat(inert("#results")).isTrue();

    resize(844, 390);

    new WebDriverWait(driver, Duration.ofSeconds(5)).until(any -> !inert("#results"));
    assertThat(inert(".top")).isFalse();
    assertThat(focusIsLost()).isFalse();
    page.field().sendKeys("dn", Keys.ENTER);
    assertThat(page.count()).doesNotStartWith("1,5");
    assertThat(active().getText()).isEqualTo(page.firstName());
  }

  @Test
  void theFiltersOfAPhoneKeepTheFocusAndSayHowManyTypesAreLeft() {
    page.open(site.fileUrl() + "#region=OL");
    resize(390, 844);
    click("#filters-button");
    page.choose("Region", "CX");

    String count = page.js("return document.getElementById('count').textContent").toString();
    assertThat(driver.findElement(By.id("filters-close")).getText())
        .isEqualTo("Show " + count.replaceAll(" of.*", "") + " types");
    WebElement said = driver.findElement(By.id("filters-count"));
    assertThat(said.getDomProperty("textContent")).isEqualTo(count);
    assertThat(said.getDomAttribute("role")).isEqualTo("status");
    assertThat(List.of(inert(".skip"), inert(".top"), inert(".chip-row"), inert("#results")))
        .containsOnly(true);

    click("#filters-close");
    assertThat(List.of(inert(".skip"), inert(".top"), inert(".chip-row"), inert("#results")))
        .containsOnly(false);
    assertThat(active().getDomAttribute("id")).isEqualTo("filters-button");
  }

  @Test
  void aTagInTheDetailsLeavesTheTypeInPlaceAndTheFocusOnItsButton() {
    String selector = ".card:has(.tag.more) [data-details]:not(.more)";
    scrollTo(5000);
    WebElement button = inSight(selector);
    if (button == null) {
      scrollTo(5500);
      button = inSight(selector);
    }
    String type = button.getDomAttribute("data-details");
    long before = top(button);
    button.click();
    click("#details .tag");

    assertThat(active().getDomAttribute("data-details")).isEqualTo(type);
    assertThat(active().getText()).isEqualTo("⋯");
    assertThat(Math.abs(top(active()) - before)).isLessThan(60);
  }

  @Test
  void aTagInTheDetailsThatRemovesTheTypeGivesTheFocusToTheNearest() {
    page.open(site.fileUrl() + "#region=OL&region=CX");
    scrollTo(1500);
    WebElement button = inSight(".card [data-details]:not(.more)");
    long before = top(button);
    button.click();
    click("#details .tag[aria-pressed=true]");

    assertThat((boolean) page.js("return document.activeElement.matches('.card .name')")).isTrue();
    assertThat(Math.abs(top(active()) - before)).isLessThan(300);
  }

  @Test
  void cardsAndTableShowTheSameTypes() {
    scrollTo(5000);
    String first = firstInSight();
    click("[data-view=table]");
    assertThat(inSightNow(first)).isTrue();
    click("[data-view=cards]");
    assertThat(inSightNow(first)).isTrue();
  }

  @Test
  void aTypeStaysInSightWhereTheCardsFindOtherColumns() {
    scrollTo(6000);
    String first = firstInSight();
    WebElement name = inSight(".card .name");
    page.js("arguments[0].focus({preventScroll: true})", name);
    String focused = name.getText();

    resize(700, 900);
    frames();

    assertThat(inSightNow(first)).isTrue();
    assertThat(active().getText()).isEqualTo(focused);
  }

  @Test
  void aTagThatRemovesItsOwnCardGivesTheFocusToTheCardNowThere() {
    page.open(site.fileUrl() + "#region=OL&region=CX");
    scrollTo(1500);
    WebElement tag = inSight(".card .tag[aria-pressed=true]");
    long before = top(tag);
    tag.click();

    assertThat((boolean) page.js("return document.activeElement.matches('.card .name')")).isTrue();
    assertThat(Math.abs(top(active()) - before)).isLessThan(300);
    long scroll =
        Math.round(Double.parseDouble(js("document.getElementById('results').scrollTop")));
    long most =
        Long.parseLong(
            js("(box => box.scrollHeight - box.clientHeight)(document.getElementById('results'))"));
    assertThat(scroll).isCloseTo(Math.min(1500, most), within(1L));
  }

  @Test
  void anExportLeavesTheFocusOnItsButton() {
    click("#export-button");
    click("[data-export=csv]");
    assertThat(active().getDomAttribute("id")).isEqualTo("export-button");
    assertThat(driver.findElement(By.id("export-menu")).isDisplayed()).isFalse();
  }

  @Test
  void aNearNameGivesTheFocusToTheTypeFound() {
    String name = ENTRIES.get(300).name();
    page.type("q" + name.substring(1));
    new WebDriverWait(driver, Duration.ofSeconds(5))
        .until(any -> !driver.findElements(By.cssSelector("#nothing .near")).isEmpty());
    driver.findElement(By.xpath("//div[@id='nothing']//button[.='" + name + "']")).click();
    assertThat(active().getText()).isEqualTo(name);
    assertThat((boolean) page.js("return document.activeElement.matches('.card .name')")).isTrue();
  }

  @Test
  void aRemovedChipGivesTheFocusToItsNeighbour() {
    page.open(site.fileUrl() + "#region=OL&region=CX&region=LO");
    List<WebElement> chips = driver.findElements(By.cssSelector(".chip"));
    String third = chips.get(2).getText();
    chips.get(1).click();
    assertThat(active().getText()).isEqualTo(third);
    active().click();
    assertThat(active().getText()).startsWith("Region: OL");
    active().click();
    assertThat(active()).isEqualTo(page.field());
  }

  @Test
  void onAPhoneTheLastChipAndResetOpenNoKeyboard() {
    page.open(site.fileUrl() + "#region=OL");
    resize(390, 844);
    click(".chip");
    assertThat(active().getDomAttribute("id")).isEqualTo("filters-button");
    page.type("dn");
    click("#reset");
    assertThat(active().getDomAttribute("id")).isEqualTo("filters-button");
  }

  @Test
  void theKeysWorkWhileACheckboxHasTheFocus() {
    page.choose("Region", "OL");
    active().sendKeys("?");
    assertThat(driver.findElement(By.id("help")).isDisplayed()).isTrue();
    active().sendKeys(Keys.ESCAPE);
    page.js("document.querySelector('#facets input[type=checkbox]').focus()");
    active().sendKeys("/");
    assertThat(active()).isEqualTo(page.field());
    page.facet("ROI").findElement(By.className("finder")).sendKeys("/?");
    assertThat(driver.findElement(By.id("help")).isDisplayed()).isFalse();
  }

  @Test
  void whatHasTheFocusInTheTableLiesNeverUnderItsHeadings() {
    page.open(site.fileUrl() + "#view=table");
    scrollTo(3000);
    page.js("arguments[0].focus()", inSight("tbody .name"));
    for (int k = 0; k < 60; k++) {
      active().sendKeys(Keys.chord(Keys.SHIFT, Keys.TAB));
      assertThat(
              (boolean)
                  page.js(
                      """
                      const part = document.activeElement;
                      const at = part.getBoundingClientRect();
                      const seen = document.elementFromPoint(at.left + 3, at.top + 3);
                      return part.contains(seen) || seen.contains(part) && !seen.matches("th");
                      """))
          .as("after %d steps", k)
          .isTrue();
    }
  }

  @Test
  void theTablesOwnHeadingsAndNamesDoNotScrollIt() {
    page.open(site.fileUrl() + "#view=table");
    scrollTo(3000);
    page.js("document.getElementById('results').scrollLeft = 400");
    frames();
    page.js("arguments[0].focus()", inSight("tbody .name"));
    page.js("document.querySelector('thead button').focus()");
    frames();
    assertThat(js("document.getElementById('results').scrollLeft")).isEqualTo("400");
    assertThat(js("document.getElementById('results').scrollTop")).isEqualTo("3000");
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

  private static void scrollTo(int top) {
    page.js("document.getElementById('results').scrollTop = arguments[0]", top);
    frames();
  }

  private static String js(String expression) {
    return String.valueOf(page.js("return " + expression));
  }

  private static void click(String selector) {
    driver.findElement(By.cssSelector(selector)).click();
  }

  private static WebElement active() {
    return driver.switchTo().activeElement();
  }

  private static boolean inert(String selector) {
    return (boolean) page.js("return document.querySelector(arguments[0]).inert", selector);
  }

  private static boolean focusIsLost() {
    return (boolean) page.js("return document.activeElement === document.body");
  }

  private static long top(WebElement element) {
    return Math.round(
        ((Number) page.js("return arguments[0].getBoundingClientRect().top", element))
            .doubleValue());
  }

  /** An element in the middle of the screen. */
  private static WebElement inSight(String selector) {
    return (WebElement)
        page.js(
            "return [...document.querySelectorAll(arguments[0])].find(part => { const top ="
                + " part.getBoundingClientRect().top; return top > 350 && top < 750; })",
            selector);
  }

  /** The name of the first type that is wholly in sight. */
  private static String firstInSight() {
    return (String)
        page.js(
            """
            const edge = document.getElementById("results").getBoundingClientRect().top;
            return [...document.querySelectorAll("[data-place]")]
              .find(card => card.getBoundingClientRect().top >= edge)
              .querySelector(".name").textContent;
            """);
  }

  private static boolean inSightNow(String name) {
    return (boolean)
        page.js(
            """
            const box = document.getElementById("results").getBoundingClientRect();
            const head = document.querySelector("#table:not([hidden]) thead");
            const edge = head ? head.getBoundingClientRect().bottom - 2 : box.top;
            return [...document.querySelectorAll("[data-place]")].some(card => {
              const at = card.getBoundingClientRect();
              return card.querySelector(".name").textContent === arguments[0]
                && at.top >= edge && at.bottom <= box.bottom;
            });
            """,
            name);
  }
}
