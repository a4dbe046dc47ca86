package quickpage.index.neuprint.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ServerSocketFactory;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.SideRule;
import quickpage.index.model.TypeFacts;
import quickpage.index.neuprint.DescribeListener;
import quickpage.index.neuprint.TypeQuestion;
import quickpage.index.neuprint.TypeQuestion.TypeToAsk;
import quickpage.index.neuprint.cypher.TypeQuery;
import quickpage.index.neuprint.token.EnvironmentToken;
import quickpage.index.neuprint.token.TokenSource;

/**
 * A server that answers type queries with one left neuron a type, but where a test says otherwise,
 * and a client for it whose waits pass at once and are noted.
 */
public final class ScriptedServer implements AutoCloseable {
  static final String TOKEN = "s3cr3t-t0k3n";
  static final DatasetVersion VERSION = new DatasetVersion("cns", "u1", "2026-01-02");
  public static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NAMES = Pattern.compile("n\\.type IN \\[(.*?)\\]");

  /** Without this every answer waits 40 ms for the client's delayed acknowledgement. */
  private static final ServerSocketFactory PROMPT =
      new ServerSocketFactory() {
        @Override
        public ServerSocket createServerSocket() throws IOException {
          return new ServerSocket() {
            @Override
            public Socket accept() throws IOException {
              Socket socket = super.accept();
              socket.setTcpNoDelay(true);
              return socket;
            }
          };
        }

        @Override
        public ServerSocket createServerSocket(int port) {
          throw new UnsupportedOperationException();
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog) {
          throw new UnsupportedOperationException();
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
          throw new UnsupportedOperationException();
        }
      };

  public final MockWebServer web = new MockWebServer();
  public final List<Query> queries = new CopyOnWriteArrayList<>();
  public final List<Duration> waits = new CopyOnWriteArrayList<>();
  public final AtomicInteger mostAtOnce = new AtomicInteger();
  public final MovableClock clock = new MovableClock();
  private final AtomicInteger atOnce = new AtomicInteger();

  /** What a request asks; the types are empty for another query than one for types. */
  public record Query(
      String cypher, List<String> types, boolean usesApoc, RecordedRequest request) {}

  /** A clock that the waits of the client move on. */
  public static final class MovableClock extends Clock {
    private final AtomicReference<Instant> now = new AtomicReference<>(START);

    public void forward(Duration duration) {
      now.updateAndGet(instant -> instant.plus(duration));
    }

    @Override
    public Instant instant() {
      return now.get();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  /** What a listener heard. */
  public static final class Heard implements DescribeListener {
    public final Map<String, TypeFacts> facts = new TreeMap<>();
    public final Map<String, String> unavailable = new TreeMap<>();

    @Override
    public void described(List<TypeFacts> described) {
      described.forEach(
          one -> {
            if (facts.put(one.type(), one) != null) {
              throw new IllegalStateException(one.type() + " was described twice");
            }
          });
    }

    @Override
    public void unavailable(String type, String reason) {
      if (unavailable.put(type, reason) != null || facts.containsKey(type)) {
        throw new IllegalStateException(type + " was heard of twice");
      }
    }
  }

  /**
   * Starts it.
   *
   * @param script the answer to a query; null for the usual one
   */
  public ScriptedServer(Function<Query, MockResponse> script) {
    web.setServerSocketFactory(PROMPT);
    web.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            try {
              Query query = query(request);
              queries.add(query);
              MockResponse scripted = script.apply(query);
              return scripted == null ? usual(query) : scripted;
            } finally {
              atOnce.decrementAndGet();
            }
          }
        });
  }

  /** A builder for a client of this server, which is started. */
  public NeuPrintClient.Builder client() {
    return client(new EnvironmentToken(Map.of("NEUPRINT_TOKEN", TOKEN)));
  }

  public NeuPrintClient.Builder client(TokenSource tokens) {
    try {
      web.start();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return NeuPrintClient.of(web.url("/").toString(), tokens)
        .introducedAs("1.0", "run-7", "me@example.org")
        .clock(clock)
        .random(() -> 0.5)
        .readTimeout(Duration.ofSeconds(20))
        .sleeper(
            (duration, stopped) -> {
              waits.add(duration);
              clock.forward(duration);
              return stopped.getCount() == 0;
            });
  }

  /** A question for these types, one neuron each, one query at a time. */
  public static TypeQuestion question(List<String> types, Integer typesPerQuery) {
    return question(types, typesPerQuery, 1);
  }

  public static TypeQuestion question(List<String> types, Integer typesPerQuery, int inFlight) {
    return new TypeQuestion(
        VERSION,
        SideRule.PROPERTIES,
        List.of("ME(R)"),
        types.stream().map(type -> new TypeToAsk(type, 1, true)).toList(),
        typesPerQuery,
        inFlight,
        START.plus(Duration.ofHours(1)));
  }

  public static MockResponse answer(int status, String body) {
    return new MockResponse.Builder()
        .code(status)
        .addHeader("Content-Type", "application/json")
        .body(body)
        .build();
  }

  /** A 400 with a text, as NeuPrint reports what Neo4j says. */
  public static MockResponse error(String text) {
    return answer(400, JSON.createObjectNode().put("error", text).toString());
  }

  public static MockResponse rows(List<List<Object>> rows) {
    return answer(200, body(rows));
  }

  public static String body(List<List<Object>> rows) {
    return JSON.valueToTree(Map.of("columns", List.of("a"), "data", rows, "debug", "MATCH"))
        .toString();
  }

  public static MockResponse usual(Query query) {
    return rows(usualRows(query));
  }

  public static List<List<Object>> usualRows(Query query) {
    List<List<Object>> rows = new ArrayList<>();
    for (String type : query.types()) {
      List<Object> firsts = Collections.nCopies(TypeQuery.FIRST_VALUES.size(), null);
      List<Object> lists =
          Collections.nCopies(TypeQuery.distinctValues(List.of()).size(), List.of());
      rows.add(List.of("type", type, List.of(1, 3, 4, 0, 0, firsts, lists)));
      List<Object> bin = new ArrayList<>(List.of("L"));
      bin.addAll(Arrays.asList(null, null, null, 1));
      rows.add(List.of("sides", type, List.of(bin)));
      rows.add(
          query.usesApoc()
              ? List.of(
                  "rois",
                  type,
                  List.of(2, List.of(List.of("", 1, 0, 0), List.of("ME(R)", 1, 3, 4))))
              : List.of(
                  "roiInfo", type, List.of(10_007, "{\"ME(R)\": {\"pre\": 3, \"post\": 4}}")));
    }
    rows.add(Arrays.asList("version", null, List.of(VERSION.uuid(), VERSION.lastDatabaseEdit())));
    return rows;
  }

  private static Query query(RecordedRequest request) {
    JsonNode body;
    try {
      body = request.getBody() == null ? null : JSON.readTree(request.getBody().utf8());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    String cypher = body == null ? "" : body.path("cypher").asText();
    List<String> types = new ArrayList<>();
    Matcher names = NAMES.matcher(cypher);
    if (names.find()) {
      for (String literal : names.group(1).split(",", -1)) {
        types.add(literal.substring(1, literal.length() - 1));
      }
    }
    return new Query(cypher, types, cypher.contains("apoc."), request);
  }

  @Override
  public void close() {
    web.close();
  }
}
