package quickpage.index.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * A process that sends request bodies to a server and throws the answers away: what the queries
 * themselves cost. Arguments: the URL, and a file with one body a line. Prints the seconds.
 */
public final class BareClient {
  private static final int AT_ONCE = 8;

  private BareClient() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    URI address = URI.create(arguments[0]);
    List<String> bodies = Files.readAllLines(Path.of(arguments[1]));
    String token = System.getenv("NEUPRINT_APPLICATION_CREDENTIALS");
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    ExecutorService senders = Executors.newFixedThreadPool(AT_ONCE);
    long begun = System.nanoTime();
    List<Future<?>> sent =
        bodies.stream()
            .map(
                body ->
                    HttpRequest.newBuilder(address)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build())
            .<Future<?>>map(request -> senders.submit(() -> send(http, request)))
            .collect(Collectors.toList());
    for (Future<?> answer : sent) {
      try {
        answer.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }
    System.out.println((System.nanoTime() - begun) / 1e9);
    System.exit(0);
  }

  private static void send(HttpClient http, HttpRequest request) {
    try {
      int status = http.send(request, BodyHandlers.discarding()).statusCode();
      if (status != 200) {
        throw new IllegalStateException("the server answered " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
