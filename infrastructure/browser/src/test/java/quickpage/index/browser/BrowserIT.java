package quickpage.index.browser;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * Tests in a browser of their own, which has started before the class prepares what it opens in it.
 */
@Tag("browser")
abstract class BrowserIT {
  static ChromeDriver driver;
  static PageUnderTest page;

  /** Null where pages are opened from disk only. */
  static StaticServer server;

  @BeforeAll
  static void startBrowser() {
    driver = Chromium.startOrSkip();
    page = new PageUnderTest(driver);
  }

  /** Serves a folder until the class is done. */
  static void serve(Path folder) throws IOException {
    server = new StaticServer(folder);
  }

  @AfterAll
  static void quitBrowser() {
    if (driver != null) {
      driver.quit();
      driver = null;
    }
    if (server != null) {
      server.close();
      server = null;
    }
  }
}
