package quickpage.index.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.support.ui.WebDriverWait;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.SiteLook;
import quickpage.index.model.TypePages;
import quickpage.index.render.page.IndexPageBuilder;
import quickpage.index.render.page.PageAsset;
import quickpage.index.render.page.PageSettings;
import quickpage.index.render.page.RenderedPage;

/** The script of a site's owner counts on its own host, and reaches no other. */
class AnalyticsIT extends BrowserIT {

  private static final String SCRIPT =
      """
      const here = document.currentScript.src;
      navigator.sendBeacon(new URL("beacon", here));
      fetch(new URL("fetched", here), { mode: "no-cors" });
      new Image().src = new URL("image", here);
      fetch("%s", { mode: "no-cors" }).catch(() => {
        window.refused = true;
      });
      """;

  private static StaticServer counting;
  private static StaticServer other;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    counting = new StaticServer(Files.createDirectories(folder.resolve("counting")));
    other = new StaticServer(Files.createDirectories(folder.resolve("other")));
    Files.writeString(
        folder.resolve("counting/count.js"), SCRIPT.formatted(other.url("elsewhere")));
    Path site = Files.createDirectories(folder.resolve("site"));
    IndexPageBuilder builder =
        new IndexPageBuilder(
            PageSettings.DEFAULT.withLook(
                new SiteLook(null, List.of(), List.of(), counting.url("count.js"), Map.of())));
    builder.add(IndexEntry.withoutNeurons("A", new TypePages("types/A.html", null, null, null)));
    RenderedPage page = builder.finish(DemoSite.FACTS);
    Files.write(site.resolve("types.html"), page.html());
    for (PageAsset asset : page.assets()) {
      Path file = site.resolve(asset.path());
      Files.createDirectories(file.getParent());
      Files.write(file, asset.bytes());
    }
    serve(site);
  }

  @AfterAll
  static void stop() {
    counting.close();
    other.close();
  }

  @Test
  void theScriptReportsToItsOwnHostAndToNoOther() {
    page.open(server.url("types.html"));

    new WebDriverWait(driver, Duration.ofSeconds(10))
        .until(
            any ->
                counting.missing().containsAll(List.of("/beacon", "/fetched", "/image"))
                    && Boolean.TRUE.equals(page.js("return window.refused")));
    assertThat(other.missing()).isEmpty();
    assertThat(page.names()).containsExactly("A");
  }
}
