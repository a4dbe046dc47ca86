package quickpage.index.deployed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The side of the Lambda Runtime API (2018-06-01) that Lambda itself has: hands out events and
 * takes answers. See https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html.
 */
final class RuntimeApi implements AutoCloseable {

  private static final String ROOT = "/2018-06-01/runtime/";
  private static final Duration TIME_LIMIT = Duration.ofMinutes(2);

  private final BlockingQueue<byte[]> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch snapshot = new CountDownLatch(1);
  private final CountDownLatch restored = new CountDownLatch(1);
  private final HttpServer server;

  /**
   * What the runtime posted.
   *
   * @param kind {@code response}, {@code error} or {@code init/error}
   */
  record Answer(String kind, String body) {}

  private RuntimeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(ROOT, this::serve);
    server.start();
  }

  static RuntimeApi start() throws IOException {
    return new RuntimeApi();
  }

  /** Host and port, as AWS_LAMBDA_RUNTIME_API holds them. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  void send(String event) {
    events.add(event.getBytes(StandardCharsets.UTF_8));
  }

  /** The next answer; null if the process ended without one or took too long. */
  Answer answerOf(Process process) throws InterruptedException {
    long deadline = System.nanoTime() + TIME_LIMIT.toNanos();
    Answer answer = null;
    while (answer == null && process.isAlive() && System.nanoTime() < deadline) {
      answer = answers.poll(200, TimeUnit.MILLISECONDS);
    }
    return answer == null ? answers.poll() : answer;
  }

  /**
   * Waits until the runtime is ready for a snapshot, with SnapStart: its function has heard of it.
   *
   * @return whether that came before the time was over
   */
  boolean awaitSnapshot() throws InterruptedException {
    return snapshot.await(TIME_LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  /** Lets the runtime go on as from its snapshot. */
  void restore() {
    restored.countDown();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring(ROOT.length());
      if (path.equals("invocation/next")) {
        next(exchange);
        return;
      }
      if (path.equals("restore/next")) {
        snapshot.countDown();
        restored.await();
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      answers.add(new Answer(path.replaceFirst("^invocation/[^/]+/", ""), body));
      exchange.sendResponseHeaders(202, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void next(HttpExchange exchange) throws IOException, InterruptedException {
    byte[] event = events.take();
    var headers = exchange.getResponseHeaders();
    headers.set("Lambda-Runtime-Aws-Request-Id", UUID.randomUUID().toString());
    headers.set(
        "Lambda-Runtime-Deadline-Ms",
        Long.toString(System.currentTimeMillis() + TIME_LIMIT.toMillis()));
    headers.set(
        "Lambda-Runtime-Invoked-Function-Arn",
        "arn:aws:lambda:eu-central-1:123456789012:function:index:live");
    // The client's native part reads it without looking whether it is there.
    headers.set("Lambda-Runtime-Trace-Id", "Root=1-67891233-abcdef012345678912345678;Sampled=0");
    headers.set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, event.length);
    exchange.getResponseBody().write(event);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
