package quickpage.index.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import quickpage.index.json.Json;
import quickpage.index.lease.DynamoDbPendingUploads;
import quickpage.index.lease.PendingUploads;
import quickpage.index.lease.SiteName;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The one site of these tests: a deployed stack, the server that it asks, and its pages. */
final class DeployedSite {
  static final String PREFIX = "male-cns/";

  /** The quiet window; the least that the template allows. */
  static final Duration QUIET = Duration.ofSeconds(10);

  /** What one poll of the queue may last; as in the template. */
  private static final Duration BATCHING_WINDOW = Duration.ofSeconds(5);

  /** Longer than any run here, its functions' start and the quiet window take together. */
  private static final Duration PATIENCE = Duration.ofSeconds(150);

  /**
   * Messages of the queue that somebody has yet to handle. Delayed ones are not among them: what
   * they could start is pending in the table, too.
   */
  private static final Set<String> WAITING =
      Set.of("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible");

  private static DeployedSite shared;

  private final LocalStack localStack = LocalStack.find();
  private final SandboxForLambdas neuPrint = new SandboxForLambdas("male-cns:v0.9", localStack);
  private final String secret = "token-" + UUID.randomUUID();
  private final Stack stack;
  private final S3Client s3 = localStack.client(S3Client.builder().forcePathStyle(true));
  private final SfnClient stepFunctions = localStack.client(SfnClient.builder());
  private final SqsClient sqs = localStack.client(SqsClient.builder());
  private final DynamoDbClient dynamoDb = localStack.client(DynamoDbClient.builder());

  /** Deployed once, for deploying takes longer than most tests; it ends with the JVM. */
  static synchronized DeployedSite shared() {
    LocalStack.find();
    if (shared == null) {
      shared = new DeployedSite();
    }
    return shared;
  }

  private DeployedSite() {
    token(neuPrint.token());
    stack = new Stack(localStack, "site-" + UUID.randomUUID().toString().substring(0, 8));
    deploy(Map.of());
  }

  /** Deploys, with these parameters beside those that every test wants. */
  void deploy(Map<String, String> parameters) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("Stage", "dev");
    all.put("NeuPrintServer", neuPrint.server());
    all.put("NeuPrintDataset", neuPrint.dataset());
    all.put("NeuPrintTokenSecretName", secret);
    all.put("SitePrefix", PREFIX);
    all.put("QuietSeconds", Long.toString(QUIET.toSeconds()));
    // A new environment of a function is a JVM, which takes seconds to start.
    all.put("MaxConcurrency", "2");
    all.put("PageTitle", "From the stack");
    all.put("PageLinks", "Lab=https://lab.example/?a=b,Methods=methods.html");
    all.putAll(parameters);
    stack.deploy(all);
  }

  LocalStack localStack() {
    return localStack;
  }

  SandboxForLambdas neuPrint() {
    return neuPrint;
  }

  /** Puts another token into the secret. */
  void token(String token) {
    try (SecretsManagerClient secrets = localStack.client(SecretsManagerClient.builder())) {
      boolean missing =
          secrets.listSecrets().secretList().stream().noneMatch(s -> s.name().equals(secret));
      if (missing) {
        secrets.createSecret(b -> b.name(secret).secretString(token));
      } else {
        secrets.putSecretValue(b -> b.secretId(secret).secretString(token));
      }
    }
  }

  // --- Pages -----------------------------------------------------------------------------------

  String bucket() {
    return stack.output("SiteBucketName");
  }

  void upload(String key) {
    upload(key, "<!doctype html><title>page</title>");
  }

  void upload(String key, String text) {
    s3.putObject(
        b -> b.bucket(bucket()).key(PREFIX + key).contentType("text/html"),
        RequestBody.fromString(text));
  }

  void remove(String key) {
    s3.deleteObject(b -> b.bucket(bucket()).key(PREFIX + key));
  }

  /** Removes versions of an object for good, the newest of which readers see. */
  void removeVersions(String key, boolean newest) {
    s3.listObjectVersions(b -> b.bucket(bucket()).prefix(PREFIX + key)).versions().stream()
        .filter(version -> version.isLatest() == newest)
        .forEach(
            version ->
                s3.deleteObject(
                    b -> b.bucket(bucket()).key(version.key()).versionId(version.versionId())));
  }

  /** Removes all below the prefix but pages of types, as a sync with --delete does. */
  void removeAllButPages() {
    s3.listObjectsV2Paginator(b -> b.bucket(bucket()).prefix(PREFIX)).contents().stream()
        .map(object -> object.key().substring(PREFIX.length()))
        .filter(key -> !key.startsWith("types/"))
        .forEach(this::remove);
  }

  /** What readers see: everything below the prefix but what runs keep. */
  Map<String, byte[]> published() {
    Map<String, byte[]> published = new TreeMap<>();
    s3.listObjectsV2Paginator(b -> b.bucket(bucket()).prefix(PREFIX)).contents().stream()
        .map(object -> object.key().substring(PREFIX.length()))
        .filter(key -> !key.startsWith(".quickpage-index/"))
        .forEach(key -> published.put(key, bytes(key)));
    return published;
  }

  private byte[] bytes(String key) {
    return s3.getObjectAsBytes(b -> b.bucket(bucket()).key(PREFIX + key)).asByteArray();
  }

  /** The page that readers open. */
  String page() {
    return new String(bytes("types.html"), StandardCharsets.UTF_8);
  }

  JsonNode index() {
    return json("data/index.json");
  }

  JsonNode json(String key) {
    try {
      return Json.MAPPER.readTree(bytes(key));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a run has written one of the files that it keeps. */
  boolean wasWritten(String execution, String file) {
    String run = execution.substring(execution.lastIndexOf(':') + 1);
    String key = PREFIX + ".quickpage-index/runs/" + run + "/" + file;
    return s3.listObjectsV2(b -> b.bucket(bucket()).prefix(key)).keyCount() > 0;
  }

  JsonNode report(String run) {
    return json(".quickpage-index/runs/" + run + "/report.json");
  }

  /** Whether the index that readers see has a type with a page. */
  boolean hasPageOf(String type) {
    return new String(bytes("data/index.json"), StandardCharsets.UTF_8)
        .contains("types/" + type + ".html");
  }

  // --- Runs ------------------------------------------------------------------------------------

  /** Starts a run as the console does, and waits for its end. */
  DescribeExecutionResponse run(String input) {
    return end(start(input));
  }

  String start(String input) {
    return stepFunctions
        .startExecution(
            b ->
                b.stateMachineArn(stack.output("StateMachineArn"))
                    .name("by-hand-" + UUID.randomUUID())
                    .input(input))
        .executionArn();
  }

  void stop(String execution) {
    stepFunctions.stopExecution(b -> b.executionArn(execution));
  }

  DescribeExecutionResponse describe(String execution) {
    return stepFunctions.describeExecution(b -> b.executionArn(execution));
  }

  DescribeExecutionResponse end(String execution) {
    await("the end of " + execution, () -> describe(execution).status() != ExecutionStatus.RUNNING);
    return describe(execution);
  }

  /** All since a moment, the oldest first, without the map's children. */
  List<ExecutionListItem> runsSince(Instant moment) {
    return stepFunctions
        .listExecutionsPaginator(b -> b.stateMachineArn(stack.output("StateMachineArn")))
        .executions()
        .stream()
        .filter(run -> !run.startDate().isBefore(moment))
        .sorted(Comparator.comparing(ExecutionListItem::startDate))
        .toList();
  }

  /** Waits until so many runs were started since a moment and none is at work. */
  List<ExecutionListItem> ended(int runs, Instant since) {
    await(
        runs + " ended runs",
        () -> {
          List<ExecutionListItem> found = runsSince(since);
          return found.size() >= runs
              && found.stream().noneMatch(run -> run.status() == ExecutionStatus.RUNNING);
        });
    return runsSince(since);
  }

  /**
   * Waits until nothing is at work and nothing will start by itself: no run, no lease, no pending
   * upload, no message on its way.
   */
  void settle() {
    AtomicReference<List<String>> atWork = new AtomicReference<>();
    await(
        () -> "the site at rest; at work: " + atWork.get(),
        PATIENCE,
        () -> {
          atWork.set(atWork());
          return atWork.get().isEmpty();
        });
  }

  private List<String> atWork() {
    List<String> found = new ArrayList<>();
    PendingUploads uploads = pendingUploads();
    if (uploads.waiting()) {
      found.add("pending uploads " + uploads);
    }
    if (isLeased()) {
      found.add("a lease " + item("lease#"));
    }
    Map<String, String> messages = messages("UploadQueueUrl");
    if (!messages.isEmpty()) {
      found.add("messages " + messages);
    }
    runsSince(Instant.EPOCH).stream()
        .filter(run -> run.status() == ExecutionStatus.RUNNING)
        .forEach(run -> found.add("the run " + run.name()));
    return found;
  }

  /** Whether somebody has the site's lease; one that was given back has expired. */
  boolean isLeased() {
    AttributeValue expires = item("lease#").get("expires");
    return expires != null && Long.parseLong(expires.n()) > Instant.now().getEpochSecond();
  }

  /** What uploads left, and no published index has seen. */
  PendingUploads pendingUploads() {
    return new DynamoDbPendingUploads(dynamoDb, stack.output("CacheTableName"))
        .read(new SiteName(bucket(), PREFIX));
  }

  Map<String, AttributeValue> item(String kind) {
    String key = "%s%s/%s".formatted(kind, bucket(), PREFIX);
    return dynamoDb
        .getItem(
            b ->
                b.tableName(stack.output("CacheTableName"))
                    .key(Map.of("pk", AttributeValue.fromS(key)))
                    .consistentRead(true))
        .item();
  }

  // --- Messages --------------------------------------------------------------------------------

  void send(String message) {
    sqs.sendMessage(b -> b.queueUrl(stack.output("UploadQueueUrl")).messageBody(message));
  }

  /**
   * How long a message that was not handled to its end waits for its next try; three minutes in the
   * template, of which a test may need five. A poll at work still gives the time that it began
   * with, so this waits until that has ended.
   */
  void triesAgainAfter(Duration time) {
    sqs.setQueueAttributes(
        b ->
            b.queueUrl(stack.output("UploadQueueUrl"))
                .attributes(
                    Map.of(
                        QueueAttributeName.VISIBILITY_TIMEOUT, Long.toString(time.toSeconds()))));
    pause(BATCHING_WINDOW.multipliedBy(2));
  }

  List<String> deadLetters() {
    return sqs
        .receiveMessage(
            b ->
                b.queueUrl(stack.output("UploadDeadLetterQueueUrl"))
                    .maxNumberOfMessages(10)
                    .visibilityTimeout(0))
        .messages()
        .stream()
        .map(Message::body)
        .toList();
  }

  /** How many messages of a queue wait in which way, without those of which there are none. */
  private Map<String, String> messages(String queue) {
    return sqs
        .getQueueAttributes(b -> b.queueUrl(stack.output(queue)).attributeNamesWithStrings("All"))
        .attributesAsStrings()
        .entrySet()
        .stream()
        .filter(e -> WAITING.contains(e.getKey()) && !e.getValue().equals("0"))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  // --- The command line ------------------------------------------------------------------------

  CommandLine.Ended command(String... words) {
    List<String> arguments = new ArrayList<>(Arrays.asList(words));
    arguments.addAll(List.of("--stack", stack.name()));
    return CommandLine.run(localStack.environment(), arguments);
  }

  /** One that has to succeed; gives what it printed. */
  String done(String... words) {
    CommandLine.Ended ended = command(words);
    assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
    return ended.out();
  }

  static void await(String what, BooleanSupplier there) {
    await(what, PATIENCE, there);
  }

  static void await(String what, Duration patience, BooleanSupplier there) {
    await(() -> what, patience, there);
  }

  /** Waits for what has a description that changes meanwhile. */
  private static void await(Supplier<String> what, Duration patience, BooleanSupplier there) {
    Instant last = Instant.now().plus(patience);
    while (!there.getAsBoolean()) {
      assertThat(Instant.now()).as(() -> "waiting for " + what.get()).isBefore(last);
      pause(Duration.ofMillis(500));
    }
  }

  static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The file of an input that the documentation names. */
  static String event(String path) {
    try {
      return Files.readString(Stack.ROOT.resolve("events").resolve(Path.of(path)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
