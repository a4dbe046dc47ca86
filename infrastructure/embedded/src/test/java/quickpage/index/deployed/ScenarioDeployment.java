package quickpage.index.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import quickpage.index.embedded.aws.EmbeddedDynamoDb;
import quickpage.index.embedded.aws.EmbeddedS3;
import quickpage.index.json.Json;
import quickpage.index.lease.DynamoDbPendingUploads;
import quickpage.index.lease.SiteName;
import quickpage.index.local.SandboxProcess;
import software.amazon.awssdk.awscore.AwsServiceClientConfiguration;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * The five functions at work, each as the template has it: its handler, its environment, the names
 * of its resources. S3, DynamoDB and NeuPrint are real; every call of AWS is written down.
 */
final class ScenarioDeployment implements AutoCloseable {

  static final String STACK = "quickpage-index-dev";
  static final String BUCKET = "my-site";
  static final String PREFIX = "male-cns/";
  static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  static final Path TEMPLATE = ROOT.resolve("infrastructure/template.yaml");

  static final List<String> STAGES = List.of("plan", "batch", "compose", "finish", "start");

  private static final String SECRET = "neuprint-token";
  private static final String TOKEN = tokenThatEnds();

  private final Path folder;
  private final Path bucket;
  private final Path site;
  private final SandboxProcess neuPrint;
  private final OtherServices others;
  private final EmbeddedS3 s3;
  private final EmbeddedDynamoDb dynamoDb;
  private final CloudFormationTemplate template;
  private final NeuPrintRelay relay;
  private final Launcher launcher;
  private final Map<String, FunctionProcess> functions = new HashMap<>();

  /** Starts the process of a function; its log goes to a file. */
  interface Launcher {
    FunctionProcess start(String stage, String handler, Map<String, String> environment, Path log)
        throws IOException, InterruptedException;
  }

  ScenarioDeployment(Path folder) throws IOException {
    this(folder, SandboxProcess.start(TOKEN, "512m", dataset(folder, 120, 600)), null);
  }

  /** One in which NeuPrint has a large dataset and is far away, and what it is asked is noted. */
  static ScenarioDeployment large(
      Path folder, int types, int neurons, String latency, Launcher launcher) throws IOException {
    List<String> flags = new ArrayList<>(dataset(folder, types, neurons));
    flags.addAll(List.of("--latency", latency));
    return new ScenarioDeployment(
        folder, SandboxProcess.startForLong(TOKEN, "2g", flags), launcher);
  }

  private static List<String> dataset(Path folder, int types, int neurons) {
    return List.of(
        "--dataset",
        "male-cns:v0.9",
        "--types",
        Integer.toString(types),
        "--neurons",
        Integer.toString(neurons),
        "--awkward-names",
        "--export",
        folder.resolve("export").toString());
  }

  /** The launcher is null if the calls of AWS are to be written down. */
  private ScenarioDeployment(Path folder, SandboxProcess neuPrint, Launcher launcher)
      throws IOException {
    this.folder = folder;
    this.neuPrint = neuPrint;
    this.launcher = launcher == null ? this::recorded : launcher;
    relay = NeuPrintRelay.to(neuPrint.server());
    others = new OtherServices(TOKEN);
    s3 = EmbeddedS3.start(Files.createDirectory(folder.resolve("buckets")));
    bucket = s3.createBucket(BUCKET);
    site = Files.createDirectories(bucket.resolve(PREFIX));
    dynamoDb = EmbeddedDynamoDb.start();
    template = template(BUCKET, relay.address());
    dynamoDb.createTable(cacheTable());
    declareRecorder();
  }

  private String cacheTable() {
    return template.environmentOf("PlanFunction").get("CACHE_TABLE");
  }

  /** Forgets all facts, and all leases and pending uploads. */
  void emptyCache() {
    dynamoDb.client().deleteTable(b -> b.tableName(cacheTable()));
    dynamoDb.createTable(cacheTable());
  }

  /** What NeuPrint is asked goes through it. */
  NeuPrintRelay relay() {
    return relay;
  }

  /** The template as this deployment has it. */
  CloudFormationTemplate template() {
    return template;
  }

  /** A JSON Web Token, as far as its end is asked for. */
  private static String tokenThatEnds() {
    String payload =
        "{\"exp\":%d}".formatted(Instant.now().plusSeconds(8_000_000).getEpochSecond());
    return "head.%s.signature"
        .formatted(Base64.getUrlEncoder().encodeToString(payload.getBytes(StandardCharsets.UTF_8)));
  }

  /** What a stage has written to its log until now. */
  List<String> log(String stage) throws IOException {
    return Files.readAllLines(folder.resolve(stage + ".log"));
  }

  /**
   * The template as it is deployed for the site of the events.
   *
   * @param givenBucket empty if the stack creates it
   */
  static CloudFormationTemplate template(String givenBucket, String neuPrintServer)
      throws IOException {
    return template(givenBucket, neuPrintServer, Map.of());
  }

  /** The same with other parameters. */
  static CloudFormationTemplate template(
      String givenBucket, String neuPrintServer, Map<String, String> parameters)
      throws IOException {
    String machine = AwsCalls.arn("states", "stateMachine:" + STACK);
    String queue = STACK + "-upload-queue";
    Map<String, String> names = new HashMap<>();
    names.put("AWS::Partition", "aws");
    names.put("AWS::Region", AwsCalls.REGION);
    names.put("AWS::AccountId", AwsCalls.ACCOUNT);
    names.put("AWS::StackName", STACK);
    names.put("NeuPrintServer", neuPrintServer);
    names.put("NeuPrintDataset", "male-cns:v0.9");
    names.put("NeuPrintTokenSecretName", SECRET);
    names.put("SiteBucketName", givenBucket);
    names.put("SitePrefix", PREFIX);
    names.put("SiteBucket", BUCKET);
    names.put("CacheTable", STACK + "-cache-table");
    names.put("CacheTable.Arn", AwsCalls.arn("dynamodb", "table/" + STACK + "-cache-table"));
    names.put(
        "UploadQueue",
        "https://sqs.%s.amazonaws.com/%s/%s".formatted(AwsCalls.REGION, AwsCalls.ACCOUNT, queue));
    names.put("UploadQueue.Arn", AwsCalls.arn("sqs", queue));
    names.put("UploadQueue.QueueName", queue);
    names.put("UploadDeadLetterQueue.QueueName", STACK + "-UploadDeadLetterQueue");
    names.put("IndexStateMachine", machine);
    names.put("IndexStateMachine.Name", STACK);
    names.put("UploadDeadLetterQueue.Arn", AwsCalls.arn("sqs", STACK + "-UploadDeadLetterQueue"));
    names.put("SiteBucket.Arn", "arn:aws:s3:::" + BUCKET);
    for (String rule :
        List.of("EndedRunsRule", "UploadsRule", "IndexFilesRule", "DatasetRule", "TokenRule")) {
      names.put(rule + ".Arn", AwsCalls.arn("events", "rule/" + STACK + "-" + rule));
    }
    names.put("Distribution", "E123EXAMPLE");
    names.put("BeforeTrafficLogs.Arn", AwsCalls.arn("logs", "log-group:hook:*"));
    for (String stage : STAGES) {
      names.put(
          capital(stage) + "Logs.Arn",
          AwsCalls.arn("logs", "log-group:/aws/lambda/%s-%s:*".formatted(STACK, stage)));
      names.put(
          capital(stage) + "Function.Arn",
          AwsCalls.arn("lambda", "function:%s-%s".formatted(STACK, stage)));
    }
    names.putAll(parameters);
    return CloudFormationTemplate.read(TEMPLATE, names);
  }

  static String capital(String stage) {
    return stage.substring(0, 1).toUpperCase(Locale.ROOT) + stage.substring(1);
  }

  private void declareRecorder() throws IOException {
    Path declaration = folder.resolve("recorder").resolve(AwsCallRecorder.DECLARED_IN);
    Files.createDirectories(declaration.getParent());
    Files.writeString(declaration, AwsCallRecorder.class.getName());
  }

  EmbeddedS3 s3() {
    return s3;
  }

  Path recorded(String stage) {
    return folder.resolve(stage + ".calls");
  }

  /** What each stage has called until now. */
  Map<String, Set<RecordedAwsCall>> calls() throws IOException {
    Map<String, Set<RecordedAwsCall>> calls = new LinkedHashMap<>();
    for (String stage : STAGES) {
      calls.put(stage, new LinkedHashSet<>(AwsCallRecorder.read(recorded(stage))));
    }
    return calls;
  }

  /** Names of the dataset's types that are plain file names. */
  List<String> types() throws IOException {
    return allTypes().stream().filter(name -> name.matches("[A-Za-z]+[0-9]+[a-z]?")).toList();
  }

  /** Names of all types of the dataset. */
  List<String> allTypes() throws IOException {
    JsonNode types = Json.MAPPER.readTree(folder.resolve("export/types.json").toFile());
    List<String> names = new ArrayList<>();
    types.forEach(type -> names.add(type.isTextual() ? type.asText() : type.path("name").asText()));
    return names;
  }

  /** Puts a page where S3 lists it; a benchmark has thousands. */
  void upload(String path, String text) throws IOException {
    Path file = site.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Writes a file as somebody else's tool does. */
  void write(String path, String text) {
    s3.client()
        .putObject(
            request -> request.bucket(BUCKET).key(PREFIX + path), RequestBody.fromString(text));
  }

  void removePages(String pages) throws IOException {
    try (Stream<Path> files = Files.list(site.resolve(pages))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  JsonNode file(String key) throws IOException {
    return Json.MAPPER.readTree(bucket.resolve(key).toFile());
  }

  JsonNode event(String name) throws IOException {
    return Json.MAPPER.readTree(ROOT.resolve("events/handlers/" + name + ".json").toFile());
  }

  /** Starts a function anew; a process that it had ends. */
  FunctionProcess restart(String stage) throws IOException, InterruptedException {
    end(stage);
    functions.put(stage, boot(stage));
    return functions.get(stage);
  }

  /** Ends the process of a function, if it has one. */
  void end(String stage) {
    FunctionProcess running = functions.remove(stage);
    if (running != null) {
      running.close();
    }
  }

  /** The process of a function; null if it has none. */
  FunctionProcess function(String stage) {
    return functions.get(stage);
  }

  /** Invokes a function. */
  JsonNode call(String stage, JsonNode event) throws IOException, InterruptedException {
    FunctionProcess function = functions.get(stage);
    if (function == null) {
      function = restart(stage);
    }
    return Json.MAPPER.readTree(function.call(event.toString()));
  }

  static ObjectNode execution(String name) {
    return Json.MAPPER
        .createObjectNode()
        .put("id", AwsCalls.arn("states", "execution:" + STACK + ":" + name))
        .put("name", name)
        .put("startTime", Instant.now().toString());
  }

  JsonNode plan(ObjectNode execution) throws IOException, InterruptedException {
    return plan(execution, event("plan").get("input"));
  }

  JsonNode plan(ObjectNode execution, JsonNode input) throws IOException, InterruptedException {
    ObjectNode request = (ObjectNode) event("plan");
    ((ObjectNode) request.get("defaults")).put("server", relay.address());
    request.set("input", input);
    return call("plan", request.set("execution", execution));
  }

  void batches(JsonNode planned) throws IOException, InterruptedException {
    // Where everything is cached, there are no items.
    if (planned.path("batches").asInt() > 0) {
      for (JsonNode batch : file(planned.path("itemsKey").asText())) {
        batch(planned, batch);
      }
    }
  }

  JsonNode batch(JsonNode planned, JsonNode batch) throws IOException, InterruptedException {
    return call("batch", place(planned).set("batch", batch));
  }

  JsonNode compose(JsonNode planned, ObjectNode execution)
      throws IOException, InterruptedException {
    return call("compose", place(planned).set("execution", execution));
  }

  /** Leaves the site's uploads to a run that nobody hears of any more. */
  void takeUploadsUpByARunThatVanished() {
    Instant longAgo = Instant.now().minus(Duration.ofHours(1));
    new DynamoDbPendingUploads(dynamoDb.client(), cacheTable())
        .update(
            new SiteName(BUCKET, PREFIX),
            seen -> seen.changed(Instant.now()).listing("vanished", longAgo));
  }

  JsonNode finish(ObjectNode execution, JsonNode planned, JsonNode composed)
      throws IOException, InterruptedException {
    ObjectNode request = (ObjectNode) event("finish");
    request.set("plan", planned);
    request.set("compose", composed);
    return call("finish", request.set("execution", execution));
  }

  private static ObjectNode place(JsonNode planned) {
    ObjectNode place = Json.MAPPER.createObjectNode();
    for (String field : List.of("run", "bucket", "prefix")) {
      place.set(field, planned.get(field));
    }
    return place;
  }

  private FunctionProcess boot(String stage) throws IOException, InterruptedException {
    String function = capital(stage) + "Function";
    AwsServiceClientConfiguration bucket = s3.client().serviceClientConfiguration();
    AwsCredentialsIdentity who =
        (AwsCredentialsIdentity) bucket.credentialsProvider().resolveIdentity().join();
    Map<String, String> environment = new HashMap<>(template.environmentOf(function));
    environment.put("AWS_LAMBDA_FUNCTION_NAME", STACK + "-" + stage);
    environment.put("AWS_REGION", AwsCalls.REGION);
    environment.put("AWS_ACCESS_KEY_ID", who.accessKeyId());
    environment.put("AWS_SECRET_ACCESS_KEY", who.secretAccessKey());
    environment.put("AWS_ENDPOINT_URL", others.endpoint());
    environment.put("AWS_ENDPOINT_URL_S3", endpoint(bucket));
    environment.put(
        "AWS_ENDPOINT_URL_DYNAMODB", endpoint(dynamoDb.client().serviceClientConfiguration()));
    return launcher.start(
        stage,
        (String) template.properties(function).get("Handler"),
        environment,
        folder.resolve(stage + ".log"));
  }

  /** With the class path of this process, and with the recorder of its calls. */
  private FunctionProcess recorded(
      String stage, String handler, Map<String, String> environment, Path log) throws IOException {
    Map<String, String> all = new HashMap<>(environment);
    all.put(AwsCallRecorder.FILE_VARIABLE, recorded(stage).toString());
    return FunctionProcess.boot(
        Path.of(System.getProperty("java.home"), "bin", "java"),
        List.of(FunctionProcess.COMPILE_QUICKLY, "-Xmx512m"),
        List.of(folder.resolve("recorder").toString(), System.getProperty("java.class.path")),
        Files.createDirectories(folder.resolve("no-code")),
        handler,
        all,
        log);
  }

  private static String endpoint(AwsServiceClientConfiguration client) {
    return client.endpointOverride().orElseThrow().toString();
  }

  @Override
  public void close() throws IOException {
    functions.values().forEach(FunctionProcess::close);
    dynamoDb.close();
    s3.close();
    others.close();
    relay.close();
    neuPrint.close();
  }
}
