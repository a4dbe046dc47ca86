package quickpage.index.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.WebDriverWait;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.TypePages;
import quickpage.index.site.pages.Href;
import quickpage.index.text.CodePointOrder;

/** What a reader can do: share, go back, use the keyboard, copy, export, find a way out. */
class ReadingIT extends BrowserIT {
  private static final List<IndexEntry> ENTRIES = entries();

  private static DemoSite site;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    site = DemoSite.write(folder, ENTRIES);
    for (IndexEntry entry : ENTRIES) {
      for (String path : entry.pages().all()) {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "<!doctype html><title>page</title><p>the page");
      }
    }
    serve(folder);
  }

  private static List<IndexEntry> entries() {
    List<IndexEntry> entries = new ArrayList<>(GeneratedEntries.withHostileOnes(500, 7));
    entries.add(IndexEntry.notAsked("ZZ1", new TypePages("types/ZZ1.html", null, null, null)));
    entries.sort(Comparator.comparing(IndexEntry::name, CodePointOrder.BY_CODE_POINT));
    return entries;
  }

  @BeforeEach
  void open() {
    page.open(server.url("types.html"));
  }

  @Test
  void theAddressHoldsTheWholeStateAndOpensItAgain() {
    page.type("a");
    page.choose("ROI", "ME");
    page.choose("ROI", "a|b");
    page.choose("Neurotransmitter", "123");
    page.choose("Neurotransmitter", "gaba");
    driver.findElement(By.cssSelector("[data-view=table]")).click();
    driver.findElement(By.cssSelector("[data-sort=total]")).click();
    String address = driver.getCurrentUrl();
    String count = page.count();
    List<String> names = page.names();

    page.open(address);

    assertThat(page.count()).isEqualTo(count).doesNotStartWith("0 ");
    assertThat(page.names()).isEqualTo(names);
    assertThat(page.field().getDomProperty("value")).isEqualTo("a");
    assertThat(driver.getCurrentUrl()).isEqualTo(address);
  }

  @Test
  void withoutAFilterTypesStandInTheGroupsOfTheIndex() {
    List<String> grouped =
        ENTRIES.stream()
            .sorted(
                Comparator.comparing((IndexEntry entry) -> entry.parentRoi().isEmpty())
                    .thenComparing(IndexEntry::parentRoi, CodePointOrder.BY_CODE_POINT)
                    .thenComparing(IndexEntry::name, CodePointOrder.BY_CODE_POINT))
            .map(IndexEntry::name)
            .toList();

    assertThat(page.names()).isEqualTo(grouped);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theBackButtonTakesTheLastChoiceBack(boolean fromServer) {
    page.open(fromServer ? server.url("types.html") : site.fileUrl());
    String all = page.count();
    page.choose("Region", "OL");
    String one = page.count();
    page.choose("Region", "CX");
    String two = page.count();
    assertThat(List.of(all, one, two)).doesNotHaveDuplicates();

    driver.navigate().back();
    assertThat(page.count()).isEqualTo(one);
    driver.navigate().back();
    assertThat(page.count()).isEqualTo(all);
    driver.navigate().forward();
    assertThat(page.count()).isEqualTo(one);
  }

  @Test
  void aTypedTextIsOneStepBack() {
    String all = page.count();
    page.choose("Region", "OL");
    String region = page.count();
    page.field().sendKeys("dn");
    page.field().sendKeys("p");
    waitForAddress("q=dnp");

    driver.navigate().back();
    assertThat(page.count()).isEqualTo(region);
    driver.navigate().back();
    assertThat(page.count()).isEqualTo(all);
  }

  @Test
  void aLetterIsAStepOfItsOwnHoweverSoonAChoiceFollows() {
    page.field().sendKeys("d");
    String typed = page.count();
    page.choose("Region", "OL");
    assertThat(page.count()).isNotEqualTo(typed);

    driver.navigate().back();
    assertThat(page.count()).isEqualTo(typed);
    assertThat(driver.getCurrentUrl()).endsWith("#q=d");
  }

  @Test
  void enterInTheFieldKeepsTheFilterAndGoesToTheFirstType() {
    page.field().sendKeys("dnp", Keys.ENTER);

    assertThat(page.field().getDomProperty("value")).isEqualTo("dnp");
    assertThat(driver.switchTo().activeElement().getText()).isEqualTo(page.firstName());
    waitForAddress("q=dnp");
  }

  @Test
  void readersComeBackToWhereTheyWere() {
    driver.findElement(By.cssSelector("[data-view=table]")).click();
    page.js("document.getElementById('results').scrollTop = 6000");
    page.js("return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
    WebElement link =
        (WebElement)
            page.js(
                "return [...document.querySelectorAll('tbody .name')].find(a =>"
                    + " a.getBoundingClientRect().top > 450)");
    String name = link.getText();
    link.click();
    new WebDriverWait(driver, Duration.ofSeconds(10))
        .until(any -> "page".equals(driver.getTitle()));
    driver.navigate().back();
    new WebDriverWait(driver, Duration.ofSeconds(10))
        .until(any -> driver.getTitle().startsWith("Neuron types"));

    assertThat(
            (boolean)
                page.js(
                    "return [...document.querySelectorAll('tbody .name')].some(a => a.textContent"
                        + " === arguments[0] && a.getBoundingClientRect().top > 400)",
                    name))
        .isTrue();
  }

  @Test
  void aTagFiltersAndItsCardStaysInPlace() {
    page.js("document.getElementById('results').scrollTop = 4000");
    page.js("return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
    WebElement tag =
        (WebElement)
            page.js(
                "return [...document.querySelectorAll('.card .tag.roi')].find(t => { const top ="
                    + " t.getBoundingClientRect().top; return top > 350 && top < 700;})");
    int before = tag.getRect().getY();
    String type = tag.findElement(By.xpath("ancestor::li")).getDomAttribute("data-type");
    String roi = tag.getDomAttribute("data-value");
    tag.click();

    WebElement focused = driver.switchTo().activeElement();
    assertThat(focused.getDomAttribute("data-value")).isEqualTo(roi);
    assertThat(focused.getDomAttribute("aria-pressed")).isEqualTo("true");
    assertThat(focused.findElement(By.xpath("ancestor::li")).getDomAttribute("data-type"))
        .isEqualTo(type);
    // The row of filters above the list appears with the first one, and its height is all that
    // moves.
    assertThat(Math.abs(focused.getRect().getY() - before)).isLessThan(60);
    assertThat(driver.getCurrentUrl()).contains("roi=");
  }

  @Test
  void theListIsReadWithTheKeyboardAlone() {
    driver.findElement(By.tagName("body")).sendKeys("/");
    assertThat(driver.switchTo().activeElement()).isEqualTo(page.field());
    page.field().sendKeys("a", Keys.ARROW_DOWN);
    assertThat(focusedPlace()).isZero();
    press(Keys.ARROW_RIGHT);
    assertThat(focusedPlace()).isEqualTo(1);
    press(Keys.ARROW_DOWN);
    int below = focusedPlace();
    assertThat(below).isGreaterThan(1);
    for (int k = 0; k < 12; k++) {
      press(Keys.ARROW_DOWN);
    }
    assertThat(focusedPlace()).isEqualTo(below + 12 * (below - 1));
    assertThat(
            (boolean)
                page.js(
                    "const r = document.activeElement.getBoundingClientRect(); return r.top > 60 &&"
                        + " r.bottom < innerHeight"))
        .isTrue();
    press(Keys.END);
    assertThat((long) focusedPlace() + 1)
        .isEqualTo(Long.parseLong(page.count().replaceAll(" of.*|,", "")));
    press(Keys.HOME);
    assertThat(focusedPlace()).isZero();
    press(Keys.TAB);
    assertThat(driver.switchTo().activeElement().getDomAttribute("data-copy")).isNotNull();
    driver.switchTo().activeElement().sendKeys("?");
    assertThat(driver.findElement(By.id("help")).isDisplayed()).isTrue();
    press(Keys.ESCAPE);
    assertThat(driver.findElement(By.id("help")).isDisplayed()).isFalse();
    page.field().sendKeys(Keys.ESCAPE);
    assertThat(page.field().getDomProperty("value")).isEmpty();
  }

  @Test
  void everyFacetIsOpenedAndChosenFromTheKeyboard() {
    WebElement button =
        driver.findElement(By.xpath("//aside//button[normalize-space(.)='Hemilineage']"));
    button.sendKeys(Keys.ENTER);
    assertThat(button.getDomAttribute("aria-expanded")).isEqualTo("true");
    press(Keys.TAB);
    press(Keys.TAB);
    String all = page.count();
    press(Keys.SPACE);
    assertThat(page.count()).isNotEqualTo(all);
    assertThat(driver.getCurrentUrl()).contains("hemilineage=");
  }

  @Test
  void tabbingThroughTheListNeverLosesTheFocus() {
    page.field().sendKeys(Keys.ARROW_DOWN);
    for (int k = 0; k < 180; k++) {
      press(Keys.TAB);
      assertThat(
              (boolean) page.js("return document.activeElement.closest('[data-place]') !== null"))
          .as("after %d steps", k)
          .isTrue();
    }
    assertThat(focusedPlace()).isGreaterThan(12);
  }

  @Test
  void whereNothingFitsThePageSaysWhichFilterToDrop() {
    page.choose("Region", "OL");
    page.choose("Side", "Only middle");
    page.type("<img");
    assertThat(page.count()).startsWith("0 of");
    List<WebElement> drops = driver.findElements(By.cssSelector("#nothing [data-drop]"));
    assertThat(drops).hasSize(3);
    String text = drops.get(0).getText();
    drops.get(0).click();

    assertThat(text).endsWith(page.count().replaceAll(" of.*", "") + " types");
  }

  @Test
  void nearNamesAreOfferedOnlyWhenNothingContainsTheText() {
    String name = ENTRIES.get(300).name();
    String typo = "q" + name.substring(1);
    page.type(typo);
    new WebDriverWait(driver, Duration.ofSeconds(5))
        .until(any -> !driver.findElements(By.cssSelector("#nothing .near")).isEmpty());
    WebElement offered =
        driver.findElement(By.xpath("//div[@id='nothing']//button[.='" + name + "']"));
    offered.click();

    assertThat(page.firstName()).isEqualTo(name);
    assertThat(driver.findElement(By.id("nothing")).isDisplayed()).isFalse();
  }

  @Test
  void everyLinkOfEveryTypeLeadsToItsPage() {
    for (IndexEntry entry : HostileEntries.all()) {
      page.open(server.url("types.html#q=" + encoded(entry.name())));
      @SuppressWarnings("unchecked")
      List<String> hrefs =
          (List<String>)
              page.js(
                  "const card = [...document.querySelectorAll('.card[data-type]')].find(c =>"
                      + " c.querySelector('.name').textContent === arguments[0]);"
                      + "return [...card.querySelectorAll('a')].map(a => a.getAttribute('href'))",
                  entry.name());
      assertThat(hrefs)
          .contains(entry.pages().all().stream().map(Href::encode).toArray(String[]::new))
          .allMatch(href -> URI.create(href).getScheme() == null);
    }
    WebElement link = driver.findElement(By.cssSelector(".card a.name"));
    link.click();
    new WebDriverWait(driver, Duration.ofSeconds(10))
        .until(any -> "page".equals(driver.getTitle()));
  }

  @Test
  void aNameIsCopiedAlsoWhereTheClipboardIsClosed() {
    driver.findElement(By.cssSelector("[data-place='0'] [data-copy]")).click();
    new WebDriverWait(driver, Duration.ofSeconds(5))
        .until(
            any ->
                ("Copied \u2068" + page.firstName() + "\u2069")
                    .equals(driver.findElement(By.id("said")).getDomProperty("textContent")));
  }

  @Test
  void theDetailsShowAllRoisAndFilterToo() {
    page.open(server.url("types.html#region=OL&sort=-total"));
    WebElement more = driver.findElement(By.cssSelector(".card .tag.more"));
    int hidden = Integer.parseInt(more.getText().substring(1));
    int shown = more.findElements(By.xpath("preceding-sibling::button")).size();
    more.click();
    List<WebElement> rows = driver.findElements(By.cssSelector("#details .roi-table tbody tr"));
    assertThat(rows).hasSize(hidden + shown);
    String roi = rows.get(hidden + shown - 1).findElement(By.tagName("button")).getText();
    rows.get(hidden + shown - 1).findElement(By.tagName("button")).click();

    assertThat(driver.findElement(By.id("details")).isDisplayed()).isFalse();
    assertThat(driver.findElement(By.id("chips")).getText()).contains("ROI: " + roi);
  }

  @ParameterizedTest
  @CsvSource({
    "Could not be fetched,      not fetched",
    "No neurons in the dataset, no neurons",
    "Not asked for,             not asked"
  })
  void theTableMarksTypesWithoutData(String status, String mark) {
    page.open(server.url("types.html#view=table&status=" + encoded(status)));

    assertThat(page.names()).isNotEmpty();
    assertThat(driver.findElements(By.cssSelector("tbody tr")))
        .allMatch(row -> row.findElement(By.className("alias")).getText().equals(mark));
  }

  @Test
  void theHelpExplainsEveryFilterAndSymbol() {
    driver.findElement(By.id("help-button")).click();
    @SuppressWarnings("unchecked")
    List<String> explained =
        (List<String>)
            page.js(
                "return [...document.querySelectorAll('#help dt')].map(term => term.textContent)");
    String terms = String.join(", ", explained);

    // What the site's owner has chosen the help cannot know.
    driver
        .findElements(
            By.cssSelector(".facet:not([data-facet-section=property-wanted]) .facet-button"))
        .forEach(facet -> assertThat(terms).contains(facet.getDomProperty("textContent")));
    assertThat(terms).contains("⋯", "–", "×", "also", "not fetched", "not asked", "Regions", "+3");
    assertThat(driver.findElement(By.cssSelector("#help dt .copy")).isDisplayed()).isTrue();
  }

  @Test
  void unavailableTypesAreMarkedWithTheReason() {
    page.open(server.url("types.html#status=Could+not+be+fetched"));
    assertThat(page.names())
        .containsExactlyInAnyOrderElementsOf(
            ENTRIES.stream().filter(entry -> entry.error() != null).map(IndexEntry::name).toList());
    assertThat(driver.findElement(By.cssSelector(".card .mark.bad")).getText())
        .startsWith("Data could not be fetched: ");
  }

  private static int focusedPlace() {
    return Integer.parseInt(
        (String) page.js("return document.activeElement.closest('[data-place]').dataset.place"));
  }

  private static void press(CharSequence key) {
    driver.switchTo().activeElement().sendKeys(key);
  }

  private static void waitForAddress(String part) {
    new WebDriverWait(driver, Duration.ofSeconds(5))
        .until(any -> driver.getCurrentUrl().contains(part));
  }

  private static String encoded(String text) {
    return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
