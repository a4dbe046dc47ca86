package quickpage.index.browser;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import quickpage.index.model.IndexEntry;

/**
 * The page and a page of the old kind in the same Chromium, with the same types. Not a test: it
 * prints what it measured; docs/page.md says how to run it. CPU time says more than the clock where
 * other work shares the machine, so both are printed.
 */
public final class PageBenchmark {
  private static final int LOADS = 5;

  /** One browser's 95th percentile hangs on two changes out of 45; together they say more. */
  private static final int BROWSERS = 4;

  /** Runs before a page's own scripts: notes when the first type has been painted. */
  private static final String WATCH =
      """
      (() => {
        const look = () => {
          if (document.querySelector("#grid .card, .card[data-type]")) {
            const channel = new MessageChannel();
            channel.port1.onmessage = () => { window.firstPaint = performance.now(); };
            requestAnimationFrame(() => channel.port2.postMessage(0));
          } else {
            requestAnimationFrame(look);
          }
        };
        look();
      })();
      """;

  /**
   * Makes changes one after the other and says how long each took, in milliseconds: from the event,
   * which falls at a random moment between two frames, to the end of the frame that shows it; and
   * the part of it in which the page worked (script, style, layout, paint), without the wait for
   * the frame. Some changes follow before the page has done what it does in a pause, some after.
   */
  private static final String CHANGE =
      """
      const [changes, done] = [arguments[0], arguments[arguments.length - 1]];
      const field = document.querySelector("input[type=search]");
      const apply = (change) => {
        if (change.startsWith("type:")) {
          field.value = change.slice(5);
          field.dispatchEvent(new Event("input", { bubbles: true }));
          return;
        }
        const [key, value] = change.split(":");
        const select = document.getElementById(key);
        if (select?.tagName === "SELECT" && select.id === "region") {
          select.value = select.value === value ? "" : value;
          select.dispatchEvent(new Event("change"));
          return;
        }
        const box = [...document.querySelectorAll(`#facet-${key} input`)].find((b) => b.value === value);
        box.click();
      };
      const times = [];
      const next = (k) => {
        if (k === changes.length) { done(times); return; }
        const start = performance.now();
        apply(changes[k]);
        const handled = performance.now();
        requestAnimationFrame(() => {
          const frame = performance.now();
          const channel = new MessageChannel();
          channel.port1.onmessage = () => {
            const end = performance.now();
            times.push([end - start, handled - start + end - frame]);
            setTimeout(() => next(k + 1), 120 + Math.random() * 280);
          };
          channel.port2.postMessage(0);
        });
      };
      next(0);
      """;

  private static final String SCROLL =
      """
      const done = arguments[arguments.length - 1];
      const box = document.getElementById("results") ?? document.scrollingElement;
      const gaps = [];
      let last = performance.now();
      let k = 0;
      const step = (now) => {
        if (k > 0) { gaps.push(now - last); }
        last = now;
        if (k++ < 240) {
          box.scrollTop += k % 40 === 0 ? 20000 : 130;
          requestAnimationFrame(step);
        } else {
          done(gaps);
        }
      };
      requestAnimationFrame(step);
      """;

  private PageBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    int types =
        arguments.length > 0 ? Integer.parseInt(arguments[0]) : GeneratedEntries.MALE_CNS_TYPES;
    Path folder = Files.createTempDirectory("page-benchmark");
    List<IndexEntry> entries = GeneratedEntries.of(types, 1);
    DemoSite site = DemoSite.write(folder, entries);
    OldKindPage.write(folder.resolve("old.html"), entries);
    System.out.printf("%,d types; this page and a page of the old kind%n", types);
    sizes(site, folder);
    try (StaticServer server = new StaticServer(folder)) {
      System.out.println(
          "first types painted, ms (median of " + LOADS + ", each in a new browser)");
      firstPaint("this page, server", server.url("types.html"), LOADS);
      firstPaint("this page, file", folder.resolve("types.html").toUri().toString(), LOADS);
      firstPaint("old kind, server", server.url("old.html"), 2);
      firstPaint("old kind, file", folder.resolve("old.html").toUri().toString(), 2);
      use("this page", server.url("types.html"), changes(3), BROWSERS);
      use("this page, as a table", server.url("types.html#view=table"), changes(3), BROWSERS);
      use("old kind", server.url("old.html"), changes(1).subList(0, 8), 1);
    }
    delete(folder);
  }

  private static List<String> changes(int rounds) {
    List<String> changes = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      Stream.of("d", "dn", "dnp", "dn", "d", "", "a", "av", "avl", "avlp", "")
          .forEach(text -> changes.add("type:" + text));
      changes.addAll(List.of("region:OL", "region:OL", "region:VNC", "region:VNC"));
    }
    return changes;
  }

  private static void sizes(DemoSite site, Path folder) throws IOException {
    long plain = site.loaded().stream().mapToLong(bytes -> bytes.length).sum();
    long zipped = site.loaded().stream().mapToLong(DemoSite::gzipped).sum();
    byte[] old = Files.readAllBytes(folder.resolve("old.html"));
    System.out.printf("%-28s %,9d bytes, %,9d gzipped%n", "this page", plain, zipped);
    System.out.printf(
        "%-28s %,9d bytes, %,9d gzipped%n", "old kind", old.length, DemoSite.gzipped(old));
  }

  private static void firstPaint(String what, String url, int loads) {
    List<Double> times = new ArrayList<>();
    for (int k = 0; k < loads; k++) {
      ChromeDriver driver = Chromium.start();
      try {
        driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", WATCH));
        driver.get(url);
        times.add(
            ((Number)
                    driver.executeAsyncScript(
                        "const done = arguments[0]; const wait = () => window.firstPaint ?"
                            + " done(window.firstPaint) : setTimeout(wait, 20); wait()"))
                .doubleValue());
      } finally {
        driver.quit();
      }
    }
    Collections.sort(times);
    System.out.printf("%-28s %8.0f  (%s)%n", what, times.get(times.size() / 2), rounded(times));
  }

  /** Changes filters and scrolls in several browsers, one after the other. */
  private static void use(String what, String url, List<String> changes, int browsers)
      throws IOException {
    List<Used> all = new ArrayList<>();
    for (int k = 0; k < browsers; k++) {
      all.add(useOnce(url, changes));
    }
    System.out.println(what);
    System.out.printf(
        "  elements                   %,8d%n",
        all.stream().mapToLong(Used::elements).max().getAsLong());
    print("  a filter change, painted", all, Used::painted);
    print("  of it, work", all, Used::worked);
    System.out.printf(
        "  CPU of the page, a change  %8.1f ms on average%n",
        all.stream().mapToDouble(Used::cpu).average().getAsDouble());
    print("  frames while scrolling", all, Used::frames);
    List<Double> frames = all.stream().flatMap(used -> used.frames().stream()).toList();
    System.out.printf(
        "  frames longer than 50 ms   %8d of %d%n",
        frames.stream().filter(time -> time > 50).count(), frames.size());
    System.out.printf(
        "  memory of the renderer     %8d MB%n",
        all.stream().mapToLong(Used::megabytes).max().getAsLong());
  }

  /** What one browser took: milliseconds of each change and of each frame. */
  private record Used(
      long elements,
      List<Double> painted,
      List<Double> worked,
      double cpu,
      List<Double> frames,
      long megabytes) {}

  @SuppressWarnings("unchecked")
  private static Used useOnce(String url, List<String> changes) throws IOException {
    ChromeDriver driver = Chromium.start();
    try {
      driver.get(url);
      driver.executeAsyncScript("const done = arguments[0]; setTimeout(done, 2000)");
      long elements =
          (long) driver.executeScript("return document.getElementsByTagName('*').length");
      driver.executeCdpCommand("Performance.enable", Map.of("timeDomain", "threadTicks"));
      double before = mainThreadMilliseconds(driver);
      List<List<Number>> times = (List<List<Number>>) driver.executeAsyncScript(CHANGE, changes);
      double cpu = (mainThreadMilliseconds(driver) - before) / changes.size();
      List<Number> scrolled = (List<Number>) driver.executeAsyncScript(SCROLL);
      return new Used(
          elements,
          times.stream().map(time -> time.get(0).doubleValue()).toList(),
          times.stream().map(time -> time.get(1).doubleValue()).toList(),
          cpu,
          scrolled.stream().map(Number::doubleValue).toList(),
          rendererMegabytes(driver));
    } finally {
      driver.quit();
    }
  }

  /** CPU time of the page's main thread since it was opened: script, style, layout, paint. */
  private static double mainThreadMilliseconds(ChromeDriver driver) {
    List<?> metrics =
        (List<?>) driver.executeCdpCommand("Performance.getMetrics", Map.of()).get("metrics");
    return metrics.stream()
        .map(metric -> (Map<?, ?>) metric)
        .filter(metric -> "TaskDuration".equals(metric.get("name")))
        .mapToDouble(metric -> 1000 * ((Number) metric.get("value")).doubleValue())
        .sum();
  }

  private static void print(String what, List<Used> all, Function<Used, List<Double>> times) {
    List<Double> sorted =
        all.stream().flatMap(used -> times.apply(used).stream()).sorted().toList();
    System.out.printf(
        "%-28s %8.1f ms median, %8.1f 95th percentile, %8.1f longest%n",
        what,
        sorted.get(sorted.size() / 2),
        sorted.get((int) Math.ceil(sorted.size() * 0.95) - 1),
        sorted.get(sorted.size() - 1));
  }

  /**
   * The largest renderer among the driver's processes: what it holds that no other process shares.
   */
  private static long rendererMegabytes(ChromeDriver driver) throws IOException {
    String profile =
        ((Map<?, ?>) driver.getCapabilities().getCapability("chrome"))
            .get("userDataDir")
            .toString();
    long largest = 0;
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process :
          processes.filter(p -> p.getFileName().toString().matches("\\d+")).toList()) {
        largest = Math.max(largest, rendererKilobytes(process, profile));
      }
    }
    return largest / 1024;
  }

  private static long rendererKilobytes(Path process, String profile) {
    try {
      String command = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
      if (!command.contains("--type=renderer") || !command.contains(profile)) {
        return 0;
      }
      return Files.readAllLines(process.resolve("smaps_rollup")).stream()
          .filter(line -> line.startsWith("Private_"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException e) {
      return 0; // The process has ended, or is not ours.
    }
  }

  private static String rounded(List<Double> times) {
    return String.join(" ", times.stream().map(time -> String.format("%.0f", time)).toList());
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
