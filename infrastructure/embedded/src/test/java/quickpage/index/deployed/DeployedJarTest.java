package quickpage.index.deployed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quickpage.index.embedded.aws.EmbeddedDynamoDb;
import quickpage.index.embedded.aws.EmbeddedS3;
import software.amazon.awssdk.awscore.AwsServiceClientConfiguration;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Each function as Lambda starts it: the deployable jar unpacked, in AWS's own runtime client, on
 * the Java of its runtime.
 */
class DeployedJarTest {

  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Path JAR = ROOT.resolve("functions/target/quickpage-index-functions.jar");

  @TempDir static Path scratch;
  private static Path java;
  private static EmbeddedS3 s3;
  private static EmbeddedDynamoDb dynamoDb;

  @BeforeAll
  static void unpackAndServe() throws IOException {
    assumeThat(JAR)
        .as("the deployable jar is made by ./mvnw package, which has not run")
        .isRegularFile();
    Optional<Path> found = java25();
    assumeThat(found).as("no JDK 25 is installed, the Java that is deployed").isPresent();
    java = found.orElseThrow();
    unpack(JAR, scratch.resolve("task"));
    s3 = EmbeddedS3.start(Map.of("my-site", Files.createDirectory(scratch.resolve("site"))));
    dynamoDb = EmbeddedDynamoDb.start(Files.createDirectory(scratch.resolve("table")));
    dynamoDb.createTable("cache");
  }

  @AfterAll
  static void stop() throws IOException {
    if (dynamoDb != null) {
      dynamoDb.close();
    }
    if (s3 != null) {
      s3.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "plan, PlanRunHandler",
    "batch, IndexBatchHandler",
    "compose, ComposeIndexHandler",
    "finish, FinishRunHandler",
  })
  void aStageBootsAnswersItsEventAndRefusesAnEmptyOne(String stage, String handler)
      throws Exception {
    Path log = scratch.resolve(stage + ".log");
    try (RuntimeApi api = RuntimeApi.start()) {
      Process process = boot(stage, "quickpage.index." + stage + "." + handler, api, log);
      try {
        api.send(Files.readString(ROOT.resolve("events/handlers/" + stage + ".json")));
        RuntimeApi.Answer answer = api.answerOf(process);
        assertThat(answer).as(Files.readString(log)).isNotNull();
        assertThat(answer.kind()).as(answer.body() + Files.readString(log)).isEqualTo("response");
        // The site of the event is empty, so there is nothing to read that a run left before.
        assertThat(failure(answer)).isNotEmpty();

        api.send("{}");
        RuntimeApi.Answer refusal = api.answerOf(process);
        assertThat(refusal).as(Files.readString(log)).isNotNull();
        assertThat(refusal.kind()).as(refusal.body()).isEqualTo("response");
        assertThat(failure(refusal)).contains("cannot be read").contains("is missing");
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void theJarIsSmallAndHoldsNothingTwice() throws IOException {
    assertThat(Files.size(JAR)).as("bytes").isLessThan(30_000_000L);
    try (ZipFile zip = new ZipFile(JAR.toFile())) {
      List<String> libraries =
          zip.stream()
              .map(ZipEntry::getName)
              .filter(name -> name.endsWith(".jar"))
              .map(name -> name.replaceFirst("-[0-9][^/]*\\.jar$", ""))
              .filter(name -> !name.equals("lib/annotations")) // the SDK's and JetBrains'
              .toList();
      assertThat(libraries).doesNotHaveDuplicates().contains("lib/quickpage-index-functions");
      assertThat(libraries)
          .noneMatch(name -> name.contains("netty") || name.contains("apache-client"));
    }
  }

  private static String failure(RuntimeApi.Answer answer) throws IOException {
    JsonNode failure = new ObjectMapper().readTree(answer.body()).path("failure");
    return failure.isTextual() ? failure.asText() : "";
  }

  private static Process boot(String stage, String handler, RuntimeApi api, Path log)
      throws IOException {
    String client =
        Stream.of(AWSLambda.class, RequestStreamHandler.class, PojoSerializer.class)
            .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
            .collect(Collectors.joining(File.pathSeparator));
    ProcessBuilder builder =
        new ProcessBuilder(
            java.toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx512m",
            "-cp",
            client,
            AWSLambda.class.getName(),
            handler);
    AwsServiceClientConfiguration bucket = s3.client().serviceClientConfiguration();
    AwsServiceClientConfiguration table = dynamoDb.client().serviceClientConfiguration();
    AwsCredentialsIdentity who =
        (AwsCredentialsIdentity) bucket.credentialsProvider().resolveIdentity().join();
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("NEUPRINT") || name.startsWith("AWS"));
    environment.putAll(
        Map.ofEntries(
            Map.entry("AWS_LAMBDA_RUNTIME_API", api.address()),
            Map.entry("LAMBDA_TASK_ROOT", scratch.resolve("task").toString()),
            Map.entry("AWS_LAMBDA_FUNCTION_NAME", stage),
            Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024"),
            Map.entry("AWS_REGION", "us-east-1"),
            Map.entry("AWS_ACCESS_KEY_ID", who.accessKeyId()),
            Map.entry("AWS_SECRET_ACCESS_KEY", who.secretAccessKey()),
            Map.entry("AWS_ENDPOINT_URL", endpoint(bucket)),
            Map.entry("AWS_ENDPOINT_URL_S3", endpoint(bucket)),
            Map.entry("AWS_ENDPOINT_URL_DYNAMODB", endpoint(table)),
            Map.entry("CACHE_TABLE", "cache"),
            Map.entry("UPLOAD_QUEUE_URL", "http://127.0.0.1:1/queue"),
            Map.entry("POWERTOOLS_SERVICE_NAME", stage),
            Map.entry("POWERTOOLS_METRICS_NAMESPACE", "QuickpageIndex")));
    return builder
        .directory(scratch.resolve("task").toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private static String endpoint(AwsServiceClientConfiguration client) {
    return client.endpointOverride().orElseThrow().toString();
  }

  private static void unpack(Path zip, Path folder) throws IOException {
    try (ZipFile packed = new ZipFile(zip.toFile())) {
      for (ZipEntry entry : packed.stream().filter(e -> !e.isDirectory()).toList()) {
        Path file = folder.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        try (InputStream in = packed.getInputStream(entry)) {
          Files.copy(in, file);
        }
      }
    }
  }

  /** Where JDKs are on Linux: the one that runs this, JAVA_HOME, and the usual folder. */
  private static Optional<Path> java25() throws IOException {
    Stream<Path> installed = Stream.empty();
    Path usual = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(usual)) {
      try (Stream<Path> homes = Files.list(usual)) {
        installed = homes.sorted().toList().stream();
      }
    }
    return Stream.concat(Stream.of(Path.of(System.getProperty("java.home"))), installed)
        .filter(DeployedJarTest::isJava25)
        .map(home -> home.resolve("bin/java"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static boolean isJava25(Path home) {
    try {
      return Files.readString(home.resolve("release")).contains("JAVA_VERSION=\"25");
    } catch (IOException e) {
      return false;
    }
  }
}
