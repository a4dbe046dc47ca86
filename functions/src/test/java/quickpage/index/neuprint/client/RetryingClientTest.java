package quickpage.index.neuprint.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import javax.net.SocketFactory;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import okio.Buffer;
import okio.BufferedSink;
import okio.Okio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.error.RefusedException;
import quickpage.index.model.run.LatencySummary;
import quickpage.index.neuprint.http.TcpNoDelaySocketFactory;
import quickpage.index.neuprint.token.EnvironmentToken;
import quickpage.index.neuprint.token.TokenSource;

@Timeout(60)
public class RetryingClientTest {
  private static final String CENSUS =
      ScriptedServer.body(
          List.of(List.of(List.of(List.of("Tm3", 12)), "u1", "2026-01-02", 1, 12, 3)));

  /** Answers in this order; after the last one, the census. */
  private static Function<ScriptedServer.Query, MockResponse> inOrder(MockResponse... answers) {
    ArrayDeque<MockResponse> left = new ArrayDeque<>(List.of(answers));
    return query -> {
      synchronized (left) {
        return left.isEmpty() ? ScriptedServer.answer(200, CENSUS) : left.poll();
      }
    };
  }

  @Test
  void introducesItselfInHeaderAndQuery() {
    try (ScriptedServer server = new ScriptedServer(inOrder());
        NeuPrintClient client = server.client().build()) {
      assertThat(client.types("cns").neurons()).isEqualTo(Map.of("Tm3", 12L));
      ScriptedServer.Query query = server.queries.get(0);
      assertThat(query.cypher())
          .startsWith("/* quickpage-index 1.0 run=run-7 contact=me@example.org */ MATCH");
      assertThat(query.request().getTarget()).isEqualTo("/api/custom/custom");
      assertThat(query.request().getHeaders().get("Content-Type")).isEqualTo("application/json");
      assertThat(query.request().getHeaders().get("Authorization"))
          .isEqualTo("Bearer " + ScriptedServer.TOKEN);
      assertThat(query.request().getHeaders().get("User-Agent"))
          .isEqualTo("quickpage-index/1.0 (me@example.org)");
      assertThat(query.request().getBody().utf8()).contains("\"dataset\":\"cns\"");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 502, 503, 504})
  void repeatsWhatAProxySays(int status) {
    MockResponse busy = ScriptedServer.answer(status, "<html>");
    try (ScriptedServer server = new ScriptedServer(inOrder(busy, busy));
        NeuPrintClient client = server.client().build()) {
      client.types("cns");
      // Half of 0.5 s, half of 1 s: the test's random number is always 0.5.
      assertThat(server.waits).containsExactly(Duration.ofMillis(250), Duration.ofMillis(500));
      assertThat(client.statistics().errors()).isEqualTo(2);
      assertThat(client.statistics().retries()).isEqualTo(2);
      assertThat(client.statistics().requests()).isEqualTo(3);
    }
  }

  @Test
  void repeatsAnswersThatBreakOff() {
    MockResponse cut = // promises more bytes than come
        new MockResponse.Builder()
            .addHeader("Content-Length", "100000")
            .socketHandler(
                (socket) -> {
                  try (BufferedSink sink = Okio.buffer(socket.getSink())) {
                    sink.writeUtf8("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"data\": [[");
                  } catch (IOException e) {
                    throw new IllegalStateException(e);
                  }
                })
            .build();
    MockResponse reset =
        new MockResponse.Builder()
            .onResponseStart(SocketEffect.ShutdownConnection.INSTANCE)
            .build();
    try (ScriptedServer server = new ScriptedServer(inOrder(cut, reset));
        NeuPrintClient client = server.client().build()) {
      assertThat(client.types("cns").neurons()).hasSize(1);
      assertThat(client.statistics().retries()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"columns\": [], \"data\": [[",
        "<html>busy</html>",
        "",
        "[]",
        "{\"columns\": []}",
        "{\"columns\": [], \"data\": [[1]]} and more",
        "{\"data\": 7}",
        "{\"data\": [7]}"
      })
  void repeatsAnswersThatAreNotNeuPrints(String body) {
    try (ScriptedServer server = new ScriptedServer(inOrder(ScriptedServer.answer(200, body)));
        NeuPrintClient client = server.client().build()) {
      assertThat(client.types("cns").neurons()).hasSize(1);
      assertThat(client.statistics().retries()).isEqualTo(1);
    }
  }

  @Test
  void waitsAsLongAsTheServerAsksInSecondsOrByDate() {
    MockResponse seconds =
        ScriptedServer.answer(503, "").newBuilder().addHeader("Retry-After", "7").build();
    MockResponse date =
        ScriptedServer.answer(429, "")
            .newBuilder()
            .addHeader("Retry-After", "Fri, 02 Jan 2026 03:05:12 GMT")
            .build();
    try (ScriptedServer server = new ScriptedServer(inOrder(seconds, date));
        NeuPrintClient client = server.client().build()) {
      client.types("cns");
      assertThat(server.waits.get(0)).isEqualTo(Duration.ofMillis(7_250));
      // 03:05:12 is 59.75 s after 03:04:12.25, and the jitter 0.5 s.
      assertThat(server.waits.get(1)).isEqualTo(Duration.ofMillis(60_250));
    }
  }

  @Test
  void givesUpOnAServerThatAsksToWaitTooLong() {
    MockResponse hour =
        ScriptedServer.answer(503, "").newBuilder().addHeader("Retry-After", "3600").build();
    try (ScriptedServer server = new ScriptedServer(inOrder(hour));
        NeuPrintClient client = server.client().build()) {
      assertThatThrownBy(() -> client.types("cns")).isInstanceOf(RefusedException.class);
      assertThat(server.waits).isEmpty();
    }
  }

  @Test
  void boundsItsRepeatsAndSaysHowManyThereWere() {
    try (ScriptedServer server = new ScriptedServer(query -> ScriptedServer.answer(503, ""));
        NeuPrintClient client = server.client().build()) {
      assertThatThrownBy(() -> client.types("cns"))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining(":" + server.web.getPort())
          .hasMessageEndingWith("was busy or away (503) in 8 attempts; try again later.");
      assertThat(server.queries).hasSize(8);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404})
  void neverRepeatsWhatOnlyAPersonCanMend(int status) {
    try (ScriptedServer server =
            new ScriptedServer(query -> ScriptedServer.answer(status, "{\"message\": \"no\"}"));
        NeuPrintClient client = server.client().build()) {
      assertThatThrownBy(() -> client.types("cns"))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("(" + status + ")")
          .hasMessageNotContaining(ScriptedServer.TOKEN);
      assertThat(server.queries).hasSize(1);
    }
  }

  /** A source whose token has been replaced since it was read first. */
  private static TokenSource replaced(String before, String after) {
    AtomicReference<String> current = new AtomicReference<>(before);
    return new TokenSource() {
      @Override
      public String token() {
        return current.get();
      }

      @Override
      public String reread() {
        current.set(after);
        return after;
      }

      @Override
      public String origin() {
        return "the secret neuprint";
      }
    };
  }

  private static Function<ScriptedServer.Query, MockResponse> onlyFor(String token) {
    return query ->
        ("Bearer " + token).equals(query.request().getHeaders().get("Authorization"))
            ? ScriptedServer.answer(200, CENSUS)
            : ScriptedServer.answer(401, "{\"message\": \"invalid or expired token\"}");
  }

  @Test
  void asksOnceMoreWithATokenThatWasReplacedMeanwhile() {
    try (ScriptedServer server = new ScriptedServer(onlyFor("new"));
        NeuPrintClient client = server.client(replaced("old", "new")).build()) {
      client.types("cns");
      client.types("cns");
      assertThat(server.queries).hasSize(3);
    }
  }

  @Test
  void asksOnlyOnceMoreAndNamesWhereTheTokenIsSet() {
    try (ScriptedServer server = new ScriptedServer(onlyFor("newer"));
        NeuPrintClient client = server.client(replaced("old", "new")).build()) {
      assertThatThrownBy(() -> client.types("cns"))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("the secret neuprint")
          .hasMessageNotContaining("old ");
      assertThat(server.queries).hasSize(2);
    }
  }

  @Test
  void readsCompressedAnswersAndCountsTheirBytesUncompressed() throws IOException {
    Buffer compressed = new Buffer();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed.outputStream())) {
      gzip.write(CENSUS.getBytes(StandardCharsets.UTF_8));
    }
    MockResponse answer =
        new MockResponse.Builder().addHeader("Content-Encoding", "gzip").body(compressed).build();
    try (ScriptedServer server = new ScriptedServer(inOrder(answer));
        NeuPrintClient client = server.client().build()) {
      client.types("cns");
      assertThat(server.queries.get(0).request().getHeaders().get("Accept-Encoding"))
          .contains("gzip");
      assertThat(client.statistics().bytesReceived()).isEqualTo(CENSUS.length());
      assertThat(LatencySummary.of(List.of(client.statistics().latency())).count()).isEqualTo(1);
    }
  }

  @Test
  void followsNoRedirectForTheTokenWouldGoThere() {
    try (MockWebServer elsewhere = new MockWebServer()) {
      elsewhere.start();
      String target = elsewhere.url("/api/custom/custom").toString();
      MockResponse redirect =
          new MockResponse.Builder().code(307).addHeader("Location", target).build();
      try (ScriptedServer server = new ScriptedServer(inOrder(redirect));
          NeuPrintClient client = server.client().build()) {
        assertThatThrownBy(() -> client.types("cns"))
            .isInstanceOf(RefusedException.class)
            .hasMessageContaining(target);
        assertThat(elsewhere.getRequestCount()).isZero();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void speaksHttp2OverTls() {
    HeldCertificate certificate =
        new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
    HandshakeCertificates ours =
        new HandshakeCertificates.Builder().heldCertificate(certificate).build();
    HandshakeCertificates theirs =
        new HandshakeCertificates.Builder()
            .addTrustedCertificate(certificate.certificate())
            .build();
    try (ScriptedServer server = new ScriptedServer(inOrder())) {
      server.web.useHttps(ours.sslSocketFactory());
      server.web.setProtocols(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1));
      OkHttpClient trusting =
          new OkHttpClient.Builder()
              .sslSocketFactory(theirs.sslSocketFactory(), theirs.trustManager())
              .build();
      try (NeuPrintClient client = server.client().http(trusting).build()) {
        client.types("cns");
        assertThat(server.queries.get(0).request().getVersion()).isEqualTo("HTTP/2");
      }
      try (NeuPrintClient distrustful =
          NeuPrintClient.of(
                  server.web.url("/").toString(),
                  new EnvironmentToken(Map.of("NEUPRINT_TOKEN", "t")))
              .build()) {
        assertThatThrownBy(() -> distrustful.types("cns"))
            .isInstanceOf(RefusedException.class)
            .hasMessageContaining("no authority that is trusted here");
      }
    }
  }

  @Test
  void sendsTheEndOfAQueryWithoutWaitingForAnAcknowledgement() throws IOException {
    try (MockWebServer server = new MockWebServer()) {
      server.start();
      SocketFactory sockets = new TcpNoDelaySocketFactory(SocketFactory.getDefault());
      try (Socket socket = sockets.createSocket();
          Socket connected = sockets.createSocket(server.getHostName(), server.getPort())) {
        assertThat(socket.getTcpNoDelay()).isTrue();
        assertThat(connected.getTcpNoDelay()).isTrue();
      }
    }
  }

  @Test
  void saysThatAServerIsNotThere() throws IOException {
    MockWebServer gone = new MockWebServer();
    gone.start();
    String address = gone.url("/").toString();
    gone.close();
    TokenSource token = new EnvironmentToken(Map.of("NEUPRINT_TOKEN", ScriptedServer.TOKEN));
    try (NeuPrintClient client = NeuPrintClient.of(address, token).build()) {
      assertThatThrownBy(() -> client.checkDataset("cns"))
          .isInstanceOf(RefusedException.class)
          .hasMessageMatching(".* could not be reached in \\d+ attempts; .*")
          .hasMessageContaining("check the server's address");
      assertThat(client.statistics().requests()).isZero();
    }
  }

  @Test
  void anAnswerThatDripsIsAskedForAgainOnce() {
    MockResponse dripping =
        ScriptedServer.answer(200, CENSUS)
            .newBuilder()
            .throttleBody(1, 50, TimeUnit.MILLISECONDS)
            .build();
    try (ScriptedServer server = new ScriptedServer(inOrder(dripping, dripping));
        NeuPrintClient client = server.client().reading(Duration.ofSeconds(1)).build()) {
      assertThatThrownBy(() -> client.types("cns"))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("more than one may be")
          .hasMessageContaining("not complete 1 s after its first byte");
      assertThat(server.queries).hasSize(2);
    }
  }

  @Test
  void takesTheServersSilenceForTooMuchToAsk() {
    MockResponse silent =
        ScriptedServer.answer(200, CENSUS).newBuilder().headersDelay(20, TimeUnit.SECONDS).build();
    try (ScriptedServer server = new ScriptedServer(inOrder(silent));
        NeuPrintClient client = server.client().readTimeout(Duration.ofMillis(200)).build()) {
      assertThatThrownBy(() -> client.types("cns"))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("gave no answer in time");
      assertThat(server.queries).hasSize(1);
    }
  }
}
