package quickpage.index.embedded.site;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import quickpage.index.site.store.S3ObjectStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A server that answers whatever it is asked with what S3 alone would answer. */
final class ScriptedS3 implements AutoCloseable {

  private final HttpServer server;
  private final S3Client client;
  private final AtomicInteger requests = new AtomicInteger();

  /** Answers every request the same. */
  ScriptedS3(int status, Map<String, String> headers, String body) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          exchange.getRequestBody().readAllBytes();
          headers.forEach(exchange.getResponseHeaders()::set);
          byte[] answer = body.getBytes(StandardCharsets.UTF_8);
          boolean empty = answer.length == 0 || exchange.getRequestMethod().equals("HEAD");
          exchange.sendResponseHeaders(status, empty ? -1 : answer.length);
          if (!empty) {
            exchange.getResponseBody().write(answer);
          }
          exchange.close();
        });
    server.start();
    client =
        S3Client.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
            .forcePathStyle(true)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("me", "secret")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
  }

  /** The body of an error. */
  static String error(String code) {
    return "<Error><Code>%s</Code><Message>It is so.</Message></Error>".formatted(code);
  }

  S3ObjectStore store() {
    return new S3ObjectStore(client, "site");
  }

  int requests() {
    return requests.get();
  }

  @Override
  public void close() {
    client.close();
    server.stop(0);
  }
}
