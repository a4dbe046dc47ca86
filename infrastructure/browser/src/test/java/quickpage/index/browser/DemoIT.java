package quickpage.index.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.WebDriverWait;

/** What a new user does first: the demo, then its page in a browser. */
class DemoIT extends BrowserIT {
  private static Path site;
  private static Path cache;
  private static List<String> said;

  @BeforeAll
  static void runTheDemo(@TempDir Path folder) throws IOException, InterruptedException {
    site = folder.resolve("demo");
    cache = folder.resolve("cache");
    write(".quickpage-index/demo", "made by a demo");
    write("types/$type.html", "<footer><p>A sample page of awkward names.");
    write("types/about.html", "a page of the user's own");
    said = demo(site);
    serve(site);
  }

  /** Runs a demo, and gives the lines that it says. */
  private static List<String> demo(Path out, String... more)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(out.getParent(), "output", ".txt");
    List<String> words =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "quickpage.index.cli.QuickpageIndex",
            "demo",
            "--out",
            out.toString(),
            "--cache",
            cache.toString());
    Process demo =
        new ProcessBuilder(Stream.concat(words.stream(), Stream.of(more)).toList())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(demo.waitFor(3, TimeUnit.MINUTES)).isTrue();
    List<String> lines = Files.readAllLines(output);
    assertThat(demo.exitValue()).as("%s", lines).isZero();
    return lines;
  }

  private static void write(String path, String text) throws IOException {
    Files.createDirectories(site.resolve(path).getParent());
    Files.writeString(site.resolve(path), text);
  }

  @Test
  void removesWhatAnEarlierDemoMadeAndNothingElse() {
    assertThat(site.resolve("types/$type.html")).doesNotExist();
    assertThat(site.resolve("types/about.html")).hasContent("a page of the user's own");
  }

  @Test
  void addsAwkwardNamesWhereTheyAreAskedFor(@TempDir Path folder) throws Exception {
    Path awkward = folder.resolve("awkward");

    demo(awkward, "--awkward-names");

    assertThat(awkward.resolve("types/$type.html")).isNotEmptyFile();
    assertThat(Files.readString(site.resolve("data/index.json"))).doesNotContain("\"$type\"");
    page.open(awkward.resolve("types.html").toUri() + "#q=" + "%24type");
    assertThat(page.firstName()).isEqualTo("$type");
    page.open(awkward.resolve("types.html").toUri() + "#q=" + "DETACH");
    assertThat(page.firstName()).isEqualTo("') DETACH DELETE (m:Meta");
  }

  private static String url(boolean fromServer, String path) {
    return fromServer ? server.url(path) : site.resolve(path).toUri().toString();
  }

  @Test
  void saysInTenLinesWhatItWaitedForAndWhatToDoNext() {
    assertThat(said).hasSizeLessThanOrEqualTo(10);
    assertThat(String.join("\n", said))
        .contains("hemibrain v1.2.1, Scheffer et al. 2020, CC BY 4.0", "made up", "Waited")
        .contains("12,120 pages; asking for their numbers warmed the server up")
        // One more is the user's own.
        .containsPattern("5,620 of 12,121 pages in [0-9.]+ s, with [0-9]+ queries");
    assertThat(said.get(said.size() - 2)).contains("quickpage-index serve --site");
    assertThat(said.get(said.size() - 1)).contains("quickpage-index run --site DIR");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void showsRealTypesFirstAndNamesWhereTheyAreFrom(boolean fromServer) {
    driver.get(url(fromServer, "types.html"));
    new WebDriverWait(driver, Duration.ofSeconds(20))
        .until(any -> !driver.findElements(By.cssSelector("#cards .name")).isEmpty());

    // A sample that cards are measured by is not displayed.
    assertThat(
            driver.findElements(By.cssSelector("#cards .name")).stream()
                .filter(WebElement::isDisplayed)
                .map(WebElement::getText))
        .hasSizeGreaterThan(3)
        .allMatch(name -> name.matches("[A-Za-z0-9'_()-]+"));
    assertThat(driver.findElement(By.cssSelector(".site-links")).getText())
        .contains("Scheffer et al. 2020, CC BY 4.0", "Regions: made up");
    assertThat(driver.findElement(By.tagName("h1")).getText()).isEqualTo("hemibrain v1.2.1, demo");

    driver.findElement(By.linkText("About")).click();
    assertThat(driver.getCurrentUrl()).isEqualTo(url(fromServer, "help.html"));
    assertThat(driver.findElement(By.tagName("body")).getText())
        .contains("Scheffer et al. 2020", "CC BY 4.0", "is made up");
    driver.findElement(By.linkText("All types")).click();
    assertThat(driver.getCurrentUrl()).isEqualTo(url(fromServer, "types.html"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void itsPagesLinkToEachOtherAndToTheIndexAndFindTypes(boolean fromServer) {
    driver.get(url(fromServer, "types/SMP505.html"));
    assertThat(driver.findElement(By.tagName("h1")).getText()).isEqualTo("SMP505");
    assertThat(driver.findElement(By.tagName("footer")).getText())
        .contains("Scheffer et al. 2020", "CC BY 4.0", "made up");
    assertThat(driver.findElement(By.tagName("table")).getText()).containsPattern("Neurons\\s+\\d");

    driver.findElement(By.partialLinkText("left")).click();
    assertThat(driver.getCurrentUrl()).endsWith("types/SMP505_L.html");
    assertThat(driver.findElement(By.tagName("h1")).getText()).isEqualTo("SMP505, left");

    WebElement box = driver.findElement(By.id("search"));
    box.sendKeys("kcg-m");
    new WebDriverWait(driver, Duration.ofSeconds(20))
        .until(any -> !driver.findElements(By.cssSelector("#found a")).isEmpty());
    box.sendKeys(Keys.ENTER);
    new WebDriverWait(driver, Duration.ofSeconds(20))
        .until(any -> driver.getCurrentUrl().endsWith("types/KCg-m.html"));

    driver.findElement(By.linkText("All types")).click();
    assertThat(driver.getCurrentUrl()).isEqualTo(url(fromServer, "types.html"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"KCα′β′", "kca’b’", "KCa`b`", "KCaʹbʹ"})
  void findsNamesAsPapersPrintThem(String printed) {
    driver.get(url(true, "types.html"));
    new WebDriverWait(driver, Duration.ofSeconds(20))
        .until(any -> !driver.findElements(By.cssSelector("#cards .name")).isEmpty());

    driver.findElement(By.cssSelector("input[type=search]")).sendKeys(printed);

    new WebDriverWait(driver, Duration.ofSeconds(20))
        .until(
            any ->
                driver.findElements(By.cssSelector("#cards .name")).stream()
                    .filter(WebElement::isDisplayed)
                    .map(WebElement::getText)
                    .allMatch(name -> name.startsWith("KCa'b'")));
    assertThat(driver.findElement(By.tagName("header")).getText()).contains("3 of 5,620 types");
  }

  @Test
  void leavesPicturesToLookAt() throws IOException {
    Path pictures = Files.createDirectories(Path.of("target", "screenshots"));
    driver.get(url(true, "types.html"));
    new WebDriverWait(driver, Duration.ofSeconds(20))
        .until(any -> !driver.findElements(By.cssSelector("#cards .name")).isEmpty());
    Files.write(pictures.resolve("demo.png"), driver.getScreenshotAs(OutputType.BYTES));
    driver.get(url(true, "types/LC4.html"));
    Files.write(pictures.resolve("demo-type.png"), driver.getScreenshotAs(OutputType.BYTES));
    assertThat(pictures.resolve("demo.png")).isNotEmptyFile();
  }
}
