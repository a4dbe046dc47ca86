package quickpage.index.deployed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quickpage.index.embedded.aws.EmbeddedDynamoDb;
import quickpage.index.embedded.aws.EmbeddedS3;
import quickpage.index.lease.DynamoDbPendingUploads;
import quickpage.index.lease.SiteName;
import software.amazon.awssdk.awscore.AwsServiceClientConfiguration;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Each function as Lambda starts it: the deployable jar unpacked, in AWS's own runtime client, on
 * the Java of its runtime.
 */
@Tag("each-jdk")
class DeployedJarIT {

  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  private static final SiteName SITE = new SiteName("my-site", "male-cns/");
  private static final String MACHINE =
      "arn:aws:states:eu-central-1:123456789012:stateMachine:quickpage-index-dev";
  private static final String NOTHING_FAILED = "{\"batchItemFailures\":[]}";

  @TempDir static Path scratch;
  private static Path java;
  private static EmbeddedS3 s3;
  private static EmbeddedDynamoDb dynamoDb;
  private static OtherServices others;

  @BeforeAll
  static void unpackAndServe() throws IOException {
    assumeThat(DeployableJar.FILE)
        .as("the deployable jar is made by ./mvnw package, which has not run")
        .isRegularFile();
    Optional<Path> found = DeployableJar.java25();
    assumeThat(found).as("no JDK 25 is installed, the Java that is deployed").isPresent();
    java = found.orElseThrow();
    DeployableJar.unpack(scratch.resolve("task"));
    s3 = EmbeddedS3.start(Files.createDirectory(scratch.resolve("buckets")));
    s3.createBucket("my-site");
    dynamoDb = EmbeddedDynamoDb.start();
    dynamoDb.createTable("cache");
    others = new OtherServices(null);
  }

  @AfterAll
  static void stop() throws IOException {
    if (others != null) {
      others.close();
    }
    if (dynamoDb != null) {
      dynamoDb.close();
    }
    if (s3 != null) {
      s3.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "plan, PlanRunHandler, 'There is no secret \"neuprint-token\" in Secrets Manager'",
    "batch, IndexBatchHandler, context-7d793037a0760186574b0282f2f435e7.json is gone: start the run"
        + " again.",
    "compose, ComposeIndexHandler, plan.json is gone: start the run again.",
    "finish, FinishRunHandler, plan.json is gone: start the run again.",
  })
  void aStageBootsAnswersItsEventAndRefusesAnEmptyOne(String stage, String handler, String sentence)
      throws Exception {
    try (FunctionProcess function = boot(stage, handler)) {
      // There is no such secret, and in the site nothing to read that a run left before.
      assertThat(failure(function.call(event(stage)))).contains(sentence);
      assertThat(failure(function.call("{}"))).contains("cannot be read").contains("is missing");
    }
  }

  /**
   * With SnapStart: the runtime client tells the function, which then runs in what it will need.
   */
  @ParameterizedTest
  @CsvSource({
    "plan, PlanRunHandler",
    "batch, IndexBatchHandler",
    "compose, ComposeIndexHandler",
    "finish, FinishRunHandler",
  })
  void aStageIsWarmBeforeItsSnapshotAndAnswersAfterIt(String stage, String handler)
      throws Exception {
    Path classes = scratch.resolve(stage + ".classes");
    try (FunctionProcess function =
        boot(
            stage,
            handler,
            List.of(
                FunctionProcess.HEARS_OF_SNAPSHOTS, "-Xlog:class+load:file=%s".formatted(classes)),
            FunctionProcess.SNAP_START)) {
      function.awaitSnapshot();
      assertThat(Files.readString(classes)).contains("quickpage.index.lambda.AwsPriming ");
      assertThat(Files.readString(scratch.resolve(stage + ".log")))
          .doesNotContain("could not be warmed up");
      function.restore();
      assertThat(failure(function.call("{}"))).contains("cannot be read");
    }
  }

  @Test
  void startBootsAnswersItsEventsAndHandsBackWhatNobodyCanRead() throws Exception {
    try (FunctionProcess function = boot("start", "StartRunHandler")) {
      assertThat(function.call(event("start-tick"))).isEqualTo(NOTHING_FAILED);
      assertThat(pending()).as("a recheck where nothing changed").isFalse();

      // While uploads are held, a page is noted and nothing is started.
      DynamoDbPendingUploads pendingUploads =
          new DynamoDbPendingUploads(dynamoDb.client(), "cache");
      pendingUploads.update(SITE, seen -> seen.hold("by a test"));
      assertThat(function.call(event("start-upload"))).isEqualTo(NOTHING_FAILED);
      assertThat(pending()).isTrue();

      String answer = function.call(event("start-tick").replace("\\\"kind\\\":", ""));
      assertThat(answer).contains("\"itemIdentifier\":\"059f36b4-87a3-44ab-83d2-661970000001\"");
    }
  }

  private static boolean pending() {
    return new DynamoDbPendingUploads(dynamoDb.client(), "cache").read(SITE).pending();
  }

  private static String event(String name) throws IOException {
    return Files.readString(ROOT.resolve("events/handlers/" + name + ".json"));
  }

  @Test
  void theJarIsSmallAndHoldsNothingTwice() throws IOException {
    assertThat(Files.size(DeployableJar.FILE)).as("bytes").isLessThan(30_000_000L);
    try (ZipFile zip = new ZipFile(DeployableJar.FILE.toFile())) {
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

  private static String failure(String answer) throws IOException {
    JsonNode failure = new ObjectMapper().readTree(answer).path("failure");
    return failure.isTextual() ? failure.asText() : "";
  }

  private static FunctionProcess boot(String stage, String handler) throws IOException {
    return boot(stage, handler, List.of(FunctionProcess.COMPILE_QUICKLY), Map.of());
  }

  private static FunctionProcess boot(
      String stage, String handler, List<String> further, Map<String, String> variables)
      throws IOException {
    AwsServiceClientConfiguration bucket = s3.client().serviceClientConfiguration();
    AwsServiceClientConfiguration table = dynamoDb.client().serviceClientConfiguration();
    AwsCredentialsIdentity who =
        (AwsCredentialsIdentity) bucket.credentialsProvider().resolveIdentity().join();
    Map<String, String> environment = new HashMap<>(variables);
    environment.putAll(
        Map.ofEntries(
            Map.entry("AWS_LAMBDA_FUNCTION_NAME", stage),
            Map.entry("AWS_REGION", "us-east-1"),
            Map.entry("AWS_ACCESS_KEY_ID", who.accessKeyId()),
            Map.entry("AWS_SECRET_ACCESS_KEY", who.secretAccessKey()),
            Map.entry("AWS_ENDPOINT_URL", others.endpoint()),
            Map.entry("AWS_ENDPOINT_URL_S3", endpoint(bucket)),
            Map.entry("AWS_ENDPOINT_URL_DYNAMODB", endpoint(table)),
            Map.entry("CACHE_TABLE", "cache"),
            Map.entry("UPLOAD_QUEUE_URL", others.endpoint() + "/123456789012/uploads"),
            Map.entry("STATE_MACHINE_ARN", MACHINE),
            Map.entry("SITE_BUCKET", SITE.bucket()),
            Map.entry("SITE_PREFIX", SITE.prefix()),
            Map.entry("QUIET_SECONDS", "60"),
            Map.entry("NEUPRINT_SERVER", "https://neuprint.janelia.org"),
            Map.entry("NEUPRINT_DATASET", "male-cns:v0.9"),
            Map.entry("DEPLOYMENT", "quickpage-index-dev")));
    List<String> settings = new ArrayList<>(further);
    settings.add("-Xmx512m");
    return FunctionProcess.boot(
        java,
        settings,
        FunctionProcess.runtimeClient(),
        scratch.resolve("task"),
        "quickpage.index." + stage + "." + handler,
        environment,
        scratch.resolve(stage + ".log"));
  }

  private static String endpoint(AwsServiceClientConfiguration client) {
    return client.endpointOverride().orElseThrow().toString();
  }
}
