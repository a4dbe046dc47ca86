package quickpage.index.neuprint.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Credentials;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import quickpage.index.error.RefusedException;
import quickpage.index.neuprint.NeuPrint;
import quickpage.index.neuprint.NeuPrintAddress;
import quickpage.index.neuprint.network.Network;
import quickpage.index.neuprint.network.ProxyVariables;
import quickpage.index.neuprint.token.EnvironmentToken;

/** Servers with an authority of their own, and those that only a proxy reaches. */
@Timeout(60)
class ReachedServerTest {
  private static final HeldCertificate AUTHORITY =
      new HeldCertificate.Builder().commonName("The Institute").certificateAuthority(0).build();
  private static final HeldCertificate OTHER =
      new HeldCertificate.Builder().commonName("Another").certificateAuthority(0).build();
  private static final HeldCertificate OF_SERVER =
      new HeldCertificate.Builder()
          .signedBy(AUTHORITY)
          .addSubjectAlternativeName("localhost")
          .addSubjectAlternativeName("neuprint.test")
          .build();

  private ScriptedServer server;
  private int port;

  @BeforeEach
  void start() throws IOException {
    server =
        new ScriptedServer(
            query ->
                ScriptedServer.answer(
                    200,
                    ScriptedServer.body(
                        List.of(
                            List.of(List.of(List.of("Tm3", 12)), "u1", "2026-01-02", 1, 12, 3)))));
    server.web.useHttps(
        new HandshakeCertificates.Builder()
            .heldCertificate(OF_SERVER, AUTHORITY.certificate())
            .build()
            .sslSocketFactory());
    server.web.start();
    port = server.web.getPort();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static NeuPrintClients clients(Network network) {
    return new NeuPrintClients(
        new EnvironmentToken(Map.of("NEUPRINT_TOKEN", ScriptedServer.TOKEN)), network);
  }

  private static void ask(String address, Network network) {
    NeuPrint neuPrint = clients(network).apply(new NeuPrintAddress(address, "run", "", "", ""));
    assertThat(neuPrint.types("cns").neurons()).isEqualTo(Map.of("Tm3", 12L));
  }

  private String direct() {
    return "https://localhost:" + port;
  }

  private static Network trusting(X509Certificate... given) {
    return new Network(secret -> List.of(given), List::of, ProxyVariables.NONE);
  }

  private static Network through(String variable, String proxy) {
    return new Network(
        secret -> List.of(AUTHORITY.certificate()),
        List::of,
        new ProxyVariables(Map.of(variable, proxy)));
  }

  @Test
  void anAuthorityThatIsGivenIsTrustedBesideTheOthers() {
    ask(direct(), trusting(OTHER.certificate(), AUTHORITY.certificate()));
    assertThat(server.queries).hasSize(1);
  }

  @Test
  void aServersOwnCertificateMayBeGivenToo() {
    ask(direct(), trusting(OF_SERVER.certificate()));
  }

  @Test
  void aCertificateOfNobodyIsRefusedWithTheFlagThatHelps() {
    for (Network network : List.of(Network.DIRECT, trusting(OTHER.certificate()))) {
      assertThatThrownBy(() -> ask(direct(), network))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("its certificate is of no authority that is trusted here")
          .hasMessageContaining("--ca-file")
          .hasMessageContaining("NeuPrintAuthoritiesSecretName");
    }
    assertThat(server.queries).isEmpty();
  }

  @Test
  void aCertificateOfAnotherHostIsRefusedWithoutThatAdvice() {
    assertThatThrownBy(() -> ask("https://127.0.0.1:" + port, trusting(AUTHORITY.certificate())))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("TLS certificate or protocol was not accepted")
        .hasMessageNotContaining("--ca-file");
  }

  @Test
  void theMachinesAuthoritiesAreReadOnceAndOnlyWhereTheOthersDoNotDo() {
    AtomicInteger read = new AtomicInteger();
    Network network =
        new Network(
            secret -> List.of(AUTHORITY.certificate()),
            () -> {
              read.incrementAndGet();
              return List.of();
            },
            ProxyVariables.NONE);
    ask(direct(), network);
    assertThat(read).hasValue(0);

    ask(
        direct(),
        new Network(
            secret -> List.of(),
            () -> {
              read.incrementAndGet();
              return List.of(OTHER.certificate(), AUTHORITY.certificate());
            },
            ProxyVariables.NONE));
    assertThat(read).hasValue(1);
  }

  @Test
  void aProxyIsAskedForAHostThatItAloneKnows() throws IOException {
    try (ConnectProxy proxy = new ConnectProxy(port, null)) {
      ask("https://neuprint.test", through("HTTPS_PROXY", "http://localhost:" + proxy.port()));

      assertThat(proxy.asked).containsExactly("CONNECT neuprint.test:443 HTTP/1.1");
      assertThat(server.queries.get(0).request().getHeaders().get("Authorization"))
          .isEqualTo("Bearer " + ScriptedServer.TOKEN);
      assertThat(server.queries.get(0).request().getHeaders().get("Proxy-Authorization")).isNull();
    }
  }

  @Test
  void aProxyGetsUserAndPasswordAsTheyAreMeant() throws IOException {
    String expected = Credentials.basic("me+you", "p@ss/wörd", StandardCharsets.UTF_8);
    try (ConnectProxy proxy = new ConnectProxy(port, expected)) {
      ask(
          "https://neuprint.test",
          through("https_proxy", "http://me+you:p%40ss%2Fw%C3%B6rd@localhost:" + proxy.port()));

      assertThat(proxy.asked).containsExactly("CONNECT neuprint.test:443 HTTP/1.1 " + expected);
    }
  }

  @Test
  void aProxyThatRefusesThePasswordIsNotAskedAgainAndThePasswordNotTold() throws IOException {
    try (ConnectProxy proxy = new ConnectProxy(port, Credentials.basic("me", "right"))) {
      assertThatThrownBy(
              () ->
                  ask(
                      "https://neuprint.test",
                      through("HTTPS_PROXY", "http://me:wrong@localhost:" + proxy.port())))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining(
              "could not be reached: the proxy localhost:%d of the variable HTTPS_PROXY refused the"
                  + " user or the password",
              proxy.port())
          .hasMessageNotContaining("wrong");
      assertThat(proxy.asked).hasSize(1);
    }
  }

  @Test
  void aProxyThatWantsAPasswordAndHasNoneIsNamed() throws IOException {
    try (ConnectProxy proxy = new ConnectProxy(port, Credentials.basic("me", "right"))) {
      assertThatThrownBy(
              () ->
                  ask(
                      "https://neuprint.test",
                      through("HTTPS_PROXY", "http://localhost:" + proxy.port())))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("of the variable HTTPS_PROXY wants a user and password");
    }
  }

  @Test
  void aProxyThatIsNotThereIsNamed() throws IOException {
    int gone;
    try (ConnectProxy proxy = new ConnectProxy(port, null)) {
      gone = proxy.port();
    }
    NeuPrint neuPrint =
        clients(through("ALL_PROXY", "http://localhost:" + gone))
            .apply(new NeuPrintAddress("https://neuprint.test", "run", "", "", ""));
    assertThatThrownBy(() -> neuPrint.checkDataset("cns"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(
            "could not be reached through the proxy localhost:%d of the variable ALL_PROXY", gone)
        .hasMessageContaining("NO_PROXY");
  }
}
