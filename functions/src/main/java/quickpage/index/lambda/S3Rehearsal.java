package quickpage.index.lambda;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import quickpage.index.model.Json;
import quickpage.index.site.Content;
import quickpage.index.site.ObjectStore;
import quickpage.index.site.S3ObjectStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Everything between a stage and the wire, once: requests are built, signed with made-up
 * credentials and answered here; nothing is connected to. The client is thrown away.
 */
final class S3Rehearsal {

  private static final String LIST =
      "<ListBucketResult><IsTruncated>false</IsTruncated>"
          + "<Contents><Key>a.html</Key></Contents></ListBucketResult>";

  private S3Rehearsal() {}

  static void run() {
    try (S3Client s3 =
        S3Client.builder()
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")))
            .httpClient(new Answers())
            .build()) {
      S3ObjectStore store = new S3ObjectStore(s3, "rehearsal");
      store.write("a.json", Content.json(Json.bytes("a")));
      store.etag("a.json");
      store.htmlFilesIn("");
      store.read("a.json").ifPresent(S3Rehearsal::close);
    }
  }

  private static void close(ObjectStore.Stored stored) {
    try (stored) {
      stored.body().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says yes to everything. */
  private static final class Answers implements SdkHttpClient {

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      byte[] body =
          request.httpRequest().method() == SdkHttpMethod.GET
              ? LIST.getBytes(StandardCharsets.UTF_8)
              : new byte[0];
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          return HttpExecuteResponse.builder()
              .response(
                  SdkHttpResponse.builder()
                      .statusCode(200)
                      .putHeader("ETag", "\"rehearsal\"")
                      .putHeader("Content-Length", Integer.toString(body.length))
                      .build())
              .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
              .build();
        }

        @Override
        public void abort() {
          // It is over when it begins.
        }
      };
    }

    @Override
    public void close() {
      // There is nothing open.
    }
  }
}
