package quickpage.index.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import quickpage.index.model.IndexEntry;

/** Wherever an ROI or a region stands, its full name is at hand. */
class FullNamesIT extends BrowserIT {
  private static String url;

  /** A type whose first ROI is the medulla. */
  private static String medullar;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    List<IndexEntry> entries = GeneratedEntries.of(300, 7);
    url = DemoSite.write(folder, entries).fileUrl();
    medullar =
        entries.stream()
            .filter(entry -> !entry.rois().isEmpty() && "ME".equals(entry.rois().get(0).name()))
            .findFirst()
            .orElseThrow()
            .name();
  }

  @ParameterizedTest
  @CsvSource({"ROI, ME, Medulla", "ROI, FB, Fan-shaped body", "Region, OL, Optic lobe"})
  void aChoiceShowsItAndIsFoundByIt(String facet, String name, String fullName) {
    page.open(url);
    WebElement box = page.facet(facet);
    box.findElement(By.className("finder"))
        .sendKeys(fullName.substring(2).toUpperCase(Locale.ROOT));
    WebElement choice =
        box.findElements(By.tagName("li")).stream()
            .filter(WebElement::isDisplayed)
            .findFirst()
            .orElseThrow();

    assertThat(choice.findElement(By.tagName("label")).getText()).isEqualTo(name + " " + fullName);
    assertThat(choice.findElement(By.tagName("input")).getAccessibleName())
        .isEqualTo(name + " " + fullName);
  }

  @ParameterizedTest
  @CsvSource({
    "roi=ME,               .chip[data-value=ME],                                     Medulla",
    "region=OL,            .chip[data-value=OL],                                     Optic lobe",
    "roi=ME,               .card .tag[data-value=ME],                 Medulla",
    "region=OL,            .card .tag[data-value=OL],                 Optic lobe",
    "roi=ME&view=table,    tbody .tag[data-facet=roi][data-value=ME], Medulla",
    "region=OL&view=table, tbody .tag[data-value=OL],                 Optic lobe",
    "region=OL,            .column[data-value=OL],                    Optic lobe",
  })
  void aTagAndAChipTellIt(String fragment, String selector, String fullName) {
    page.open(url + "#" + fragment + "&q=" + medullar);

    assertThat(driver.findElement(By.cssSelector(selector)).getDomAttribute("title"))
        .startsWith("\u2068" + fullName + "\u2069");
  }

  @Test
  void theDetailsShowIt() {
    page.open(url + "#q=" + medullar);
    driver.findElement(By.cssSelector(".card [data-details]")).click();

    assertThat(driver.findElement(By.cssSelector(".facts-list")).getText()).contains("Optic lobe");
    assertThat(driver.findElement(By.cssSelector(".roi-table")).getText()).contains("Medulla");
    assertThat(
            driver
                .findElement(By.cssSelector(".facts-list .tag[data-value=OL]"))
                .getDomAttribute("title"))
        .isEqualTo("\u2068Optic lobe\u2069");
  }
}
