package quickpage.index.browser;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/** What a reader does with the page, and what the reader then sees. */
final class PageUnderTest {
  private final ChromeDriver driver;

  PageUnderTest(ChromeDriver driver) {
    this.driver = driver;
  }

  PageUnderTest open(String url) {
    driver.get("about:blank");
    driver.get(url);
    new WebDriverWait(driver, Duration.ofSeconds(30))
        .until(any -> (boolean) js("return document.documentElement.classList.contains('ready')"));
    return this;
  }

  Object js(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  ChromeDriver driver() {
    return driver;
  }

  WebElement field() {
    return driver.findElement(By.cssSelector("input[type=search]"));
  }

  void type(String text) {
    field().sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
    field().sendKeys(text);
  }

  String count() {
    return driver.findElement(By.id("count")).getText();
  }

  void reset() {
    WebElement button = driver.findElement(By.id("reset"));
    if (button.isDisplayed()) {
      button.click();
    }
  }

  /** The box of a facet, opened. */
  WebElement facet(String label) {
    WebElement button =
        driver.findElement(
            By.xpath("//aside//button[normalize-space(.)='" + label + "' and @aria-expanded]"));
    if ("false".equals(button.getDomAttribute("aria-expanded"))) {
      button.click();
    }
    return driver.findElement(By.id(button.getDomAttribute("aria-controls")));
  }

  /** Clicks one choice of a facet: a real click, because the browser skips history without one. */
  void choose(String facet, String value) {
    WebElement box =
        (WebElement)
            js(
                "return [...arguments[0].querySelectorAll('input[type=checkbox]')].find(box =>"
                    + " box.value === arguments[1])",
                facet(facet),
                value);
    box.click();
  }

  /** The choices of a facet with the number of types that each would leave. */
  @SuppressWarnings("unchecked")
  List<List<String>> choices(String facet) {
    return (List<List<String>>)
        js(
            "return [...arguments[0].querySelectorAll('li')].map(li =>"
                + " [li.querySelector('input').value, li.querySelector('.count').textContent])",
            facet(facet));
  }

  /** The names of all types shown, in their order, read while scrolling through the list. */
  List<String> names() {
    @SuppressWarnings("unchecked")
    List<String> names =
        (List<String>)
            driver.executeAsyncScript(
                """
                const done = arguments[arguments.length - 1];
                const box = document.getElementById("results");
                const found = new Map();
                const collect = () => {
                  for (const card of document.querySelectorAll("[data-place]")) {
                    found.set(Number(card.dataset.place), card.querySelector(".name").textContent);
                  }
                };
                box.scrollTop = 0;
                const step = () => {
                  requestAnimationFrame(() => requestAnimationFrame(() => {
                    collect();
                    const before = box.scrollTop;
                    box.scrollTop += box.clientHeight * 0.7;
                    if (box.scrollTop === before) {
                      box.scrollTop = 0;
                      done([...found.keys()].sort((a, b) => a - b).map(k => found.get(k)));
                    } else {
                      step();
                    }
                  }));
                };
                step();
                """);
    return new ArrayList<>(names);
  }

  /** The first type that is shown. */
  String firstName() {
    return (String) js("return document.querySelector('[data-place=\"0\"] .name').textContent");
  }
}
