package quickpage.index.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve} as a process of its own, before a browser and a NeuPrint server. */
class ServeIT {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir private Path folder;
  private ServedDataset dataset;
  private TestSite site;
  private List<String> types;
  private CommandLineProcess serving;

  @BeforeEach
  void makeSite() {
    dataset = ServedDataset.shared("flywire-fafb:v783");
    dataset.calm();
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
            Map.of("NEUPRINT_TOKEN", dataset.token()),
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
    List<String> words =
        List.of(
            "run",
            "--site",
            site.root().toString(),
            "--cache",
            folder.resolve("cache").toString(),
            "--server",
            dataset.server(),
            "--dataset",
            dataset.name());
    CommandLineProcess.Ended run =
        CommandLineProcess.run(
            Map.of("NEUPRINT_TOKEN", dataset.token()),
            Stream.concat(words.stream(), Arrays.stream(options)).toArray(String[]::new));
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
  void aChangedPageStartsARunWithTheOptionsOfTheLastOne() throws Exception {
    publish("--roi-limit", "1");
    String address = serve("--watch", "--quiet", "1s");
    String image = get(address).replaceFirst("(?s).*reload.js(\\?seen=[^\"]+)\".*", "$1");

    site.addPages(dataset.raw(), types.get(3));

    until("a second publication", () -> publications(2));
    assertThat(site.index().at("/types").findValuesAsText("name")).contains(types.get(3));
    site.index().path("types").forEach(type -> assertThat(type.path("rois").size()).isLessThan(2));
    until(
        "a reload",
        () ->
            get(address.replace("types.html", ".quickpage-index/changed.gif" + image)).isEmpty()
                ? null
                : "reload");
    assertThat(site.text("types.html")).doesNotContain("reload.js");
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
    refused(2, "'soon' is not a duration", "--watch", "--check-every", "soon");
    refused(2, "options.roiLimit must be at least 1", "--watch", "--roi-limit", "0");
    refused(1, "--host nowhere.invalid", "--host", "nowhere.invalid");
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
