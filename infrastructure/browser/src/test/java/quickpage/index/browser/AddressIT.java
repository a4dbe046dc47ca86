package quickpage.index.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Whatever stands in the address, the page takes from it what it can. */
class AddressIT extends BrowserIT {
  private static String url;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    url = DemoSite.write(folder, GeneratedEntries.withHostileOnes(200, 7)).fileUrl();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "% | - | 0",
        "&&&=& | - | 0",
        "q | - | 0",
        "q=% | % | 0",
        "q=100%25 | 100% | 0",
        "q=%E0%A4%A | \ufffd%A | 0",
        "q=%ED%A0%80 | \ufffd\ufffd\ufffd | 0",
        "q=%uD83E | %uD83E | 0",
        "q=a%2Bb | a+b | 0",
        "q=a%23b#c | a#b#c | 0",
        "q=a&q=b | a | 0",
        "q=%F0%9F%A7%A0 | \ud83e\udde0 | 0",
        "nosuch=1&region=OL | - | 1",
        "roi=a%7Cb&roi=a%7Cb | - | 1",
        "nt=123&nt= | - | 2",
        "sort=nosuch&view=nosuch | - | 0",
        "sort=--total&sort=- | - | 0",
        "__proto__=1&toString=2 | - | 0",
      })
  void aFragmentIsReadAsFarAsItMeansSomething(String fragment, String text, int chips) {
    driver.manage().logs().get(LogType.BROWSER);
    page.open(url + "#" + fragment);

    assertThat(page.field().getDomProperty("value")).isEqualTo(text == null ? "" : text);
    assertThat(driver.findElements(By.cssSelector(".chip")))
        .hasSize(chips + (text == null ? 0 : 1));
    assertThat(page.js("return document.querySelector('[data-view=cards]').ariaPressed"))
        .isEqualTo("true");
    assertNoComplaints();
  }

  @Test
  void aChoiceThatNoTypeHasLeavesNothingAndIsOfferedToBeDropped() {
    page.open(url + "#region=NOSUCH%22%3E%3Cimg%3E");
    assertThat(page.count()).startsWith("0 of ");
    WebElement drop = driver.findElement(By.cssSelector("#nothing [data-drop]"));
    assertThat(drop.getText()).startsWith("Without Region: ");
    assertThat(driver.findElement(By.className("chip")).getText())
        .startsWith("Region: NOSUCH\"><img>");
    drop.click();
    assertThat(page.count()).doesNotStartWith("0 of ");
    assertThat(driver.getCurrentUrl()).doesNotContain("#");
  }

  @Test
  void aTextThatIsFarTooLongFindsNothingAndBreaksNothing() {
    driver.manage().logs().get(LogType.BROWSER);
    page.open(url + "#q=" + "x".repeat(100_000));

    assertThat(page.count()).startsWith("0 of ");
    // The title follows when the reader pauses.
    new WebDriverWait(driver, Duration.ofSeconds(10))
        .until(any -> driver.getTitle().contains("xxx"));
    assertThat(driver.getTitle().length()).isLessThan(200);
    assertThat((boolean) page.js("return document.documentElement.scrollWidth <= innerWidth"))
        .isTrue();
    page.reset();
    assertThat(page.count()).doesNotStartWith("0 of ");
    assertNoComplaints();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%",
        "#",
        "&",
        "+",
        "|",
        "a|b",
        "\ud83e\udde0",
        "100%25#frag?query&amp;",
        "a+b,c;d=e@f"
      })
  void aTextOfSpecialCharactersComesBackFromTheAddress(String text) {
    page.open(url);
    page.js(
        "arguments[0].value = arguments[1];"
            + " arguments[0].dispatchEvent(new Event('input', {bubbles: true}))",
        page.field(),
        text);
    new WebDriverWait(driver, Duration.ofSeconds(5))
        .until(any -> driver.getCurrentUrl().contains("#q="));
    List<String> names = page.names();
    assertThat(names).isNotEmpty();

    page.open(driver.getCurrentUrl());

    assertThat(page.field().getDomProperty("value")).isEqualTo(text);
    assertThat(page.names()).isEqualTo(names);
  }

  /** Also where letters were typed just before it, which the address follows a little later. */
  @Test
  void theAddressHasAChoiceAsSoonAsItIsMade() {
    page.open(url);
    assertThat(
            page.js(
                """
                const field = document.querySelector("input[type=search]");
                const after = [location.hash];
                const note = () => after.push(location.hash);
                document.querySelector(".column[data-value=OL]").click();
                note();
                field.value = "a";
                field.dispatchEvent(new Event("input"));
                note();
                document.querySelector("[data-view=table]").click();
                note();
                document.getElementById("reset").click();
                note();
                return after;
                """))
        .isEqualTo(
            List.of("", "#region=OL", "#region=OL", "#q=a&region=OL&view=table", "#view=table"));
    driver.navigate().back();
    assertThat(page.js("return location.hash")).isEqualTo("#q=a&region=OL&view=table");
  }

  private static void assertNoComplaints() {
    assertThat(
            driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage))
        .isEmpty();
  }
}
