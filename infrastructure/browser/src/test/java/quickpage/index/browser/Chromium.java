package quickpage.index.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** The machine's own Chromium, headless; nothing is downloaded. */
final class Chromium {
  private static final Optional<Path> BROWSER =
      first("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
  private static final Optional<Path> DRIVER =
      first("/usr/bin/chromedriver", "/usr/lib/chromium-browser/chromedriver");

  private Chromium() {}

  private static Optional<Path> first(String... places) {
    return Stream.of(places).map(Path::of).filter(Files::isExecutable).findFirst();
  }

  /** Starts a browser, or skips the test with a sentence where the machine has none. */
  static ChromeDriver startOrSkip(String... arguments) {
    Assumptions.assumeTrue(
        BROWSER.isPresent() && DRIVER.isPresent(),
        "There is no Chromium here: apt-get install chromium chromium-driver, then run the tests"
            + " again.");
    return start(arguments);
  }

  static ChromeDriver start(String... arguments) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(BROWSER.orElseThrow().toString());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--window-size=1400,900");
    options.addArguments(arguments);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(DRIVER.orElseThrow().toFile())
            .usingAnyFreePort()
            .build();
    ChromeDriver driver = new ChromeDriver(service, options);
    driver.manage().timeouts().scriptTimeout(Duration.ofMinutes(5));
    driver.manage().timeouts().pageLoadTimeout(Duration.ofMinutes(5));
    return driver;
  }
}
