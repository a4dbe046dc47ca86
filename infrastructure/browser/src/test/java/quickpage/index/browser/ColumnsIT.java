package quickpage.index.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The columns of the table that a reader chooses. */
class ColumnsIT extends BrowserIT {
  private static String url;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    DemoSite.write(folder, GeneratedEntries.of(300, 7));
    serve(folder);
    url = server.url("types.html");
  }

  @BeforeEach
  void openAsNew() {
    page.open(url);
    page.js("localStorage.clear()");
    page.open(url + "#view=table");
  }

  @SuppressWarnings("unchecked")
  private static List<String> headings() {
    return (List<String>)
        page.js(
            "return [...document.querySelectorAll('#table thead th')].map(th => th.textContent)");
  }

  private static void toggle(String... labels) {
    driver.findElement(By.id("columns-button")).click();
    for (String label : labels) {
      driver
          .findElement(
              By.xpath("//*[@id='columns-menu']/label[normalize-space(.)='" + label + "']"))
          .click();
    }
    driver.findElement(By.id("columns-button")).click();
  }

  @Test
  void thereIsAChoiceForEachColumnButTheNames() {
    List<String> all = headings();
    driver.findElement(By.id("columns-button")).click();

    assertThat(all).hasSizeGreaterThan(15).startsWith("Name", "Cells");
    assertThat(driver.findElements(By.cssSelector("#columns-menu label")))
        .extracting(WebElement::getText)
        .isEqualTo(all.subList(1, all.size()));
    assertThat(driver.findElements(By.cssSelector("#columns-menu input:checked")))
        .hasSize(all.size() - 1);
    page.open(url + "#view=cards");
    assertThat(driver.findElement(By.id("columns-button")).isDisplayed()).isFalse();
  }

  @Test
  void aHiddenColumnIsGoneFromHeadingAndLinesAndTheAddressSaysSo() {
    List<String> left = new ArrayList<>(headings());
    toggle("Cells", "Input and output");
    left.removeAll(List.of("Cells", "Input and output"));

    assertThat(headings()).isEqualTo(left);
    assertThat(driver.getCurrentUrl()).endsWith("#view=table&hide=total&hide=profile");
    page.type("a");
    page.js("return new Promise(done => setTimeout(done, 300))");
    assertThat(
            (List<?>)
                page.js(
                    """
                    const spans = (row) => [...row.cells].map((cell) => {
                      const { left, right } = cell.getBoundingClientRect();
                      return [Math.round(left), Math.round(right)].join();
                    });
                    const heads = spans(document.querySelector("#table thead tr")).join(" ");
                    return [...document.querySelectorAll("#table tbody tr")].map(spans)
                      .filter((row) => row.join(" ") !== heads);\
                    """))
        .isEmpty();
    assertThat(
            (boolean)
                page.js(
                    "return document.querySelectorAll('#table tbody tr').length > 3"
                        + " && !document.querySelector('#table tbody .bar')"))
        .isTrue();
    driver.navigate().refresh();
    assertThat(headings()).isEqualTo(left);
  }

  /** Lines that showed other columns are not taken over with what stood in them. */
  @Test
  void whatTheLinesShowIsWhatAPageOpenedSoShows() {
    toggle("Balance", "Left", "Main region");
    page.js("return new Promise(done => setTimeout(done, 300))");
    String shown =
        """
        const told = (node) => node.nodeType === Node.TEXT_NODE
          ? node.data
          : `<${node.tagName} ${[...node.attributes].map(a => `${a.name}=${a.value}`).sort()}>`
            + [...node.childNodes].map(told).join("|");
        return [...document.querySelectorAll("#table tbody tr")].slice(0, 8).map(told);
        """;
    Object before = page.js(shown);
    page.open(driver.getCurrentUrl());
    page.js("return new Promise(done => setTimeout(done, 300))");

    assertThat((List<?>) before).hasSize(8).isEqualTo(page.js(shown));
  }

  @Test
  void theBackButtonTakesAChoiceBack() {
    List<String> all = headings();
    toggle("Cells");
    assertThat(headings()).doesNotContain("Cells");
    driver.navigate().back();

    assertThat(headings()).isEqualTo(all);
    assertThat(driver.findElement(By.id("column-total")).isSelected()).isTrue();
  }

  @Test
  void theNextVisitShowsThemAgainUnlessItsAddressSaysWhich() {
    List<String> all = headings();
    toggle("Cells", "Pre");
    List<String> chosen = headings();
    page.open(url + "#view=table");
    assertThat(headings()).isEqualTo(chosen).isNotEqualTo(all);

    page.open(url + "#view=table&hide=post&hide=nothing+is+called+so");
    assertThat(headings()).contains("Cells", "Pre").doesNotContain("Post");
    page.open(url + "#view=table&hide=");
    assertThat(headings()).isEqualTo(all);
    page.open(url + "#view=table");
    assertThat(headings()).as("a link changes no habit").isEqualTo(chosen);

    driver.findElement(By.id("columns-button")).click();
    driver.findElement(By.cssSelector("#columns-menu button")).click();
    assertThat(headings()).isEqualTo(all);
    page.open(url + "#view=table");
    assertThat(headings()).isEqualTo(all);
  }

  @Test
  void keysAloneOpenTheMenuChooseAndCloseIt() {
    WebElement button = driver.findElement(By.id("columns-button"));
    button.sendKeys(Keys.ENTER);
    driver.switchTo().activeElement().sendKeys(Keys.TAB);
    if (driver.switchTo().activeElement().getDomAttribute("id").equals("columns-menu")) {
      driver.switchTo().activeElement().sendKeys(Keys.TAB);
    }
    assertThat(driver.switchTo().activeElement())
        .isEqualTo(driver.findElement(By.id("column-total")));
    driver.switchTo().activeElement().sendKeys(Keys.SPACE);
    assertThat(headings()).doesNotContain("Cells");
    driver.switchTo().activeElement().sendKeys(Keys.TAB, Keys.SPACE);

    assertThat(driver.findElement(By.id("columns-menu")).isDisplayed()).isTrue();
    driver.switchTo().activeElement().sendKeys(Keys.ESCAPE);
    assertThat(driver.findElement(By.id("columns-menu")).isDisplayed()).isFalse();
    assertThat(driver.switchTo().activeElement()).isEqualTo(button);
    assertThat(button.getDomAttribute("aria-expanded")).isEqualTo("false");
  }

  @Test
  void everyColumnButTheNamesMayBeHidden() {
    page.open(
        url
            + "#view=table"
            + page.js(
                "return [...document.querySelectorAll('#columns-menu input')].map(box => '&hide=' +"
                    + " box.value).join('')"));

    assertThat(headings()).containsExactly("Name");
    assertThat(page.names()).hasSize(300);
  }

  @Test
  void aBrowserThatKeepsNothingShowsThemForTheVisit() {
    String id =
        (String)
            driver
                .executeCdpCommand(
                    "Page.addScriptToEvaluateOnNewDocument",
                    Map.of(
                        "source",
                        "Object.defineProperty(window, 'localStorage',"
                            + " { get() { throw new DOMException('', 'SecurityError'); } })"))
                .get("identifier");
    try {
      page.open(url + "#view=table");
      toggle("Cells");

      assertThat(headings()).doesNotContain("Cells");
      assertThat(driver.getCurrentUrl()).endsWith("&hide=total");
    } finally {
      driver.executeCdpCommand(
          "Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", id));
    }
  }
}
