package quickpage.index.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.support.ui.WebDriverWait;
import quickpage.index.serve.SiteServer;

/** Pages that are open while {@code serve --watch} publishes, under the index page's own policy. */
class ReloadIT extends BrowserIT {
  private static SiteServer serving;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    DemoSite.write(folder, GeneratedEntries.of(50, 1));
    Files.createDirectories(folder.resolve("types"));
    Files.writeString(
        folder.resolve("types/LC4.html"), "<!doctype html><title>LC4</title><h1>LC4</h1>");
    serving = SiteServer.start(folder, "127.0.0.1", 0, true);
  }

  @AfterAll
  static void stop() {
    if (serving != null) {
      serving.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"types.html#view=table", "types/LC4.html"})
  void anOpenPageReloadsWhenAnIndexWasPublishedAndNotBefore(String path) throws Exception {
    driver.get(serving.address() + path);
    driver.executeScript("window.loadedBefore = true");
    Thread.sleep(2_500);
    assertThat(driver.executeScript("return window.loadedBefore")).isEqualTo(true);

    serving.published();

    new WebDriverWait(driver, Duration.ofSeconds(20))
        .until(any -> driver.executeScript("return window.loadedBefore ?? null") == null);
    assertThat(driver.getCurrentUrl()).isEqualTo(serving.address() + path);
    assertThat(
            driver.manage().logs().get("browser").getAll().stream()
                .map(entry -> entry.getMessage())
                .filter(message -> message.contains("Content Security Policy")))
        .isEmpty();
  }
}
