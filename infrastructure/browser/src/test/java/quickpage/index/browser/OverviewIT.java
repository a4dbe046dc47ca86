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
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import quickpage.index.model.IndexEntry;

/** What the chart of the regions says, against the same sums worked out from the entries. */
class OverviewIT extends BrowserIT {
  private static final List<IndexEntry> ENTRIES = GeneratedEntries.of(500, 7);

  private static String url;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    url = DemoSite.write(folder, ENTRIES).fileUrl();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gaba"})
  void everyRegionTellsItsTypesAndNeurons(String transmitter) {
    page.open(url + (transmitter.isEmpty() ? "" : "#nt=" + transmitter));
    @SuppressWarnings("unchecked")
    List<List<String>> told =
        (List<List<String>>)
            page.js(
                "return [...document.querySelectorAll('.column')].map(column =>"
                    + " [column.dataset.value, column.getAttribute('aria-label')])");

    assertThat(told).hasSizeGreaterThan(10);
    for (List<String> column : told) {
      assertThat(column.get(1)).endsWith(": " + words(column.get(0), transmitter));
    }
  }

  @Test
  void aClickOnARegionFiltersAndASecondOneTakesItBack() {
    page.open(url);
    String all = page.count();
    WebElement column = driver.findElement(By.cssSelector(".column[data-value=OL]"));
    column.click();

    assertThat(page.names())
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(
            ENTRIES.stream()
                .filter(entry -> entry.parentRois().contains("OL"))
                .map(IndexEntry::name)
                .toList());
    assertThat(driver.getCurrentUrl()).endsWith("#region=OL");
    assertThat(column.getDomAttribute("aria-pressed")).isEqualTo("true");
    assertThat(driver.findElement(By.id("neurons")).getText())
        .isEqualTo(words("OL", "").replaceFirst(".*, (?=[^ ]+ neuron)", ""));

    column.click();
    assertThat(page.count()).isEqualTo(all);
    assertThat(column.getDomAttribute("aria-pressed")).isEqualTo("false");
  }

  private static String words(String region, String transmitter) {
    List<IndexEntry> within =
        ENTRIES.stream()
            .filter(
                entry ->
                    region.isEmpty()
                        ? entry.parentRois().isEmpty()
                        : entry.parentRois().contains(region))
            .filter(entry -> transmitter.isEmpty() || transmitter.equals(transmitter(entry)))
            .toList();
    long neurons =
        within.stream()
            .map(entry -> entry.counts().total())
            .mapToLong(total -> total == null ? 0 : total)
            .sum();
    return plural(within.size(), "type") + ", " + plural(neurons, "neuron");
  }

  private static String transmitter(IndexEntry entry) {
    return entry.neurotransmitter().consensus() != null
        ? entry.neurotransmitter().consensus()
        : entry.neurotransmitter().predicted();
  }

  private static String plural(long count, String noun) {
    return String.format(Locale.ENGLISH, "%,d %s%s", count, noun, count == 1 ? "" : "s");
  }
}
