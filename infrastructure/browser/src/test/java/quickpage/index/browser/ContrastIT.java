package quickpage.index.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parts of the bars stand out from their panel by 3 to 1 (WCAG 2.2, 1.4.11). */
class ContrastIT extends BrowserIT {
  private static final List<String> PARTS =
      List.of(
          "left", "middle", "right", "rank0", "rank1", "rank2", "rank3", "rank4", "rank5", "edge");

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    page.open(DemoSite.write(folder, GeneratedEntries.of(20, 1)).fileUrl());
  }

  @ParameterizedTest
  @CsvSource({"light,''", "dark,''", "light,dark", "dark,light"})
  void everyPartOfABarStandsOut(String system, String chosen) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", system))));
    page.js(
        "const root = document.documentElement;"
            + "root.removeAttribute('data-theme');"
            + "if (arguments[0]) root.dataset.theme = arguments[0]",
        chosen);
    double panel = luminance("panel");
    boolean dark = (chosen.isEmpty() ? system : chosen).equals("dark");
    assertThat(panel < 0.5).isEqualTo(dark);

    for (String part : PARTS) {
      assertThat(ratio(luminance(part), panel)).as(part).isGreaterThanOrEqualTo(3);
    }
  }

  private static double ratio(double one, double other) {
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  }

  /** Relative luminance as WCAG defines it, of a custom property as the browser resolves it. */
  private static double luminance(String property) {
    @SuppressWarnings("unchecked")
    List<Number> rgb =
        (List<Number>)
            page.js(
                """
                const probe = document.body.appendChild(document.createElement("i"));
                probe.style.color = `var(--${arguments[0]})`;
                const colour = getComputedStyle(probe).color;
                probe.remove();
                return colour.match(/\\d+/g).map(Number)\
                """,
                property);
    return 0.2126 * linear(rgb.get(0)) + 0.7152 * linear(rgb.get(1)) + 0.0722 * linear(rgb.get(2));
  }

  private static double linear(Number channel) {
    double value = channel.doubleValue() / 255;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
