package quickpage.index.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quickpage.index.error.RefusedException;
import quickpage.index.json.Json;
import quickpage.index.neuprint.NeuPrintAddress;
import quickpage.index.neuprint.client.NeuPrintClients;
import quickpage.index.neuprint.client.ScriptedServer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** What a deployment's functions read of Secrets Manager before they ask NeuPrint. */
class FunctionTokensTest {
  private static final String CENSUS =
      ScriptedServer.body(
          List.of(List.of(List.of(List.of("Tm3", 12)), "u1", "2026-01-02", 1, 12, 3)));

  private final MockWebServer secretsManager = new MockWebServer();
  private final HeldCertificate certificate =
      new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
  private SecretsManagerClient client;
  private NeuPrintClients clients;

  @BeforeEach
  void start() throws IOException {
    secretsManager.start();
    client =
        SecretsManagerClient.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + secretsManager.getPort()))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    clients = new FunctionTokens(client).clients();
  }

  @AfterEach
  void stop() {
    client.close();
    secretsManager.close();
  }

  private void secret(String value) {
    secretsManager.enqueue(
        new MockResponse.Builder()
            .addHeader("Content-Type", "application/x-amz-json-1.1")
            .body(Json.MAPPER.createObjectNode().put("SecretString", value).toString())
            .build());
  }

  private ScriptedServer encrypted(int status) throws IOException {
    ScriptedServer server =
        new ScriptedServer(query -> ScriptedServer.answer(status, status == 200 ? CENSUS : "{}"));
    server.web.useHttps(
        new HandshakeCertificates.Builder()
            .heldCertificate(certificate)
            .build()
            .sslSocketFactory());
    server.web.start();
    return server;
  }

  private static String address(ScriptedServer server) {
    return "https://localhost:" + server.web.getPort();
  }

  @Test
  void theAuthoritiesOfASecretAreTrustedAndReadOnce() throws IOException {
    try (ScriptedServer server = encrypted(200)) {
      assertThat(secretsManager.getRequestCount()).as("before the first question").isZero();
      secret(certificate.certificatePem());

      for (int i = 0; i < 2; i++) {
        clients
            .apply(new NeuPrintAddress(address(server), "run", "", "", "authorities"))
            .types("cns");
      }

      assertThat(server.queries).hasSize(2);
      assertThat(secretsManager.getRequestCount()).isEqualTo(1);
    }
  }

  @Test
  void aSecretWithoutACertificateIsNamed() throws IOException {
    secret("nothing");
    assertThatThrownBy(
            () ->
                clients.apply(
                    new NeuPrintAddress("https://localhost:1", "run", "", "", "authorities")))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith(
            "There is no certificate in the secret \"authorities\" in Secrets Manager");
  }

  @Test
  void withoutTheNameOfASecretNoneIsReadAndNoTokenSent() throws IOException {
    try (ScriptedServer server = encrypted(401)) {
      secret(certificate.certificatePem());

      assertThatThrownBy(
              () ->
                  clients
                      .apply(new NeuPrintAddress(address(server), "run", "", "", "authorities"))
                      .types("cns"))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("wants a token (401), and none is set")
          .hasMessageContaining("NeuPrintTokenSecretName");
      assertThat(server.queries.get(0).request().getHeaders().get("Authorization")).isNull();
      assertThat(secretsManager.getRequestCount()).as("the authorities alone").isEqualTo(1);
    }
  }
}
