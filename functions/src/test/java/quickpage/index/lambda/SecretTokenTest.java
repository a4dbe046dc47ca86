package quickpage.index.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quickpage.index.error.RefusedException;
import quickpage.index.model.TransientFailure;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** What becomes of Secrets Manager's answers; the real one is met in the suite on LocalStack. */
class SecretTokenTest {

  private final MockWebServer server = new MockWebServer();
  private SecretsManagerClient client;
  private SecretToken token;

  @BeforeEach
  void start() throws IOException {
    server.start();
    client =
        SecretsManagerClient.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + server.getPort()))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .overrideConfiguration(
                settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .build();
    token = new SecretToken(client, "neuprint-token");
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private void answers(int status, String body) {
    server.enqueue(
        new MockResponse.Builder()
            .code(status)
            .addHeader("Content-Type", "application/x-amz-json-1.1")
            .body(body)
            .build());
  }

  private void holds(String value) {
    answers(200, "{\"Name\":\"neuprint-token\",\"SecretString\":\"%s\"}".formatted(value));
  }

  @Test
  void theSecretIsReadOnceAndRemembered() throws InterruptedException {
    holds("abc.def.ghi");

    assertThat(token.token()).isEqualTo("abc.def.ghi");
    assertThat(token.token()).isEqualTo("abc.def.ghi");
    assertThat(server.getRequestCount()).isEqualTo(1);
    assertThat(server.takeRequest().getBody().utf8())
        .isEqualTo("{\"SecretId\":\"neuprint-token\"}");
  }

  @Test
  void neuPrintsJsonDocumentIsAsGood() {
    holds("{\\\"token\\\": \\\"abc.def.ghi\\\", \\\"email\\\": \\\"me\\\"}");

    assertThat(token.token()).isEqualTo("abc.def.ghi");
  }

  @Test
  void aRefusedTokenIsReadAgainAndTheNewOneRemembered() {
    holds("old");
    holds("new");

    assertThat(token.token()).isEqualTo("old");
    assertThat(token.reread()).isEqualTo("new");
    assertThat(token.token()).isEqualTo("new");
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | ResourceNotFoundException | There is no secret \"neuprint-token\"",
        "400 | AccessDeniedException     | of this account and region that this function may read",
        "400 | InvalidRequestException   | marked for deletion or has no value",
        "400 | DecryptionFailure         | use the secret's KMS key"
      })
  void whatAPersonMustMendIsRefusedByName(int status, String type, String sentence) {
    answers(status, "{\"__type\":\"%s\",\"Message\":\"no\"}".formatted(type));

    assertThatThrownBy(token::token)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("secret \"neuprint-token\" in Secrets Manager")
        .hasMessageContaining(sentence)
        .hasMessageEndingWith(".");
  }

  @ParameterizedTest
  @CsvSource({"500, InternalServiceError", "400, ThrottlingException", "503, x"})
  void whatMayMendIsRepeated(int status, String type) {
    answers(status, "{\"__type\":\"%s\"}".formatted(type));

    assertThatThrownBy(token::token)
        .isInstanceOf(TransientFailure.class)
        .hasMessage("The secret \"neuprint-token\" in Secrets Manager could not be read just now.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                     | it is empty",
        "two s3cret words       | cannot be a NeuPrint token",
        "{\\\"tok\\\": \\\"s3cret\\\"} | no readable \"token\""
      })
  void whatIsNoTokenIsRefusedWithoutRepeatingIt(String value, String sentence) {
    holds(value);

    assertThatThrownBy(token::token)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("the secret \"neuprint-token\" in Secrets Manager")
        .hasMessageContaining(sentence)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void bytesAreNoToken() {
    answers(200, "{\"Name\":\"neuprint-token\",\"SecretBinary\":\"czNjcmV0\"}");

    assertThatThrownBy(token::token)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("store the NeuPrint token as text");
  }

  @Test
  void aSecretThatComesLaterIsFound() {
    answers(400, "{\"__type\":\"ResourceNotFoundException\"}");
    holds("abc");

    assertThatThrownBy(token::token).isInstanceOf(RefusedException.class);
    assertThat(token.token()).isEqualTo("abc");
  }
}
