package quickpage.index.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The line for readers who let the browser find a text in a list of which it sees a part. */
class FindHintIT extends BrowserIT {
  private static String url;

  @BeforeAll
  static void write(@TempDir Path folder) throws IOException {
    url = DemoSite.write(folder, GeneratedEntries.of(100, 7)).fileUrl();
  }

  @BeforeEach
  void open() {
    page.open(url);
    page.js(
        "window.prevented = []; addEventListener('keydown', event =>"
            + " window.prevented.push(event.defaultPrevented))");
  }

  private static WebElement hint() {
    return driver.findElement(By.id("find-hint"));
  }

  private static void press(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  @ParameterizedTest
  @ValueSource(strings = {"body", "#search", "[data-view=table]"})
  void itSaysWhatSearchesAllTypesAndTheBrowserFindsAllTheSame(String focused) {
    assertThat(hint().isDisplayed()).isFalse();
    page.js("document.querySelector(arguments[0]).focus()", focused);
    press(Keys.chord(Keys.CONTROL, "f"));

    assertThat(hint().getText())
        .contains("The browser finds only what is in sight; / searches all types.");
    assertThat(page.js("return window.prevented.some(Boolean)")).isEqualTo(false);
  }

  @Test
  void itGoesWhenTheReaderFollowsItOrClosesIt() {
    press(Keys.chord(Keys.CONTROL, "f"));
    press("/");
    assertThat(driver.switchTo().activeElement()).isEqualTo(page.field());
    assertThat(hint().isDisplayed()).isFalse();

    press(Keys.chord(Keys.CONTROL, "f"));
    driver.findElement(By.id("find-hint-close")).click();
    assertThat(hint().isDisplayed()).isFalse();

    press(Keys.chord(Keys.CONTROL, "f"));
    press(Keys.ESCAPE);
    assertThat(hint().isDisplayed()).isFalse();
  }

  @Test
  void whereTheKeysAreOffItNamesTheField() {
    page.js("document.getElementById('shortcuts').click()");
    try {
      press(Keys.chord(Keys.CONTROL, "f"));

      assertThat(hint().getText()).contains("the field for names searches all types");
    } finally {
      page.js("document.getElementById('shortcuts').click()");
    }
  }

  @Test
  void otherKeysDoNotShowIt() {
    press("f");
    press(Keys.chord(Keys.CONTROL, "a"));

    assertThat(hint().isDisplayed()).isFalse();
  }
}
