package quickpage.index.sandbox.http;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import quickpage.index.sandbox.connectome.DatasetName;
import quickpage.index.sandbox.graph.NeuronGraph;
import quickpage.index.sandbox.graph.QueryFailedException;

/**
 * The HTTP side. Jetty rather than the JDK's server: it is there anyway (Neo4j brings it), keeps
 * connections without the JDK's 40 ms delay, and lets a fault reset a connection for real.
 */
public final class NeuPrintServer implements AutoCloseable {
  /** A request in the sandbox mostly sleeps (latency), so there are far more threads than cores. */
  private static final int THREADS = 512;

  private static final int QUERIES_REMEMBERED = 10_000;

  private final Server server;
  private final ServerConnector connector;
  private final AtomicReference<ServerBehavior> behavior;
  private final QueryLog log;
  private final Admission admission = new Admission();
  private final Fault.Dice dice;
  private final Token token;
  private final QueryEndpoint queries;
  private final DatasetsEndpoint datasets;
  private final Optional<ControlEndpoint> control;

  /**
   * How to serve.
   *
   * @param bind address to listen on
   * @param port 0 for a free one
   * @param token that requests have to bring; empty for any
   * @param latency before every answer
   * @param errorRate 0 to 1
   * @param timeLimit of a query in the database; zero for none
   * @param maxQueries at once
   * @param seed of faults and of the order of rows
   * @param control whether tests may change all this over HTTP
   */
  public record Settings(
      String bind,
      int port,
      Optional<String> token,
      Duration latency,
      double errorRate,
      Duration timeLimit,
      int maxQueries,
      long seed,
      boolean control) {

    /** Without the token, which must not get into a log. */
    @Override
    public String toString() {
      return "Settings[" + bind + ":" + port + "]";
    }
  }

  private NeuPrintServer(Settings settings, NeuronGraph graph, DatasetName dataset) {
    this.behavior =
        new AtomicReference<>(
            new ServerBehavior(
                settings.latency(),
                settings.errorRate(),
                settings.timeLimit(),
                settings.maxQueries(),
                false,
                List.of()));
    this.dice = new Fault.Dice(settings.seed());
    this.token = new Token(settings.token());
    this.log = new QueryLog(settings.control() ? QUERIES_REMEMBERED : 0);
    this.queries = new QueryEndpoint(graph, dataset, settings.seed());
    this.datasets = new DatasetsEndpoint(graph);
    this.control =
        settings.control()
            ? Optional.of(new ControlEndpoint(behavior, log, graph))
            : Optional.empty();
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 16);
    threads.setName("http");
    threads.setDaemon(true);
    this.server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    this.connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(settings.bind());
    connector.setPort(settings.port());
    // Longer than any client keeps an idle connection: the server never closes one under a request.
    connector.setIdleTimeout(Duration.ofMinutes(10).toMillis());
    server.addConnector(connector);
    server.setHandler(new Answering());
  }

  /**
   * Starts listening.
   *
   * @throws IOException if the address cannot be bound
   */
  public static NeuPrintServer start(Settings settings, NeuronGraph graph, DatasetName dataset)
      throws IOException {
    NeuPrintServer started = new NeuPrintServer(settings, graph, dataset);
    try {
      started.server.start();
      return started;
    } catch (IOException refused) {
      started.close();
      throw refused;
    } catch (Exception unexpected) {
      started.close();
      throw new IllegalStateException("The web server did not start.", unexpected);
    }
  }

  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception unexpected) {
      throw new IllegalStateException("The web server did not stop.", unexpected);
    }
  }

  private final class Answering extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      String path = Request.getPathInContext(request);
      log.request(path);
      ServerBehavior now = behavior.get();
      boolean ordersFromATest = control.isPresent() && path.startsWith(ControlEndpoint.PREFIX);
      if (now.down() && !ordersFromATest) {
        reset(request, callback);
        return true;
      }
      String authorization = request.getHeaders().get("Authorization");
      Optional<Reply> refused =
          path.startsWith("/api/") || ordersFromATest
              ? token.refusal(authorization)
              : Optional.of(Reply.message(404, ServerTexts.NOT_FOUND));
      if (ordersFromATest && refused.isEmpty()) {
        send(control.get().answer(request.getMethod(), path, body(request)), response, callback);
        return true;
      }
      sleep(now.latency(), admission.crowding(now.maxQueries()));
      if (refused.isPresent()) {
        send(refused.get(), response, callback);
        return true;
      }
      Optional<Fault> fault = dice.roll(now.errorRate());
      if (path.equals("/api/custom/custom") && isGetOrPost(request)) {
        query(request, response, callback, now, fault);
      } else {
        deliver(route(request.getMethod(), path), fault, request, response, callback);
      }
      return true;
    }

    private void query(
        Request request,
        Response response,
        Callback callback,
        ServerBehavior now,
        Optional<Fault> fault)
        throws Exception {
      Optional<QueryEndpoint.Question> question =
          QueryEndpoint.parse(request.getHeaders().get("Content-Type"), body(request));
      if (question.isEmpty()) {
        send(Reply.error(ServerTexts.MALFORMED_REQUEST), response, callback);
        return;
      }
      QueryLog.Query logged = log.query(question.get().dataset(), question.get().cypher());
      int status = 0;
      int rows = 0;
      try {
        QueryEndpoint.Answer answer =
            fault.flatMap(Fault::reply).isPresent()
                ? new QueryEndpoint.Answer(fault.get().reply().get(), 0)
                : run(question.get(), now);
        rows = answer.rows();
        status = fault.equals(Optional.of(Fault.CONNECTION_RESET)) ? 0 : answer.reply().status();
        // Logged before it is sent, so that a client that has its answer finds it in the log.
        logged.finished(status, rows);
        deliver(answer.reply(), fault, request, response, callback);
      } catch (RuntimeException | InterruptedException failure) {
        logged.finished(500, rows);
        send(Reply.message(500, ServerTexts.INTERNAL_ERROR), response, callback);
      }
    }

    private QueryEndpoint.Answer run(QueryEndpoint.Question question, ServerBehavior now)
        throws InterruptedException, QueryFailedException {
      Optional<QueryRule> rule =
          now.rules().stream().filter(each -> each.claims(question.cypher())).findFirst();
      if (rule.isPresent()) {
        sleep(rule.get().delay(), 1);
        control.orElseThrow().editMeta(rule.get().edit());
        if (rule.get().status() != 0) {
          return new QueryEndpoint.Answer(rule.get().refusal(), 0);
        }
      }
      Optional<Reply> crowdedOut = admission.enter(now.maxQueries());
      if (crowdedOut.isPresent()) {
        return new QueryEndpoint.Answer(crowdedOut.get(), 0);
      }
      try {
        return queries.answer(question, now);
      } finally {
        admission.leave();
      }
    }

    private Reply route(String method, String path) throws QueryFailedException {
      return switch (path) {
        case "/api/version" ->
            isGet(method) ? Reply.json(200, Map.of("Version", "1.9.2")) : notAllowed();
        case "/api/dbmeta/datasets" -> isGet(method) ? datasets.answer() : notAllowed();
        case "/api/custom/custom" -> notAllowed();
        default -> Reply.message(404, ServerTexts.NOT_FOUND);
      };
    }
  }

  private static boolean isGet(String method) {
    return method.equals("GET");
  }

  private static boolean isGetOrPost(Request request) {
    return isGet(request.getMethod()) || request.getMethod().equals("POST");
  }

  private static Reply notAllowed() {
    return Reply.message(405, "Method Not Allowed");
  }

  private static byte[] body(Request request) throws IOException {
    return Content.Source.asInputStream(request).readAllBytes();
  }

  private static void sleep(Duration latency, double factor) throws InterruptedException {
    long millis = Math.round(latency.toMillis() * factor);
    if (millis > 0) {
      Thread.sleep(millis);
    }
  }

  private static void deliver(
      Reply reply, Optional<Fault> fault, Request request, Response response, Callback callback)
      throws IOException {
    if (fault.isEmpty()) {
      send(reply, response, callback);
    } else if (fault.get() == Fault.CONNECTION_RESET) {
      reset(request, callback);
    } else if (fault.get() == Fault.TRUNCATED) {
      sendHalf(reply, request, response, callback);
    } else {
      send(fault.get().reply().orElse(reply), response, callback);
    }
  }

  private static void send(Reply reply, Response response, Callback callback) throws IOException {
    head(reply, response);
    try (OutputStream out =
        new BufferedOutputStream(Content.Sink.asOutputStream(response), 1 << 16)) {
      for (byte[] piece : reply.pieces()) {
        out.write(piece);
      }
    }
    callback.succeeded();
  }

  private static void head(Reply reply, Response response) {
    response.setStatus(reply.status());
    reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    response.getHeaders().put("Content-Length", reply.length());
  }

  private static void sendHalf(Reply reply, Request request, Response response, Callback callback)
      throws IOException {
    head(reply, response);
    long left = reply.length() / 2;
    for (byte[] piece : reply.pieces()) {
      int part = (int) Math.min(left, piece.length);
      Content.Sink.write(response, false, ByteBuffer.wrap(piece, 0, part));
      left -= part;
    }
    endPoint(request).close();
    callback.failed(new IOException("cut off on purpose"));
  }

  private static void reset(Request request, Callback callback) throws IOException {
    EndPoint endPoint = endPoint(request);
    if (endPoint.getTransport() instanceof SocketChannel channel) {
      // Closing a socket that does not linger sends RST instead of FIN.
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    }
    endPoint.close();
    callback.failed(new IOException("reset on purpose"));
  }

  private static EndPoint endPoint(Request request) {
    return request.getConnectionMetaData().getConnection().getEndPoint();
  }
}
