package quickpage.index.site.store;

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
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.error.RefusedException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A bucket in another region than the deployment, as S3 answers for it. */
class BucketElsewhereTest {

  private final MockWebServer server = new MockWebServer();
  private S3Client s3;

  @BeforeEach
  void start() throws IOException {
    server.start();
    s3 =
        S3Client.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + server.getPort()))
            .forcePathStyle(true)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .httpClient(UrlConnectionHttpClient.create())
            .build();
  }

  @AfterEach
  void stop() {
    s3.close();
    server.close();
  }

  private void answers(int status, String region) {
    server.enqueue(
        new MockResponse.Builder().code(status).addHeader("x-amz-bucket-region", region).build());
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400})
  void isNamedWithBothRegionsInOneSentence(int status) {
    answers(status, "eu-central-1");
    S3ObjectStore store = new S3ObjectStore(s3, "pages");

    assertThatThrownBy(() -> store.read("types.html"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The bucket s3://pages/ is in eu-central-1, and this run works in us-east-1 (%d): use a bucket of the same region."
                .formatted(status));
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void isTakenForNoOtherFault() {
    answers(400, "us-east-1");
    S3ObjectStore store = new S3ObjectStore(s3, "pages");

    assertThatThrownBy(() -> store.read("types.html"))
        .isInstanceOf(RuntimeException.class)
        .message()
        .doesNotContain("region");
  }
}
