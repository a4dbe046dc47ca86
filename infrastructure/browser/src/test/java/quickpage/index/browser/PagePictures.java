package quickpage.index.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;

/** Takes the pictures of the demo's page that the documentation shows; docs/page.md says how. */
public final class PagePictures {
  private static final String DETAILS = "document.querySelector('[data-details]').click()";

  private PagePictures() {}

  /** Needs the demo's folder and the one to write pictures to. */
  public static void main(String[] arguments) throws IOException {
    Path pictures = Files.createDirectories(Path.of(arguments[1]));
    ChromeDriver driver = Chromium.start();
    try (StaticServer server = new StaticServer(Path.of(arguments[0]))) {
      PageUnderTest page = new PageUnderTest(driver);
      for (Picture picture : Picture.values()) {
        picture.show(page, server.url("types.html#" + picture.fragment));
        Files.write(pictures.resolve(picture.file()), driver.getScreenshotAs(OutputType.BYTES));
      }
    } finally {
      driver.quit();
    }
  }

  private enum Picture {
    CARDS("", 1400, 900, "light", ""),
    KENYON_CELLS("q=KC&region=MB", 1400, 900, "light", ""),
    TABLE("view=table&sort=-total", 1400, 900, "light", ""),
    DETAILS("q=LC4", 1400, 900, "light", PagePictures.DETAILS),
    EMPTY("q=KC&region=OL", 1400, 900, "light", ""),
    PHONE("q=LC", 390, 844, "light", ""),
    PHONE_DETAILS("q=LC4", 390, 844, "light", PagePictures.DETAILS),
    DARK("region=CX", 1400, 900, "dark", "");

    private final String fragment;
    private final int width;
    private final int height;
    private final String scheme;
    private final String action;

    Picture(String fragment, int width, int height, String scheme, String action) {
      this.fragment = fragment;
      this.width = width;
      this.height = height;
      this.scheme = scheme;
      this.action = action;
    }

    private String file() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-') + ".png";
    }

    private void show(PageUnderTest page, String url) {
      page.driver()
          .executeCdpCommand(
              "Emulation.setDeviceMetricsOverride",
              Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
      page.driver()
          .executeCdpCommand(
              "Emulation.setEmulatedMedia",
              Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
      page.open(url);
      page.js(action);
      page.js("return new Promise(done => setTimeout(done, 600))");
    }
  }
}
