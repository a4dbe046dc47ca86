package quickpage.index.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import quickpage.index.error.RefusedException;
import quickpage.index.local.UnusableFolderException;

/**
 * Serves a folder as S3 behind CloudFront does: {@code index.html} for a folder, ETags,
 * compression, and nothing else than reading.
 */
public final class SiteServer implements AutoCloseable {

  static {
    // Read by the JDK's server: without it the end of each answer waits for the browser's
    // acknowledgement, up to 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** Tried first; whoever wants another says so. */
  public static final int USUAL_PORT = 8000;

  /** A browser asks for six files of a host at once. */
  private static final int THREADS = 12;

  /** Below this, headers outweigh what compression saves; CloudFront's limit, in bytes. */
  private static final int LEAST_COMPRESSED = 1_000;

  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

  /** A page of another site could otherwise reach this server under a name that leads here. */
  private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  private final ServedFolder folder;
  private final HttpServer server;
  private final ExecutorService threads;
  private final boolean onlyHere;
  private final OpenPages openPages;

  private SiteServer(
      ServedFolder folder, HttpServer server, boolean onlyHere, OpenPages openPages) {
    this.folder = folder;
    this.server = server;
    this.onlyHere = onlyHere;
    this.openPages = openPages;
    threads =
        Executors.newFixedThreadPool(
            THREADS,
            work -> {
              Thread thread = new Thread(work, "serve");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts a server.
   *
   * @param host the name or address to listen on
   * @param port 0 for a free one; null for the usual one, or a free one where that is taken
   * @param reloading whether open pages shall reload after {@link #published}
   * @throws RefusedException if the folder cannot be read or the port not be had
   */
  public static SiteServer start(Path site, String host, Integer port, boolean reloading) {
    InetAddress address = resolve(host);
    ServedFolder folder;
    try {
      folder = new ServedFolder(site);
    } catch (IOException e) {
      throw new RefusedException(UnusableFolderException.sentence(site, e), e);
    }
    SiteServer started =
        new SiteServer(
            folder,
            bind(address, port),
            address.isLoopbackAddress(),
            reloading ? new OpenPages() : null);
    started.server.setExecutor(started.threads);
    started.server.createContext("/", started::answer);
    started.server.start();
    return started;
  }

  private static InetAddress resolve(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new RefusedException(
          "--host %s is no name or address of this machine.".formatted(host), e);
    }
  }

  private static HttpServer bind(InetAddress address, Integer port) {
    try {
      return HttpServer.create(new InetSocketAddress(address, port == null ? USUAL_PORT : port), 0);
    } catch (BindException e) {
      if (!isOfThisMachine(address)) {
        throw new RefusedException(
            "Nothing can listen on %s: it is no address of this machine."
                .formatted(address.getHostAddress()),
            e);
      }
      if (port == null) {
        return bind(address, 0);
      }
      throw new RefusedException(
          "Port %d of %s cannot be had: %s. --port 0 takes a free one."
              .formatted(port, address.getHostAddress(), UnusableFolderException.reason(e)),
          e);
    } catch (SocketException | UnresolvedAddressException e) {
      throw new RefusedException(
          "Nothing can listen on %s: %s."
              .formatted(address.getHostAddress(), UnusableFolderException.reason(e)),
          e);
    } catch (IOException e) {
      throw new RefusedException(
          "The server cannot start: %s.".formatted(UnusableFolderException.reason(e)), e);
    }
  }

  private static boolean isOfThisMachine(InetAddress address) {
    try {
      return address.isAnyLocalAddress()
          || address.isLoopbackAddress()
          || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      // Nothing is known; the port is named then.
      return true;
    }
  }

  /** Where it is to be found, as one types it on this machine: {@code http://127.0.0.1:8000/}. */
  public String address() {
    InetAddress bound = server.getAddress().getAddress();
    String host = bound.isAnyLocalAddress() ? "127.0.0.1" : bound.getHostAddress();
    return "http://%s:%d/"
        .formatted(host.contains(":") ? "[" + host + "]" : host, server.getAddress().getPort());
  }

  /** Whether nobody but this machine can reach it. */
  public boolean isOnlyHere() {
    return onlyHere;
  }

  /** Lets open pages reload. */
  public void published() {
    if (openPages != null) {
      openPages.published();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) {
    try (exchange) {
      // Even an answer without a body waits for the whole request.
      exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
      exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
      String method = exchange.getRequestMethod();
      if (onlyHere && !isLocalName(exchange.getRequestHeaders().getFirst("Host"))) {
        error(exchange, 421, "This server answers to the names of this machine alone.");
      } else if (!method.equals("GET") && !method.equals("HEAD")) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        error(exchange, 405, "This server can only be read from.");
      } else {
        find(exchange);
      }
    } catch (IOException e) {
      // The browser has gone on to something else.
    }
  }

  private static boolean isLocalName(String host) {
    return host != null && LOCAL_NAMES.contains(host.replaceFirst(":\\d+$", ""));
  }

  private void find(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    if (path == null || !path.startsWith("/")) {
      error(exchange, 400, "The address has no path.");
    } else if (openPages != null && path.equals(OpenPages.SCRIPT_PATH)) {
      exchange.getResponseHeaders().set("Cache-Control", "no-cache");
      send(exchange, "text/javascript; charset=utf-8", openPages.script());
    } else if (openPages != null && path.equals(OpenPages.IMAGE_PATH)) {
      tellChange(exchange);
    } else {
      answer(exchange, folder.find(path));
    }
  }

  private void answer(HttpExchange exchange, ServedFolder.Found found) throws IOException {
    if (found instanceof ServedFolder.Served served) {
      send(exchange, served.file());
    } else if (found instanceof ServedFolder.Moved moved) {
      String query = exchange.getRequestURI().getRawQuery();
      exchange
          .getResponseHeaders()
          .set("Location", moved.rawPath() + (query == null ? "" : "?" + query));
      error(exchange, 301, "The folder's address ends in a slash.");
    } else {
      error(exchange, 404, "There is nothing of this address in the site.");
    }
  }

  private void tellChange(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    String query = exchange.getRequestURI().getRawQuery();
    boolean seen =
        query != null && Stream.of(query.split("&")).anyMatch(("seen=" + openPages.seen())::equals);
    if (seen) {
      exchange.sendResponseHeaders(204, -1);
    } else {
      send(exchange, "image/gif", OpenPages.IMAGE);
    }
  }

  private void send(HttpExchange exchange, Path file) throws IOException {
    String name = file.getFileName().toString();
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    boolean injected = openPages != null && ContentTypes.isHtml(name);
    boolean compressible =
        ContentTypes.isCompressible(name) && attributes.size() >= LEAST_COMPRESSED;
    boolean gzip = compressible && acceptsGzip(exchange.getRequestHeaders());
    String etag =
        "\"%x-%x%s%s\""
            .formatted(
                ChronoUnit.MICROS.between(Instant.EPOCH, attributes.lastModifiedTime().toInstant()),
                attributes.size(),
                injected ? "-" + openPages.seen() : "",
                gzip ? "-gzip" : "");
    Instant modified = attributes.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.SECONDS);
    Headers headers = exchange.getResponseHeaders();
    headers.set("ETag", etag);
    headers.set("Last-Modified", HTTP_DATE.format(modified));
    headers.set(
        "Cache-Control",
        folder.isHashed(file) ? "public, max-age=31536000, immutable" : "no-cache");
    if (compressible) {
      headers.set("Vary", "Accept-Encoding");
    }
    if (isKnown(exchange.getRequestHeaders(), etag, injected ? null : modified)) {
      exchange.sendResponseHeaders(304, -1);
      return;
    }
    headers.set("Content-Type", ContentTypes.of(name));
    try (InputStream body = open(file, injected)) {
      if (gzip) {
        sendCompressed(exchange, body);
      } else {
        send(exchange, body, injected ? body.available() : attributes.size());
      }
    }
  }

  private InputStream open(Path file, boolean injected) throws IOException {
    return injected
        ? new ByteArrayInputStream(openPages.withScript(Files.readAllBytes(file)))
        : Files.newInputStream(file);
  }

  private static void send(HttpExchange exchange, String contentType, byte[] bytes)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", contentType);
    send(exchange, new ByteArrayInputStream(bytes), bytes.length);
  }

  private static void send(HttpExchange exchange, InputStream body, long length)
      throws IOException {
    if (exchange.getRequestMethod().equals("HEAD") || length == 0) {
      exchange.getResponseHeaders().set("Content-Length", Long.toString(length));
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    exchange.sendResponseHeaders(200, length);
    // A file that grows meanwhile is sent as it was announced.
    OutputStream out = exchange.getResponseBody();
    byte[] part = new byte[1 << 16];
    for (long left = length; left > 0; ) {
      int read = body.read(part, 0, (int) Math.min(part.length, left));
      if (read < 0) {
        throw new IOException("the file was cut while it was sent");
      }
      out.write(part, 0, read);
      left -= read;
    }
  }

  private static void sendCompressed(HttpExchange exchange, InputStream body) throws IOException {
    exchange.getResponseHeaders().set("Content-Encoding", "gzip");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = new GZIPOutputStream(exchange.getResponseBody(), 1 << 16)) {
      body.transferTo(out);
    }
  }

  private static boolean acceptsGzip(Headers headers) {
    return values(headers, "Accept-Encoding")
        .map(value -> value.replace(" ", ""))
        .anyMatch(value -> value.matches("(?i)(gzip|\\*)(;q=(1(\\.0*)?|0?\\.0*[1-9]\\d*))?"));
  }

  /** Whether the browser has this already. */
  private static boolean isKnown(Headers headers, String etag, Instant modified) {
    if (headers.containsKey("If-None-Match")) {
      return values(headers, "If-None-Match")
          .map(value -> value.startsWith("W/") ? value.substring(2) : value)
          .anyMatch(value -> value.equals("*") || value.equals(etag));
    }
    return modified != null
        && Optional.ofNullable(headers.getFirst("If-Modified-Since"))
            .flatMap(SiteServer::date)
            .filter(since -> !modified.isAfter(since))
            .isPresent();
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(ZonedDateTime.parse(text, HTTP_DATE).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Stream<String> values(Headers headers, String name) {
    return headers.getOrDefault(name, List.of()).stream()
        .flatMap(line -> Arrays.stream(line.split(",")))
        .map(String::strip);
  }

  private static void error(HttpExchange exchange, int status, String sentence) throws IOException {
    byte[] body =
        """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>%1$d</title>
        <p>%1$d: %2$s <a href="/">To the site</a>
        </html>
        """
            .formatted(status, sentence)
            .getBytes(StandardCharsets.UTF_8);
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "text/html; charset=utf-8");
    headers.set("Cache-Control", "no-store");
    if (exchange.getRequestMethod().equals("HEAD")) {
      headers.set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
