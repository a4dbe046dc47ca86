package quickpage.index.lambda;

import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Clients as a function uses them: over the JDK's own HTTP, which is small and starts fast; where
 * and as whom comes from the environment, AWS_ENDPOINT_URL included. Making one opens no connection
 * and reads no credentials.
 */
public final class AwsClients {

  private static final Duration CONNECT = Duration.ofSeconds(3);

  /** The longest silence while an answer is awaited; these services answer in milliseconds. */
  private static final Duration SILENCE = Duration.ofSeconds(10);

  /**
   * One try of a small request, so that a connection that died while the function was frozen costs
   * seconds. S3 has none: how long a body takes depends on its size.
   */
  private static final Duration TRY = Duration.ofSeconds(10);

  private AwsClients() {}

  public static S3Client s3() {
    return configure(S3Client.builder(), null, new BodyAtOnce())
        .forcePathStyle(System.getenv("AWS_ENDPOINT_URL") != null)
        .build();
  }

  public static DynamoDbClient dynamoDb() {
    return configure(DynamoDbClient.builder(), TRY).build();
  }

  public static SecretsManagerClient secrets() {
    return configure(SecretsManagerClient.builder(), TRY).build();
  }

  public static SfnClient sfn() {
    return configure(SfnClient.builder(), TRY).build();
  }

  public static SqsClient sqs() {
    return configure(SqsClient.builder(), TRY).build();
  }

  /** Standard retries are three tries with jittered pauses, and fewer when everything fails. */
  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configure(
      B builder, Duration oneTry, ExecutionInterceptor... interceptors) {
    return builder
        .httpClientBuilder(
            UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(SILENCE))
        .overrideConfiguration(
            settings ->
                settings
                    .retryStrategy(RetryMode.STANDARD)
                    .apiCallAttemptTimeout(oneTry)
                    .executionInterceptors(List.of(interceptors)));
  }
}
