package quickpage.index.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Elements of one result show the types of the next one: nothing of the former may be left. */
class TakenOverIT extends BrowserIT {
  /** What each element in sight says and looks like, apart from the order of its attributes. */
  private static final String SHOWN =
      """
      const told = (node) => node.nodeType === Node.TEXT_NODE
        ? node.data
        : `<${node.tagName} ${[...node.attributes].map(a => `${a.name}=${a.value}`).sort()}>` +
          [...node.childNodes].map(told).join("|");
      const sight = document.getElementById("results").getBoundingClientRect().bottom;
      return [...document.querySelectorAll("[data-place]")]
        .filter((element) => element.getBoundingClientRect().top < sight)
        .map(told);
      """;

  private static String url;

  @BeforeAll
  static void write(@TempDir Path folder) throws IOException {
    url = DemoSite.write(folder, GeneratedEntries.withHostileOnes(700, 5)).fileUrl();
  }

  /**
   * Names, synonyms, types without ROIs, regions in groups, types that could not be fetched: each
   * list must be the one of a page that is opened with that choice.
   */
  @ParameterizedTest
  @ValueSource(strings = {"cards", "table"})
  void aChangeShowsWhatAPageOpenedWithItShows(String view) {
    List<String> changes =
        List.of(
            "q=d",
            "q=dn",
            "q=fly",
            "",
            "nt=gaba",
            "region=OL",
            "status=Could+not+be+fetched",
            "",
            "q=a&sort=-name",
            "sort=total",
            "cells=1",
            "q=%3C",
            "side=Only+left",
            "region=",
            "q=nothing+has+this+name",
            "");
    List<String> addresses =
        changes.stream().map(change -> "#view=" + view + "&" + change).toList();
    List<List<?>> changed = new ArrayList<>();
    page.open(url + "#view=" + view + "&sort=name");
    for (String address : addresses) {
      page.js("location.hash = arguments[0]", address);
      changed.add(shownAfterAPause());
    }

    for (int k = 0; k < addresses.size(); k++) {
      page.open(url + addresses.get(k));
      assertThat(changed.get(k)).as(addresses.get(k)).isEqualTo(shownAfterAPause());
    }
    assertThat(changed.stream().mapToInt(List::size).max().orElseThrow()).isGreaterThan(5);
  }

  /** Far to the right a change is seen at once, too. */
  @Test
  void aTableFillsTheColumnsInSightAtOnce() {
    page.open(url + "#view=table");
    page.js("document.getElementById('results').scrollLeft = 1e6");
    driver.executeAsyncScript("requestAnimationFrame(() => setTimeout(arguments[0]))");
    page.js(
        "const field = document.querySelector('input[type=search]'); field.value = 'a';"
            + " field.dispatchEvent(new Event('input')); window.cells = [...document"
            + ".querySelectorAll('[data-place] td:last-child')].map(cell => cell.textContent)");

    @SuppressWarnings("unchecked")
    List<String> cells = (List<String>) page.js("return window.cells");
    assertThat(cells).hasSizeGreaterThan(5).doesNotContain("");
  }

  /** What is out of sight follows once the rest is painted; until then the table says so. */
  @Test
  void aTableSaysThatItIsNotYetWhole() {
    page.open(url + "#view=table");
    shownAfterAPause();
    page.js(
        "const table = document.querySelector('#table table'); const field ="
            + " document.querySelector('input[type=search]'); window.busy ="
            + " [table.ariaBusy]; field.value = 'a'; field.dispatchEvent(new Event('input'));"
            + " window.busy.push(table.ariaBusy)");
    shownAfterAPause();
    page.js("window.busy.push(document.querySelector('#table table').ariaBusy)");

    assertThat((List<?>) page.js("return window.busy"))
        .isEqualTo(Arrays.asList(null, "true", null));
  }

  /**
   * Also where the list was scrolled: that the page scrolls back to its top is no reader's scroll.
   */
  @ParameterizedTest
  @ValueSource(strings = {"cards", "table"})
  void onlyWhatIsInSightIsPaintedFirst(String view) {
    page.open(url + "#q=a&view=" + view);
    pointAt("search");
    shownAfterAPause();
    page.js("document.getElementById('results').scrollTop = 1500");
    shownAfterAPause();
    page.js(
        """
        window.drawn = [];
        const note = () => {
          const sight = document.getElementById("results").getBoundingClientRect();
          const boxes = [...document.querySelectorAll("[data-place]")].map((e) => e.getBoundingClientRect());
          const inSight = boxes.filter(({ top, bottom }) => bottom > sight.top && top < sight.bottom);
          window.drawn.push([inSight.length, boxes.length - inSight.length]);
        };
        const field = document.querySelector("input[type=search]");
        field.value = "d";
        field.dispatchEvent(new Event("input"));
        note();
        requestAnimationFrame(note);
        setTimeout(note, 400);
        """);
    shownAfterAPause();

    @SuppressWarnings("unchecked")
    List<List<Long>> drawn = (List<List<Long>>) page.js("return window.drawn");
    assertThat(drawn).hasSize(3);
    assertThat(drawn.get(0).get(0)).isGreaterThan(4);
    assertThat(drawn.get(0).get(1)).isZero();
    assertThat(drawn.get(1)).isEqualTo(drawn.get(0));
    assertThat(drawn.get(2)).isEqualTo(drawn.get(0));
  }

  /**
   * What a scroll would reach first, for who may be about to scroll: by pointer or by keys. It
   * stays as long as the list is the same.
   */
  @ParameterizedTest
  @ValueSource(strings = {"cards", "table"})
  void beyondWhatIsInSightAListIsDrawnWhereTheReaderIs(String view) {
    page.open(url + "#q=a&view=" + view);
    pointAt("search");
    page.field().sendKeys("l");
    final long inSight = placesDrawnAfterAPause();
    pointAt("results");
    final long pointedAt = placesDrawnAfterAPause();
    pointAt("search");
    final long left = placesDrawnAfterAPause();
    page.field().sendKeys(Keys.BACK_SPACE);
    final long typed = placesDrawnAfterAPause();
    page.js("document.querySelector('[data-place] .name').focus()");
    final long focused = placesDrawnAfterAPause();

    assertThat(inSight).isGreaterThan(4).isEqualTo(typed);
    assertThat(pointedAt).isGreaterThan(inSight + 1).isEqualTo(left).isEqualTo(focused);
  }

  /** Names stick only where a reader may scroll to the right: each that does is a layer. */
  @Test
  void aTablesNamesStandStillOnceTheyMayHaveTo() {
    page.open(url + "#view=table");
    pointAt("search");
    shownAfterAPause();
    String position = "return getComputedStyle(document.querySelector('#table tbody th')).position";
    Object atRest = page.js(position);
    pointAt("results");
    shownAfterAPause();
    Object pointedAt = page.js(position);
    pointAt("search");
    shownAfterAPause();
    page.js("document.getElementById('results').scrollLeft = 300");
    driver.executeAsyncScript("requestAnimationFrame(() => setTimeout(arguments[0]))");

    assertThat(List.of(atRest, pointedAt, page.js(position)))
        .containsExactly("static", "sticky", "sticky");
  }

  /** With the last choice the line of chips goes: the list shows at once what then has room. */
  @ParameterizedTest
  @ValueSource(strings = {"cards", "table"})
  void theRoomThatTheChipsLeaveIsFilledAtOnce(String view) {
    page.open(url + "#view=" + view);
    page.js(
        """
        window.gaps = [];
        const bottom = (element) => element.getBoundingClientRect().bottom;
        const gap = () => bottom(document.getElementById("results"))
          - Math.max(...[...document.querySelectorAll("[data-place]")].map(bottom));
        const field = document.querySelector("input[type=search]");
        for (const text of ["a", "", "a", ""]) {
          field.value = text;
          field.dispatchEvent(new Event("input"));
          window.gaps.push(gap());
        }
        """);

    @SuppressWarnings("unchecked")
    List<Number> gaps = (List<Number>) page.js("return window.gaps");
    assertThat(gaps).hasSize(4).allMatch(gap -> gap.doubleValue() <= 12);
  }

  /** What a type lacks moves nothing of what it has: no element is made anew for that. */
  @Test
  void elementsKeepTheirPlacesAmongOnesThatComeAndGo() {
    page.open(url + "#view=table&q=a");
    shownAfterAPause();
    page.js(
        """
        const line = document.querySelector("[data-place='0']");
        window.kept = [...line.querySelectorAll(".name, .icon"), document.querySelector(".chip")];
        """);
    page.js("location.hash = '#view=table&status=Could+not+be+fetched'");
    shownAfterAPause();

    assertThat(
            (String)
                page.js("return document.querySelector('[data-place=\"0\"] .alias').textContent"))
        .isEqualTo("not fetched");
    assertThat((List<?>) page.js("return window.kept.map((element) => element.isConnected)"))
        .hasSize(3)
        .allMatch(Boolean.TRUE::equals);
    assertThat(driver.findElement(By.className("chip")).getText()).startsWith("Data: ");
  }

  @ParameterizedTest
  @ValueSource(ints = {1400, 390})
  void aTablesCellsStandUnderTheirHeadings(int width) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 844, "deviceScaleFactor", 1, "mobile", false));
    page.open(url + "#view=table");
    shownAfterAPause();

    List<?> apart =
        (List<?>)
            page.js(
                """
                const spans = (row) => [...row.cells].map((cell) => {
                  const { left, right } = cell.getBoundingClientRect();
                  return [Math.round(left), Math.round(right)].join();
                });
                const heads = spans(document.querySelector("#table thead tr"));
                return [...document.querySelectorAll("#table tbody tr")].map(spans)
                  .filter((row) => row.length !== 19 || row.join(" ") !== heads.join(" "));\
                """);
    assertThat(apart).isEmpty();
    driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
  }

  @Test
  void theFocusDoesNotMoveToAnotherType() {
    page.open(url);
    WebElement name = driver.findElement(By.cssSelector("[data-place='1'] .name"));
    page.js("arguments[0].focus(); location.hash = '#sort=total'", name);
    shownAfterAPause();

    assertThat(page.js("return document.activeElement === document.body")).isEqualTo(true);
  }

  /** The tick of a name that was copied belongs to its type. */
  @Test
  void theTickOfACopiedNameIsNotTakenOver() {
    page.open(url);
    WebElement button = driver.findElement(By.cssSelector("[data-place='0'] .copy"));
    button.click();
    new WebDriverWait(driver, Duration.ofSeconds(5))
        .until(any -> button.getDomAttribute("class").contains("done"));
    page.js("document.getElementById('search').focus(); location.hash = '#sort=total'");
    driver.executeAsyncScript("requestAnimationFrame(() => setTimeout(arguments[0]))");

    assertThat((boolean) page.js("return arguments[0].isConnected", button)).isTrue();
    assertThat(button.getDomAttribute("class")).doesNotContain("done");
  }

  private static void pointAt(String id) {
    new Actions(driver).moveToElement(driver.findElement(By.id(id))).perform();
  }

  private static long placesDrawnAfterAPause() {
    shownAfterAPause();
    return (long) page.js("return document.querySelectorAll('[data-place]').length");
  }

  private static List<?> shownAfterAPause() {
    driver.executeAsyncScript("setTimeout(arguments[0], 400)");
    return (List<?>) page.js(SHOWN);
  }
}
