package quickpage.index.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.support.ui.WebDriverWait;
import quickpage.index.render.page.PageAsset;

/**
 * The page as it is built where no esbuild can be had: its modules joined as they are. The whole
 * suite can be run that way with {@code -Dpage.esbuild=none}.
 */
class JoinedPageIT extends BrowserIT {
  private static DemoSite site;

  @BeforeAll
  static void join(@TempDir Path folder) throws IOException, InterruptedException {
    site = DemoSite.write(folder.resolve("site"), GeneratedEntries.of(1100, 7));
    Path functions = Path.of("../../functions");
    Path joined = folder.resolve("joined");
    int code =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                functions.resolve("src/build/java/PageBundler.java").toString(),
                functions.resolve("src/main/web").toString(),
                joined.toString(),
                folder.resolve("work").toString(),
                "none")
            // Surefire speaks to its parent over this JVM's own output.
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    assertThat(code).isZero();
    for (PageAsset asset : site.page().assets()) {
      if (asset.path().contains("/page-")) {
        String name = asset.path().endsWith(".js") ? "page.js" : "page.css";
        Files.copy(
            joined.resolve(name),
            site.folder().resolve(asset.path()),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  @Test
  void fromDiskItFiltersByNameAndFacetAndGoesBack() {
    page.open(site.fileUrl());
    assertThat(page.count()).isEqualTo("1,100 of 1,100 types");

    page.choose("Neurotransmitter", "gaba");
    String gaba = page.count();
    page.type("lc");

    assertThat(gaba).endsWith(" of 1,100 types").isNotEqualTo("1,100 of 1,100 types");
    assertThat(page.count()).isNotEqualTo(gaba);
    new WebDriverWait(driver, Duration.ofSeconds(10))
        .until(any -> driver.getCurrentUrl().contains("q=lc"));
    driver.navigate().back();
    assertThat(page.count()).isEqualTo(gaba);
    driver.navigate().back();
    assertThat(page.count()).isEqualTo("1,100 of 1,100 types");
  }

  @Test
  void theTableIsSortedByAClickAndScrolled() {
    page.open(site.fileUrl() + "#view=table&sort=name");
    String first = page.firstName();

    driver.findElement(By.cssSelector("[data-sort=name]")).click();

    assertThat(page.firstName()).isNotEqualTo(first);
    assertThat(page.names()).hasSize(1100);
  }

  @Test
  void aTypeIsReachedByTheKeyboardAndItsDetailsAreShown() {
    page.open(site.fileUrl());
    page.type("lc");
    page.field().sendKeys(Keys.ARROW_DOWN);
    String name = driver.switchTo().activeElement().getText();

    driver.findElement(By.cssSelector("[data-place=\"0\"] [data-details]")).click();

    assertThat(name).isEqualTo(page.firstName());
    assertThat(driver.findElement(By.id("details-name")).getText()).isEqualTo(name);
  }
}
