package quickpage.index.lambda;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.function.BiConsumer;
import quickpage.index.cache.DynamoDbFactCache;
import quickpage.index.cache.FactCache;
import quickpage.index.json.Json;
import quickpage.index.site.run.RunFolder;
import quickpage.index.site.settings.OwnersFiles;
import quickpage.index.site.store.Content;
import quickpage.index.site.store.ObjectStore;
import quickpage.index.site.store.S3ObjectStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Everything between a stage and the wire, once: requests are built, signed with made-up
 * credentials and answered here; nothing is connected to. The clients are thrown away.
 */
public final class AwsPriming {

  private static final String LIST =
      "<ListBucketResult><IsTruncated>false</IsTruncated>"
          + "<Contents><Key>A.html</Key></Contents></ListBucketResult>";

  /** What DynamoDB answers where there is nothing, and where everything was written. */
  private static final String NO_ITEMS =
      "{\"Responses\": {}, \"UnprocessedKeys\": {}, \"UnprocessedItems\": {}}";

  private static final String NO_SUCH_KEY = "<Error><Code>NoSuchKey</Code></Error>";

  private AwsPriming() {}

  /** Lets a stage work on an empty cache and on a store that takes everything. */
  public static void of(BiConsumer<FactCache, ObjectStore> stage) {
    try (S3Client s3 = s3();
        DynamoDbClient dynamoDb = client(DynamoDbClient.builder(), NO_ITEMS)) {
      stage.accept(
          new DynamoDbFactCache(dynamoDb, "priming", Clock.systemUTC()),
          new S3ObjectStore(s3, "priming"));
    }
  }

  /** A client of an S3 that holds one page wherever it is looked at. */
  private static S3Client s3() {
    return client(S3Client.builder(), LIST);
  }

  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, String body) {
    return builder
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")))
        .httpClient(new Answers(body))
        .build();
  }

  /** Writes, looks for and reads objects. */
  static void run() {
    try (S3Client s3 = s3()) {
      S3ObjectStore store = new S3ObjectStore(s3, "priming");
      store.write("a.json", Content.json(Json.bytes("a")));
      store.etag("a.json");
      store.htmlFilesIn("");
      store.read("a.json").ifPresent(AwsPriming::close);
    }
  }

  private static void close(ObjectStore.Stored stored) {
    try (stored) {
      stored.body().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Says yes to everything.
   *
   * @param answer the body of every answer that has one
   */
  private record Answers(String answer) implements SdkHttpClient {

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      SdkHttpMethod method = request.httpRequest().method();
      boolean hasBody = method == SdkHttpMethod.GET || method == SdkHttpMethod.POST;
      // Of the files that runs and the site's owner keep there is none yet.
      String path = request.httpRequest().encodedPath();
      boolean isThere =
          method != SdkHttpMethod.GET
              || !(path.contains(RunFolder.OWN)
                  || OwnersFiles.PATHS.stream().anyMatch(path::endsWith));
      byte[] body =
          (!isThere ? NO_SUCH_KEY : hasBody ? answer : "").getBytes(StandardCharsets.UTF_8);
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          return HttpExecuteResponse.builder()
              .response(
                  SdkHttpResponse.builder()
                      .statusCode(isThere ? 200 : 404)
                      .putHeader("ETag", "\"priming\"")
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
