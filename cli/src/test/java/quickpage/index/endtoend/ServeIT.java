package quickpage.index.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve} as a process of its own, before a browser and a NeuPrint server. */
class ServeIT {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir private Path folder;
  private ServedDataset dataset;
  private TestSite site;
  private List<String> types;
  private CommandLineProcess serving;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void makeSite() {
    dataset = ServedDataset.shared("flywire-fafb:v783");
    dataset.calm();
    environment.put("NEUPRINT_TOKEN", dataset.token());
    types =
        dataset.raw().types().stream()
            .filter(type -> type.matches("[A-Za-z]+[0-9]+"))
            .limit(4)
            .toList();
    site = new TestSite(folder.resolve("site"), "types/");
    types.subList(0, 3).forEach(type -> site.addPages(dataset.raw(), type));
  }

  @AfterEach
  void stop() throws Exception {
    if (serving != null) {
      serving.kill();
      serving.end();
      serving = null;
    }
    dataset.calm();
  }

  private String serve(String... more) throws Exception {
    List<String> words =
        List.of(
            "serve",
            "--site",
            site.root().toString(),
            "--port",
            "0",
            "--cache",
            folder.resolve("cache").toString());
    boolean watch = List.of(more).contains("--watch");
    serving =
        CommandLineProcess.start(
            environment,
            Stream.concat(words.stream().limit(watch ? 7 : 5), Arrays.stream(more))
                .toArray(String[]::new));
    String line = until("a link", () -> serving.out().lines().findFirst().orElse(null));
    assertThat(line).startsWith("Serving " + site.root() + ": http://127.0.0.1:");
    return line.substring(line.indexOf("http"));
  }

  /** Waits for something, a minute at most; null is not yet. */
  private static <T> T until(String what, Callable<T> look) throws Exception {
    for (long end = System.nanoTime() + 60_000_000_000L; System.nanoTime() < end; ) {
      T found = look.call();
      if (found != null) {
        return found;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("There is not " + what + " after a minute");
  }

  private static String get(String address) throws Exception {
    return HTTP.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
        .body();
  }

  private void publish(String... options) {
    CommandLineProcess.Ended run =
        CommandLineProcess.run(
            Map.of("NEUPRINT_TOKEN", dataset.token()),
            RunWords.of(site.root(), folder.resolve("cache"), dataset, options));
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  private Integer publications(int atLeast) throws Exception {
    Path state = site.root().resolve(".quickpage-index/published/state.json");
    if (!Files.exists(state)) {
      return null;
    }
    int current = TestSite.JSON.readTree(state.toFile()).path("current").asInt();
    return current >= atLeast ? current : null;
  }

  @Test
  void servesASiteAndNamesItsPage() throws Exception {
    publish();

    String address = serve();

    assertThat(address).endsWith("/types.html");
    assertThat(get(address)).isEqualTo(site.text("types.html"));
    assertThat(get(address.replace("types.html", "types/" + types.get(0) + ".html")))
        .contains("<title>page</title>");
  }

  @Test
  void listensOnThisMachineAloneUnlessToldOtherwise() throws Exception {
    // Of this machine as well, but not the address that is listened on.
    InetAddress other = InetAddress.getByName("127.0.0.2");
    int alone = URI.create(serve()).getPort();

    assertThatThrownBy(() -> new Socket(other, alone).close()).isInstanceOf(IOException.class);
    assertThat(serving.out()).doesNotContain("Other machines");
    stop();
    int open = URI.create(serve("--host", "0.0.0.0")).getPort();
    new Socket(InetAddress.getLoopbackAddress(), open).close();
    until("a warning", () -> serving.out().contains("Ctrl+C") ? "told" : null);
    assertThat(serving.out())
        .contains("Other machines can read it, too: --host 0.0.0.0 lets them in.");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void opensTheLinkThatItPrints() throws Exception {
    Path opened = folder.resolve("opened");
    Path programs = Files.createDirectory(folder.resolve("programs"));
    Path browser = programs.resolve("xdg-open");
    Files.writeString(browser, "#!/bin/sh\nprintf %s \"$1\" >'" + opened + "'\n");
    assertThat(browser.toFile().setExecutable(true)).isTrue();
    environment.put("PATH", programs + File.pathSeparator + System.getenv("PATH"));

    String address = serve("--open");

    assertThat(until("a browser", () -> Files.exists(opened) ? opened : null)).exists();
    assertThat(until("an address", () -> Files.size(opened) > 0 ? opened : null))
        .hasContent(address);
  }

  @Test
  void aChangedPageStartsARunWithTheOptionsOfTheLastOne() throws Exception {
    publish("--roi-limit", "1");
    String address = serve("--watch", "--quiet", "1s");
    String image = image(address);

    site.addPages(dataset.raw(), types.get(3));

    until("a second publication", () -> publications(2));
    assertThat(site.index().at("/types").findValuesAsText("name")).contains(types.get(3));
    site.index().path("types").forEach(type -> assertThat(type.path("rois").size()).isLessThan(2));
    until("a reload", () -> reloads(image));
    assertThat(site.text("types.html")).doesNotContain("reload.js");
  }

  /** What a page that was had from an address asks again and again. */
  private static String image(String address) throws Exception {
    return address.replace("types.html", ".quickpage-index/changed.gif")
        + get(address).replaceFirst("(?s).*reload.js(\\?seen=[^\"]+)\".*", "$1");
  }

  /** Whether the page does so; null is not yet. */
  private static String reloads(String image) throws Exception {
    return get(image).isEmpty() ? null : image;
  }

  @Test
  void whatOthersPublishShowsInOpenPagesAndIsNotRunAgain() throws Exception {
    publish();
    String address = serve("--watch", "--quiet", "4s");
    String first = image(address);
    site.addPages(dataset.raw(), types.get(3));
    // So that the change is noticed, and waits, before the other run begins.
    Thread.sleep(2_500);

    publish("--roi-limit", "1");

    until("a reload", () -> reloads(first));
    assertThat(serving.err()).contains("Another run published an index; open pages reload.");
    Thread.sleep(6_000);
    assertThat(publications(1)).as("what the other run saw is not run again").isEqualTo(2);
    String second = image(address);
    assertThat(
            CommandLineProcess.run(Map.of(), "rollback", "--site", site.root().toString())
                .exitCode())
        .isZero();
    until("a reload", () -> reloads(second));
    assertThat(serving.err())
        .contains("A rollback brought back an earlier index; open pages reload.");
    publish("--roi-limit", "1");
    until("the other run's end", () -> times("Another run published") == 2 ? "told" : null);
    site.addPages(dataset.raw(), dataset.raw().types().first());
    until("a run", () -> publications(4));
    site.index().path("types").forEach(type -> assertThat(type.path("rois").size()).isLessThan(2));
  }

  @Test
  void theBibliographyOfTheLastRunIsThatOfTheNext() throws Exception {
    Path chosen = folder.resolve("citations.csv");
    Files.writeString(chosen, "Yu 2010,https://first.example/\n");
    publish("--references", chosen.toString());
    serve("--watch", "--quiet", "1s");

    Files.writeString(chosen, "Yu 2010\n");

    until("what is wrong with it", () -> serving.err().contains(chosen + ", line 1") ? "" : null);
    stop();
    Files.delete(chosen);
    refused(
        2,
        "--references %s is not a file; there is nothing of that name. The site's last run had it;"
                .formatted(chosen)
            + " give --references to name another file.",
        "--watch");
  }

  @Test
  void anEditedDatasetStartsARun() throws Exception {
    publish();
    serve("--watch", "--quiet", "1s", "--check-every", "1s");

    dataset.control(Map.of("meta", Map.of("lastDatabaseEdit", "edited just now")));

    until("a second publication", () -> publications(2));
    assertThat(site.index().at("/dataset/lastDatabaseEdit").asText()).isEqualTo("edited just now");
  }

  @Test
  void aSiteWithoutAnIndexGetsOne() throws Exception {
    serve("--watch", "--quiet", "1s", "--server", dataset.server(), "--dataset", dataset.name());

    until("a publication", () -> publications(1));
    assertThat(site.root().resolve("types.html")).isNotEmptyFile();
  }

  @Test
  void saysWhichFilesOfSomebodyElseItReplaced() throws Exception {
    site.write("types.html", "the old index");

    serve("--watch", "--quiet", "1s", "--server", dataset.server(), "--dataset", dataset.name());

    Path kept = site.root().resolve(".quickpage-index/published/0");
    until(
        "a sentence",
        () ->
            serving
                    .err()
                    .contains("Replaced types.html, which no run had published; kept in " + kept)
                ? "told"
                : null);
    assertThat(kept.resolve("types.html")).hasContent("the old index");
  }

  @Test
  void everyChangeOfTheSettingsStartsARunAndWhatIsWrongIsToldEachTime() throws Exception {
    publish();
    serve("--watch", "--quiet", "1s");
    String sentence = "quickpage-index.json has an unknown key titel";

    site.write("quickpage-index.json", "{\"titel\": \"x\"}");
    until("a sentence", () -> times(sentence) == 1 ? "told" : null);
    site.write("quickpage-index.json", "{\"titel\": \"x y\"}");
    until("another", () -> times(sentence) == 2 ? "told" : null);
    assertThat(publications(1)).isEqualTo(1);
    site.write("quickpage-index.json", "{\"title\": \"Mine\"}");
    until("a second publication", () -> publications(2));

    assertThat(site.text("types.html")).contains("<title>Mine</title>");
  }

  private int times(String sentence) {
    return serving.err().split(Pattern.quote(sentence), -1).length - 1;
  }

  @Test
  void changesStartNothingAfterARollback() throws Exception {
    publish();
    CommandLineProcess.Ended back =
        CommandLineProcess.run(Map.of(), "rollback", "--site", site.root().toString());
    assertThat(back.exitCode()).isEqualTo(1);
    publish();
    assertThat(
            CommandLineProcess.run(Map.of(), "rollback", "--site", site.root().toString())
                .exitCode())
        .isZero();
    serve("--watch", "--quiet", "1s");

    site.addPages(dataset.raw(), types.get(3));

    until("a reason", () -> serving.err().contains("was rolled back") ? "told" : null);
    assertThat(publications(1)).isEqualTo(1);
    publish();
    site.addPages(dataset.raw(), dataset.raw().types().first());
    until("a publication after a person's", () -> publications(4));
  }

  @Test
  void saysInASentenceWhatIsWrong() throws Exception {
    publish();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      refused(1, "Port " + taken.getLocalPort(), "--port", "" + taken.getLocalPort());
    }
    refused(2, "--port must be from 0 to 65535", "--port", "70000");
    refused(2, "--server and --dataset go together", "--watch", "--server", "http://127.0.0.1:1");
    refused(2, "go with --watch", "--roi-limit", "3");
    refused(2, "go with --watch", "--quiet", "10s");
    refused(2, "go with --watch", "--check-every", "10m");
    refused(2, "--quiet must be at most 15m", "--watch", "--quiet", "16m");
    refused(2, "'soon' is not a duration", "--watch", "--check-every", "soon");
    refused(2, "options.roiLimit must be at least 1", "--watch", "--roi-limit", "0");
    refused(1, "--host nowhere.invalid", "--host", "nowhere.invalid");
    // An address for documents, which no machine has.
    refused(1, "Nothing can listen on 192.0.2.1: it is no address", "--host", "192.0.2.1");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    CommandLineProcess.Ended none =
        CommandLineProcess.run(Map.of(), "serve", "--site", empty.toString());
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("is no site: there is no *.html in it, nor in types/.");
    assertThat(empty).isEmptyDirectory();
  }

  private void refused(int exitCode, String sentence, String... words) {
    CommandLineProcess.Ended wrong =
        CommandLineProcess.run(
            Map.of(),
            Stream.concat(
                    Stream.of("serve", "--site", site.root().toString()), Arrays.stream(words))
                .toArray(String[]::new));
    assertThat(wrong.exitCode()).as(wrong.err()).isEqualTo(exitCode);
    assertThat(wrong.err()).contains(sentence).doesNotContain("Exception");
    assertThat(wrong.out()).isEmpty();
  }

  @Test
  void needsServerAndDatasetForASiteThatNoRunHasPublished() {
    refused(2, "so --watch needs --server and --dataset", "--watch");
  }
}
