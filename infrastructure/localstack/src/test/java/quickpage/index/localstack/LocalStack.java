package quickpage.index.localstack;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/**
 * Where AWS is for these tests: the LocalStack that LOCALSTACK_ENDPOINT names, otherwise a
 * container that lives as long as this JVM.
 *
 * @param hostOfTests the name by which functions reach a server of this machine
 */
record LocalStack(URI endpoint, String hostOfTests) {

  /** The last one that works without an account; newer images want LOCALSTACK_AUTH_TOKEN. */
  private static final String IMAGE = "localstack/localstack:4.14.0";

  private static final String DOCKER_HOST = "host.docker.internal";

  private static Optional<LocalStack> running;

  /** Whether there is one; starts it where it is a container. */
  @SuppressWarnings("OptionalAssignedToNull")
  static synchronized boolean isThere() {
    if (running == null) {
      running = look();
    }
    return running.isPresent();
  }

  /** The one that is there. */
  static LocalStack find() {
    if (!isThere()) {
      throw new IllegalStateException("@NeedsLocalStack is missing at this test");
    }
    return running.orElseThrow();
  }

  private static Optional<LocalStack> look() {
    String given = environment("LOCALSTACK_ENDPOINT", "");
    if (!given.isEmpty()) {
      return Optional.of(
          new LocalStack(URI.create(given), environment("LOCALSTACK_HOST_OF_TESTS", "127.0.0.1")));
    }
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      return Optional.empty();
    }
    return Optional.of(started());
  }

  /** It ends with this JVM: Testcontainers removes it, or the hook below where that is off. */
  @SuppressWarnings("resource")
  private static LocalStack started() {
    String image = System.getProperty("localstack.image", environment("LOCALSTACK_IMAGE", IMAGE));
    LocalStackContainer container =
        new LocalStackContainer(
                DockerImageName.parse(image).asCompatibleSubstituteFor("localstack/localstack"))
            .withExtraHost(DOCKER_HOST, "host-gateway")
            // In LocalStack's own image functions are containers beside it, of this machine's kind.
            .withEnv("LAMBDA_DOCKER_FLAGS", "--add-host=" + DOCKER_HOST + ":host-gateway")
            .withEnv("LAMBDA_IGNORE_ARCHITECTURE", "1");
    String token = environment("LOCALSTACK_AUTH_TOKEN", "");
    if (!token.isEmpty()) {
      container.withEnv("LOCALSTACK_AUTH_TOKEN", token);
    }
    container.start();
    Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
    return new LocalStack(container.getEndpoint(), DOCKER_HOST);
  }

  private static String environment(String name, String otherwise) {
    String value = System.getenv(name);
    return value == null || value.isBlank() ? otherwise : value;
  }

  /** The same for a client of the SDK. */
  <B extends AwsClientBuilder<B, C>, C> C client(B builder) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .build();
  }

  /** The same for the command line. */
  Map<String, String> environment() {
    return Map.of(
        "AWS_ENDPOINT_URL", endpoint.toString(),
        "AWS_REGION", "us-east-1",
        "AWS_ACCESS_KEY_ID", "test",
        "AWS_SECRET_ACCESS_KEY", "test");
  }

  boolean inContainer() {
    return !hostOfTests.equals("127.0.0.1");
  }
}
