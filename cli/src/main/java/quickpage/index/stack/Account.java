package quickpage.index.stack;

import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import quickpage.index.site.store.S3ObjectStore;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/**
 * The account that the usual settings of AWS name: credentials, region, profile and endpoint come
 * from where the AWS command line takes them.
 */
public final class Account implements AutoCloseable {

  private final Region region;
  private final AwsCredentialsProvider credentials;
  private final SdkHttpClient http = UrlConnectionHttpClient.create();

  private Account(Region region, AwsCredentialsProvider credentials) {
    this.region = region;
    this.credentials = credentials;
  }

  /**
   * The account of the environment.
   *
   * @throws WrongSettingException if there are no credentials or no region
   */
  public static Account ofEnvironment() {
    Region region = region();
    AwsCredentialsProvider credentials = DefaultCredentialsProvider.builder().build();
    try {
      credentials.resolveCredentials();
    } catch (SdkClientException e) {
      throw new WrongSettingException(noCredentials(System.getenv("AWS_PROFILE")), e);
    }
    return new Account(region, credentials);
  }

  private static Region region() {
    try {
      return new DefaultAwsRegionProviderChain().getRegion();
    } catch (SdkClientException e) {
      throw new WrongSettingException(
          "No AWS region is set: set AWS_REGION, or a region in the profile that AWS_PROFILE"
              + " names.",
          e);
    }
  }

  private static String noCredentials(String profile) {
    return profile == null || profile.isBlank()
        ? "No AWS credentials were found: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and"
            + " AWS_SECRET_ACCESS_KEY."
        : ("The profile %s gives no AWS credentials: sign in with"
                + " \"aws sso login --profile %s\", or name another with AWS_PROFILE.")
            .formatted(profile, profile);
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B settled(B builder) {
    return builder.region(region).credentialsProvider(credentials).httpClient(http);
  }

  CloudFormationClient cloudFormation() {
    return settled(CloudFormationClient.builder()).build();
  }

  SfnClient stepFunctions() {
    return settled(SfnClient.builder()).build();
  }

  SqsClient sqs() {
    return settled(SqsClient.builder()).build();
  }

  /** For the cache table. */
  public DynamoDbClient dynamoDb() {
    return settled(DynamoDbClient.builder()).build();
  }

  S3Client s3() {
    S3ClientBuilder builder = settled(S3Client.builder());
    S3Client client = builder.build();
    Optional<URI> endpoint = client.serviceClientConfiguration().endpointOverride();
    // Elsewhere than at AWS, a bucket is seldom a host of its own.
    return endpoint.isPresent() ? builder.forcePathStyle(true).build() : client;
  }

  S3ObjectStore objects(String bucket) {
    return new S3ObjectStore(s3(), bucket);
  }

  /** Where this is, for a sentence. */
  String where() {
    return cloudFormation()
        .serviceClientConfiguration()
        .endpointOverride()
        .map(endpoint -> "%s at %s".formatted(region.id(), endpoint))
        .orElse(region.id());
  }

  /**
   * Who asks, as AWS knows them: {@code user/NAME}, or {@code assumed-role/ROLE/SESSION}, which
   * names the person where they sign in through IAM Identity Center.
   */
  public String caller() {
    String arn = identity().arn();
    return arn.substring(arn.lastIndexOf(':') + 1);
  }

  /** The time as AWS has it; whether this machine's clock is right does not matter. */
  Clock clock() {
    return AwsClock.of(identity().sdkHttpResponse(), Clock.systemUTC());
  }

  private GetCallerIdentityResponse identity() {
    return AwsCall.of(
        "ask who you are", () -> settled(StsClient.builder()).build().getCallerIdentity());
  }

  @Override
  public void close() {
    http.close();
  }
}
