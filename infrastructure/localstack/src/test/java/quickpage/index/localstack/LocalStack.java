package quickpage.index.localstack;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
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

  /** What a first look has found; null before it. */
  private static Look look;

  private record Look(Optional<LocalStack> found, String whyNot) {
    static Look found(LocalStack running) {
      return new Look(Optional.of(running), "");
    }

    static Look none(String why) {
      return new Look(Optional.empty(), why);
    }
  }

  /** Why there is none, "" where there is one; starts it where it is a container. */
  static String whyNot() {
    return looked().whyNot();
  }

  /** The one that is there. */
  static LocalStack find() {
    return looked()
        .found()
        .orElseThrow(() -> new IllegalStateException("@NeedsLocalStack is missing at this test"));
  }

  private static synchronized Look looked() {
    if (look == null) {
      look = look();
    }
    return look;
  }

  private static Look look() {
    String given = environment("LOCALSTACK_ENDPOINT", "");
    if (!given.isEmpty()) {
      return Look.found(
          new LocalStack(URI.create(given), environment("LOCALSTACK_HOST_OF_TESTS", "127.0.0.1")));
    }
    try {
      // Asks the engine with a container of Testcontainers' own, so this may want an image, too.
      if (!DockerClientFactory.instance().isDockerAvailable()) {
        return Look.none("LOCALSTACK_ENDPOINT names no LocalStack and no Docker engine answers");
      }
      return Look.found(started());
    } catch (ContainerFetchException noImage) {
      return Look.none(
          "LOCALSTACK_ENDPOINT names no LocalStack and the Docker engine gets no image ("
              + rootOf(noImage)
              + ")");
    }
  }

  private static Throwable rootOf(Throwable thrown) {
    return thrown.getCause() == null ? thrown : rootOf(thrown.getCause());
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
