package quickpage.index.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.support.ui.WebDriverWait;
import quickpage.index.render.page.PageAsset;

/** Where the page cannot work, it says so and leads to the plain list. */
class BrokenPageIT extends BrowserIT {
  private static DemoSite site;
  private static PageAsset types;
  private static String list;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    site = DemoSite.write(folder, GeneratedEntries.of(1100, 7));
    types = asset("types-");
    list = asset("list-").path();
  }

  @BeforeEach
  void repair() throws IOException {
    Files.write(site.folder().resolve(types.path()), types.bytes());
  }

  @Test
  void withoutTheFileOfTheTypesThePageNamesItAndLinksTheList() throws IOException {
    Files.delete(site.folder().resolve(types.path()));

    assertSays("The file " + types.path() + " is missing or broken.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "globalThis.quickpageIndexTypes=\"@@@\";",
        "globalThis.quickpageIndexTypes=\"\";",
        "globalThis.quickpageIndexTypes=\"eJxLTEoGAAJNASc=\";"
      })
  void aBrokenFileOfTypesIsNamedToo(String contents) throws IOException {
    Files.writeString(site.folder().resolve(types.path()), contents);

    assertSays("The file " + types.path() + " is broken.");
  }

  @Test
  void aFileOfTypesThatWasCutOffIsNamedToo() throws IOException {
    String whole = new String(types.bytes(), StandardCharsets.US_ASCII);
    Files.writeString(site.folder().resolve(types.path()), whole.substring(0, 5000));
    assertSays("The file " + types.path() + " is missing or broken.");

    Files.writeString(site.folder().resolve(types.path()), whole.substring(0, 5000) + "\";");
    assertSays("The file " + types.path() + " is broken.");
  }

  @Test
  void beforeItsScriptsRunThePageTellsHowManyTypesThereAre() throws IOException {
    Files.delete(site.folder().resolve(types.path()));
    driver.get(site.fileUrl());

    assertThat(driver.findElement(By.id("count")).getText()).isEqualTo("1,100 types");
  }

  @Test
  void withoutJavaScriptThereIsAListOfAllPages() {
    driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", true));
    try {
      driver.get(site.fileUrl());
      driver.findElement(By.cssSelector("noscript a")).click();
      assertThat(driver.getCurrentUrl()).endsWith(list);
      assertThat(driver.findElements(By.cssSelector("li"))).hasSize(1100);
    } finally {
      driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", false));
    }
  }

  private static void assertSays(String sentence) {
    driver.get("about:blank");
    driver.get(site.fileUrl());
    new WebDriverWait(driver, Duration.ofSeconds(10))
        .until(any -> driver.findElement(By.id("nothing")).isDisplayed());
    assertThat(driver.findElement(By.className("nothing-title")).getText()).isEqualTo(sentence);
    driver.findElement(By.cssSelector("#nothing a")).click();
    assertThat(driver.getCurrentUrl()).endsWith(list);
    assertThat(driver.findElements(By.cssSelector("li"))).hasSize(1100);
  }

  private static PageAsset asset(String name) {
    return site.page().assets().stream()
        .filter(asset -> asset.path().contains(name))
        .findFirst()
        .orElseThrow();
  }
}
