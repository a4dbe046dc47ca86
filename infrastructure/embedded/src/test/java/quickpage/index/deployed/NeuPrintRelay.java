package quickpage.index.deployed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Stands between the functions and NeuPrint, and notes what is asked and how long the answers take,
 * so that the functions' own time can be told from NeuPrint's.
 */
final class NeuPrintRelay implements AutoCloseable {

  /** Headers that a client sets itself. */
  private static final List<String> OF_THE_CONNECTION =
      List.of("connection", "content-length", "expect", "host", "upgrade", "http2-settings");

  private final String server;
  private final HttpServer relay;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Queue<Question> questions = new ConcurrentLinkedQueue<>();

  /**
   * What was asked, and when.
   *
   * @param from and {@code to} in nanoseconds of {@link System#nanoTime}
   */
  record Question(HttpRequest request, long from, long to) {}

  private NeuPrintRelay(String server, HttpServer relay) {
    this.server = server;
    this.relay = relay;
  }

  static NeuPrintRelay to(String server) throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    NeuPrintRelay relay = new NeuPrintRelay(server, http);
    http.setExecutor(relay.threads);
    http.createContext("/", relay::pass);
    http.start();
    return relay;
  }

  String address() {
    return "http://127.0.0.1:" + relay.getAddress().getPort();
  }

  /** What was asked since this was called last. */
  List<Question> takeQuestions() {
    List<Question> taken = new ArrayList<>();
    for (Question one = questions.poll(); one != null; one = questions.poll()) {
      taken.add(one);
    }
    return taken;
  }

  private void pass(HttpExchange exchange) throws IOException {
    long from = System.nanoTime();
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      HttpRequest.Builder builder =
          HttpRequest.newBuilder(URI.create(server + exchange.getRequestURI()))
              .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
      for (Map.Entry<String, List<String>> header : exchange.getRequestHeaders().entrySet()) {
        if (!OF_THE_CONNECTION.contains(header.getKey().toLowerCase(java.util.Locale.ROOT))) {
          header.getValue().forEach(value -> builder.header(header.getKey(), value));
        }
      }
      HttpRequest request = builder.build();
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      for (String name : List.of("content-type", "content-encoding", "retry-after")) {
        answer
            .headers()
            .firstValue(name)
            .ifPresent(value -> exchange.getResponseHeaders().set(name, value));
      }
      // The answer is noted before it is handed on: who has it may already look.
      questions.add(new Question(request, from, System.nanoTime()));
      int length = answer.body().length;
      exchange.sendResponseHeaders(answer.statusCode(), length == 0 ? -1 : length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Seconds in which at least one of the questions waited for its answer. */
  static double waiting(List<Question> questions) {
    long waited = 0;
    long end = Long.MIN_VALUE;
    for (Question one :
        questions.stream().sorted(Comparator.comparingLong(Question::from)).toList()) {
      if (one.to() > end) {
        waited += one.to() - Math.max(one.from(), end);
        end = one.to();
      }
    }
    return waited / 1e9;
  }

  /**
   * Asks the same again, without anybody between, and throws the answers away.
   *
   * @param atOnce how many at a time
   * @return seconds from the first to the last
   */
  double repeat(List<Question> asked, int atOnce) throws InterruptedException, IOException {
    ExecutorService askers = Executors.newFixedThreadPool(atOnce);
    try {
      long from = System.nanoTime();
      List<Future<HttpResponse<Void>>> answers = new ArrayList<>();
      for (Question one : asked) {
        answers.add(
            askers.submit(
                () -> client.send(one.request(), HttpResponse.BodyHandlers.discarding())));
      }
      for (Future<HttpResponse<Void>> answer : answers) {
        answer.get();
      }
      return (System.nanoTime() - from) / 1e9;
    } catch (ExecutionException e) {
      throw new IOException("a question could not be asked again", e);
    } finally {
      askers.shutdownNow();
    }
  }

  @Override
  public void close() {
    relay.stop(0);
    threads.shutdownNow();
  }
}
