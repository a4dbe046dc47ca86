package quickpage.index.lambda;

import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Clients as a function uses them: over the JDK's own HTTP, which is small and starts fast; where
 * and as whom comes from the environment, AWS_ENDPOINT_URL included.
 */
public final class AwsClients {

  private AwsClients() {}

  public static S3Client s3() {
    return S3Client.builder()
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .forcePathStyle(System.getenv("AWS_ENDPOINT_URL") != null)
        .build();
  }

  public static DynamoDbClient dynamoDb() {
    return DynamoDbClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build();
  }
}
