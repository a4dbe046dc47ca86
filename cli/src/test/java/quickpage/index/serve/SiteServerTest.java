package quickpage.index.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.error.RefusedException;

class SiteServerTest {
  private static final String LONG = "<!doctype html><body>" + "text ".repeat(1_000) + "</body>";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir private Path folder;
  private Path site;
  private SiteServer server;

  @BeforeEach
  void start() throws IOException {
    site = folder.resolve("site");
    write("index.html", "<!doctype html><body>home</body>");
    write("types/LC10a.html", LONG);
    write("types/a b+c%41.html", "awkward");
    write("types/index.html", "in types");
    write("static/index/page-0123456789abcdef0123.js", "\"use strict\";");
    write("data/index.json", "{}");
    write(".quickpage-index/published/state.json", "{}");
    Files.writeString(folder.resolve("secret.html"), "secret");
    server = SiteServer.start(site, "127.0.0.1", 0, false);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void write(String path, String text) throws IOException {
    Files.createDirectories(site.resolve(path).getParent());
    Files.writeString(site.resolve(path), text);
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    return send("GET", path, headers);
  }

  private HttpResponse<byte[]> send(String method, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.address().replaceFirst("/$", "") + path))
            .method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static String header(HttpResponse<byte[]> answer, String name) {
    return answer.headers().firstValue(name).orElse(null);
  }

  @ParameterizedTest
  @CsvSource({
    "/,200,home,text/html; charset=utf-8",
    "/types/,200,in types,text/html; charset=utf-8",
    "/types/a%20b%2Bc%2541.html,200,awkward,text/html; charset=utf-8",
    "/types/a%20b+c%2541.html,200,awkward,text/html; charset=utf-8",
    "/data/index.json,200,{},application/json",
    "/index.html?x=1,200,home,text/html; charset=utf-8",
    "/data/,404,nothing of this address,text/html; charset=utf-8",
    "/nothing.html,404,nothing of this address,text/html; charset=utf-8",
    "/index.html/,404,nothing of this address,text/html; charset=utf-8"
  })
  void servesFilesAndTheIndexOfAFolder(String path, int status, String body, String contentType)
      throws Exception {
    HttpResponse<byte[]> answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(text(answer)).contains(body);
    assertThat(header(answer, "Content-Type")).isEqualTo(contentType);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../secret.html",
        "/%2e%2e/secret.html",
        "/types/..%2f..%2fsecret.html",
        "/types/%2e%2e/%2e%2e/secret.html",
        "/..%5csecret.html",
        "//secret.html",
        "/link.html",
        "/linked/secret.html",
        "/.quickpage-index/published/state.json",
        "/types/../.quickpage-index/published/state.json",
        "/.QUICKPAGE-INDEX/published/state.json",
        "/state.json",
        "/%00index.html"
      })
  void servesNothingOutsideTheSiteAndNothingThatRunsKeep(String path) throws Exception {
    Files.createSymbolicLink(site.resolve("link.html"), folder.resolve("secret.html"));
    Files.createSymbolicLink(site.resolve("linked"), folder);
    Files.createSymbolicLink(
        site.resolve("state.json"), site.resolve(".quickpage-index/published/state.json"));

    String answer =
        raw("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");

    assertThat(answer.lines().findFirst().orElseThrow()).containsPattern(" (400|404) ");
    assertThat(answer).doesNotContain("secret\n").doesNotEndWith("secret").doesNotEndWith("{}");
  }

  /** As it is, where a client would tidy the path up. */
  private String raw(String request) throws IOException {
    URI address = URI.create(server.address());
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.UTF_8));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void followsALinkThatStaysInTheSite() throws Exception {
    Files.createSymbolicLink(site.resolve("start.html"), site.resolve("index.html"));

    assertThat(text(get("/start.html"))).contains("home");
  }

  @Test
  void sendsWhoForgetsTheSlashToTheFolder() throws Exception {
    HttpResponse<byte[]> answer = get("/types?x=1");

    assertThat(answer.statusCode()).isEqualTo(301);
    assertThat(header(answer, "Location")).isEqualTo("/types/?x=1");
  }

  @Test
  void sendsNothingAgainThatTheBrowserHas() throws Exception {
    HttpResponse<byte[]> first = get("/types/LC10a.html");
    String etag = header(first, "ETag");

    assertThat(get("/types/LC10a.html", "If-None-Match", etag).statusCode()).isEqualTo(304);
    assertThat(get("/types/LC10a.html", "If-None-Match", "\"x\", W/" + etag).statusCode())
        .isEqualTo(304);
    assertThat(
            get("/types/LC10a.html", "If-Modified-Since", header(first, "Last-Modified"))
                .statusCode())
        .isEqualTo(304);
    write("types/LC10a.html", LONG + "more");
    HttpResponse<byte[]> changed = get("/types/LC10a.html", "If-None-Match", etag);
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(text(changed)).endsWith("more");
  }

  @Test
  void compressesWhatIsWorthIt() throws Exception {
    HttpResponse<byte[]> plain = get("/types/LC10a.html");
    HttpResponse<byte[]> gzip = get("/types/LC10a.html", "Accept-Encoding", "br, gzip;q=0.8");

    assertThat(plain.body()).hasSize(LONG.length());
    assertThat(header(gzip, "Content-Encoding")).isEqualTo("gzip");
    assertThat(header(gzip, "Vary")).isEqualTo("Accept-Encoding");
    assertThat(header(gzip, "ETag")).isNotEqualTo(header(plain, "ETag"));
    assertThat(gzip.body().length).isLessThan(LONG.length() / 10);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes())
        .isEqualTo(plain.body());
    for (String no : List.of("gzip;q=0", "identity", "gzip;q=0.0")) {
      assertThat(header(get("/types/LC10a.html", "Accept-Encoding", no), "Content-Encoding"))
          .isNull();
    }
    assertThat(header(get("/data/index.json", "Accept-Encoding", "gzip"), "Content-Encoding"))
        .isNull();
  }

  @Test
  void answersHeadWithTheHeadersAlone() throws Exception {
    HttpResponse<byte[]> head = send("HEAD", "/types/LC10a.html");

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(header(head, "Content-Length")).isEqualTo("" + LONG.length());
    assertThat(header(head, "ETag")).isEqualTo(header(get("/types/LC10a.html"), "ETag"));
    assertThat(send("HEAD", "/nothing").statusCode()).isEqualTo(404);
  }

  @Test
  void letsBrowsersKeepOnlyNamesThatHoldAHash() throws Exception {
    assertThat(header(get("/static/index/page-0123456789abcdef0123.js"), "Cache-Control"))
        .contains("immutable");
    assertThat(header(get("/"), "Cache-Control")).isEqualTo("no-cache");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
  void canOnlyBeReadFrom(String method) throws Exception {
    HttpResponse<byte[]> answer = send(method, "/index.html");

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(header(answer, "Allow")).isEqualTo("GET, HEAD");
    assertThat(site.resolve("index.html")).content().contains("home");
  }

  @Test
  void answersToNoOtherNameThanThisMachines() throws IOException {
    String request = "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";

    assertThat(raw(request)).startsWith("HTTP/1.1 421").doesNotContain("home");
    assertThat(raw(request.replace("evil.example", "localhost:1"))).contains("home");
  }

  @Test
  void leavesPagesAsTheyAreWhereNothingIsWatched() throws Exception {
    assertThat(text(get("/types/LC10a.html"))).isEqualTo(LONG);
    assertThat(get("/.quickpage-index/reload.js").statusCode()).isEqualTo(404);
  }

  @Test
  void addsTheReloadingScriptToPagesAloneAndNotToTheirFiles() throws Exception {
    server.close();
    server = SiteServer.start(site, "127.0.0.1", 0, true);

    HttpResponse<byte[]> page = get("/types/LC10a.html");
    assertThat(text(page)).containsPattern("<script defer src=\"[^\"]+\"></script>\n</body>");
    assertThat(text(get("/data/index.json"))).isEqualTo("{}");
    assertThat(site.resolve("types/LC10a.html")).hasContent(LONG);
    String seen = text(page).replaceFirst("(?s).*\\?seen=([^\"]+)\".*", "$1");
    assertThat(get("/.quickpage-index/reload.js?seen=" + seen).statusCode()).isEqualTo(200);
    String image = "/.quickpage-index/changed.gif?seen=" + seen + "&at=1";
    assertThat(get(image).statusCode()).isEqualTo(204);
    assertThat(get("/types/LC10a.html", "If-None-Match", header(page, "ETag")).statusCode())
        .isEqualTo(304);

    server.published();

    assertThat(header(get(image), "Content-Type")).isEqualTo("image/gif");
    assertThat(get("/types/LC10a.html", "If-None-Match", header(page, "ETag")).statusCode())
        .isEqualTo(200);
    assertThat(get("/.quickpage-index/published/state.json").statusCode()).isEqualTo(404);
  }

  @Test
  void saysThatAPortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> SiteServer.start(site, "127.0.0.1", taken.getLocalPort(), false))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("Port " + taken.getLocalPort() + " of 127.0.0.1 cannot be had");
    }
  }
}
