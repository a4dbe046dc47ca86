package quickpage.index.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.SideCounts;
import quickpage.index.model.SynapseCounts;
import quickpage.index.model.TypeFacts;
import quickpage.index.model.TypePages;
import quickpage.index.model.TypeProperties;

/** The line of links on a card, for types with many neurons on every side. */
class CardSidesIT extends BrowserIT {
  private static String url;

  @BeforeAll
  static void write(@TempDir Path folder) throws IOException {
    url =
        DemoSite.write(
                folder,
                List.of(
                    entry("Few", new SideCounts(12, 6, 5, 0)),
                    entry("Many", new SideCounts(12_345, 6_100, 6_000, 200))))
            .fileUrl();
  }

  private static IndexEntry entry(String name, SideCounts counts) {
    return IndexEntry.described(
        new TypeFacts(name, counts, new SynapseCounts(1, 1), null, TypeProperties.NONE),
        new TypePages(
            name + ".html",
            name + "_L.html",
            name + "_R.html",
            counts.middle() > 0 ? name + "_M.html" : null),
        List.of(),
        "",
        List.of());
  }

  /** Widths at which cards are wide, as narrow as they get, and one to a line. */
  @ParameterizedTest
  @ValueSource(ints = {1400, 1250, 1000, 390, 320})
  void everySideIsWhollyInSightAndFullyNamed(int width) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    page.open(url);

    assertThat(
            texts(
                "[...document.querySelectorAll('.card[data-type] .side')].filter(side =>"
                    + " side.getBoundingClientRect().right >"
                    + " side.parentElement.getBoundingClientRect().right + 0.5)"
                    + ".map(side => side.textContent)"))
        .isEmpty();
    assertThat(
            texts(
                "[...document.querySelectorAll('.card[data-type] a.side')].map(side =>"
                    + " side.getAttribute('aria-label'))"))
        .contains(
            "Left 6, \u2068Few\u2069",
            "Middle 200, \u2068Many\u2069",
            "Left 6,100, \u2068Many\u2069",
            "All 12,345, \u2068Many\u2069");
    assertThat(texts("[...document.querySelectorAll('.card .side')].map(side => side.textContent)"))
        .contains("Left 6", "? 1", "L 6,100", "? 45");
  }

  @SuppressWarnings("unchecked")
  private static List<String> texts(String expression) {
    return (List<String>) page.js("return " + expression);
  }
}
