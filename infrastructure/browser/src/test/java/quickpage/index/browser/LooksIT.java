package quickpage.index.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.OutputType;

/**
 * How the page looks: axe finds nothing to say against it, nothing is cut off, and a picture of
 * each look is left in {@code target/screenshots} for whoever changes the page.
 */
class LooksIT extends BrowserIT {
  private static final Path PICTURES = Path.of("target", "screenshots");

  private static final String AXE = axe();

  /** Opens the details of the first type that has links to both other sites. */
  private static final String LINKED_DETAILS =
      """
      for (const button of document.querySelectorAll(".card [data-details]")) {
        button.click();
        if (["codex", "doi"].every((part) => document.querySelector(`#details a[href*="${part}"]`))) {
          return;
        }
        document.querySelector("#details [data-close]").click();
      }
      throw new Error("no type in sight has both links");
      """;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    DemoSite.write(
        folder,
        GeneratedEntries.of(3000, 3),
        Map.of("Nern 2025", "https://doi.org/10.1038/s41586-025-08746-0"));
    DemoSite.write(folder.resolve("hostile"), GeneratedEntries.withHostileOnes(100, 3));
    serve(folder);
    Files.createDirectories(PICTURES);
  }

  enum Look {
    LIGHT("", 1400, 900, "light", ""),
    DARK("", 1400, 900, "dark", ""),
    FILTERED("q=lc&region=OL&region=VLNP&nt=acetylcholine", 1400, 900, "light", ""),
    TABLE("view=table&sort=-total", 1400, 900, "light", ""),
    TABLE_COLUMNS(
        "view=table&hide=unknown&hide=balance",
        1400,
        900,
        "light",
        "document.getElementById('columns-button').click()"),
    PHONE_COLUMNS(
        "view=table", 390, 844, "dark", "document.getElementById('columns-button').click()"),
    FIND_HINT(
        "",
        1400,
        900,
        "light",
        "document.dispatchEvent(new KeyboardEvent('keydown', { key: 'f', ctrlKey: true }))"),
    TABLE_DARK("view=table", 1400, 900, "dark", ""),
    PHONE("", 390, 844, "light", ""),
    PHONE_DARK("q=dn", 390, 844, "dark", ""),
    PHONE_TABLE("view=table", 390, 844, "light", ""),
    PHONE_FILTERS(
        "region=OL", 390, 844, "light", "document.getElementById('filters-button').click()"),
    NOTHING("q=zzzz&region=OL", 1400, 900, "light", ""),
    HOSTILE("q=window", 1400, 900, "light", ""),
    HOSTILE_TABLE("q=window&view=table", 1400, 900, "light", ""),
    DETAILS("", 1400, 900, "light", "document.querySelector('.card .tag.more').click()"),
    DETAILS_DARK("", 390, 844, "dark", "document.querySelector('.card .tag.more').click()"),
    DETAILS_LINKS("q=Nern+2025", 1400, 900, "light", LINKED_DETAILS),
    DETAILS_LINKS_DARK("q=Nern+2025", 390, 844, "dark", LINKED_DETAILS),
    DETAILS_LINKS_NARROW("q=Nern+2025", 320, 640, "light", LINKED_DETAILS),
    NARROW("", 320, 640, "light", ""),
    NARROW_DARK("names=has+synonyms", 320, 640, "dark", ""),
    NARROW_TABLE("view=table", 320, 640, "light", ""),
    NARROW_COLUMNS(
        "view=table", 320, 640, "light", "document.getElementById('columns-button').click()"),
    NARROW_FIND_HINT(
        "",
        320,
        640,
        "dark",
        "document.dispatchEvent(new KeyboardEvent('keydown', { key: 'f', ctrlKey: true }))"),
    NOTHING_FITS("q=dn&region=OL&side=Only+middle&dimorphism=male-specific", 390, 844, "dark", ""),
    NOTHING_NARROW("q=zzzz&region=OL", 320, 640, "dark", ""),
    HELP("", 1400, 900, "light", "document.getElementById('help-button').click()");

    private final String fragment;
    private final int width;
    private final int height;
    private final String scheme;
    private final String action;

    Look(String fragment, int width, int height, String scheme, String action) {
      this.fragment = fragment;
      this.width = width;
      this.height = height;
      this.scheme = scheme;
      this.action = action;
    }

    private void show() {
      driver.executeCdpCommand(
          "Emulation.setDeviceMetricsOverride",
          Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
      driver.executeCdpCommand(
          "Emulation.setEmulatedMedia",
          Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
      page.open(
          server.url((name().startsWith("HOSTILE") ? "hostile/" : "") + "types.html#" + fragment));
      page.js(action);
      page.js("return new Promise(done => setTimeout(done, 300))");
    }
  }

  @ParameterizedTest
  @EnumSource
  void axeFindsNothing(Look look) throws IOException {
    look.show();
    Files.write(
        PICTURES.resolve(look.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + ".png"),
        driver.getScreenshotAs(OutputType.BYTES));

    assertAxeFindsNothing(15);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hostile/"})
  void axeFindsNothingOnThePlainList(String site) {
    page.open(server.url(site + "types.html"));
    driver.get(
        (String) page.js("return new URL(document.body.dataset.list, document.baseURI).href"));

    assertAxeFindsNothing(8);
  }

  private static void assertAxeFindsNothing(int passes) {
    driver.executeScript(AXE);
    @SuppressWarnings("unchecked")
    Map<String, Object> found =
        (Map<String, Object>)
            driver.executeAsyncScript(
                """
                const done = arguments[arguments.length - 1];
                axe.run(document, { rules: { "target-size": { enabled: true } } }).then((result) => done({
                  passes: result.passes.length,
                  violations: result.violations.map((rule) =>
                    `${rule.id}: ${rule.help}: ${rule.nodes.slice(0, 3).map((node) => node.html)}`),
                }), (error) => done({ passes: 0, violations: [String(error)] }));
                """);
    assertThat((List<?>) found.get("violations")).isEmpty();
    assertThat((long) found.get("passes")).isGreaterThan(passes);
  }

  @ParameterizedTest
  @EnumSource(names = {"LIGHT", "PHONE", "NARROW", "NARROW_DARK", "FILTERED", "HOSTILE"})
  void noPartOfACardIsCutOff(Look look) {
    look.show();

    assertThat(
            (List<?>)
                page.js(
                    """
                    return [...document.querySelectorAll(".card[data-type]")].filter((card) => {
                      const box = card.getBoundingClientRect();
                      return [...card.querySelectorAll("button, a, .bar")].some((part) => {
                        const r = part.getBoundingClientRect();
                        return r.bottom > box.bottom || r.right > box.right + 1;
                      });
                    }).map((card) => card.textContent)\
                    """))
        .isEmpty();
    assertThat((boolean) page.js("return document.documentElement.scrollWidth <= innerWidth"))
        .isTrue();
  }

  /** Only tags that may need more room than they have are cut; the others must not need it. */
  @ParameterizedTest
  @EnumSource(
      names = {
        "LIGHT",
        "FILTERED",
        "TABLE",
        "PHONE",
        "PHONE_TABLE",
        "NARROW",
        "NARROW_DARK",
        "NARROW_TABLE",
        "HOSTILE",
        "HOSTILE_TABLE",
        "DETAILS",
        "DETAILS_LINKS",
        "DETAILS_LINKS_NARROW"
      })
  void noTagShowsMoreThanItHolds(Look look) {
    look.show();

    assertThat((long) page.js("return document.querySelectorAll('[data-type] .tag').length"))
        .isGreaterThan(10);
    assertThat(
            (List<?>)
                page.js(
                    """
                    return [...document.querySelectorAll("[data-type] .tag")].filter((tag) => {
                      const text = document.createRange();
                      text.selectNodeContents(tag);
                      const end = tag.getBoundingClientRect().right;
                      const isCut = getComputedStyle(tag).textOverflow === "ellipsis";
                      const over = text.getBoundingClientRect().right > end && !isCut;
                      return over || end > tag.parentElement.getBoundingClientRect().right + 1;
                    }).map((tag) => tag.textContent)\
                    """))
        .isEmpty();
  }

  @Test
  void aTableScrolledToTheRightShowsNothingBesideItsFirstColumn() throws IOException {
    Look.TABLE.show();
    page.js(
        "const box = document.getElementById('results'); box.scrollLeft = 900; return new"
            + " Promise(done => setTimeout(done, 300))");
    long left = (long) page.js("return document.getElementById('results').offsetLeft");
    BufferedImage picture =
        ImageIO.read(new ByteArrayInputStream(driver.getScreenshotAs(OutputType.BYTES)));

    long right =
        (long)
            page.js(
                "return Math.round(document.querySelector('tbody"
                    + " th').getBoundingClientRect().right)");
    assertThat(colours(picture, (int) left + 1, (int) left + 22, 450, 850)).hasSize(1);
    assertThat(colours(picture, (int) right - 6, (int) right - 2, 450, 850))
        .as("lines only")
        .hasSize(2);
  }

  @Test
  void aTableScrolledDownShowsNothingAboveItsHeading() throws IOException {
    Look.TABLE.show();
    page.js(
        "const box = document.getElementById('results'); box.scrollTop = 1007; return new"
            + " Promise(done => setTimeout(done, 300))");
    @SuppressWarnings("unchecked")
    List<Long> place =
        (List<Long>)
            page.js(
                """
                const { left } = document.querySelector("#table thead").getBoundingClientRect();
                const { top } = document.getElementById("results").getBoundingClientRect();
                return [left, top].map(Math.round);\
                """);
    BufferedImage picture =
        ImageIO.read(new ByteArrayInputStream(driver.getScreenshotAs(OutputType.BYTES)));

    int left = Math.toIntExact(place.get(0));
    int top = Math.toIntExact(place.get(1));
    assertThat(colours(picture, left + 2, left + 900, top + 1, top + 14)).hasSize(1);
  }

  private static Set<Integer> colours(
      BufferedImage picture, int from, int to, int top, int bottom) {
    return IntStream.range(top, bottom)
        .flatMap(y -> IntStream.range(from, to).map(x -> picture.getRGB(x, y)))
        .boxed()
        .collect(Collectors.toSet());
  }

  private static String axe() {
    try (InputStream in = LooksIT.class.getResourceAsStream("/axe.min.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("axe cannot be read", e);
    }
  }
}
