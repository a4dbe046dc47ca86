package quickpage.index.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import quickpage.index.model.SideCounts;
import quickpage.index.model.SynapseCounts;
import quickpage.index.model.TypeFacts;
import quickpage.index.model.TypeProperties;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** A stack with as much as the commands need, deployed in a second. */
final class SmallStack implements AutoCloseable {

  private final LocalStack localStack = LocalStack.find();
  private final CloudFormationClient cloudFormation =
      localStack.client(CloudFormationClient.builder());
  private final String name;
  private final Map<String, String> outputs;

  /** The outputs that the command line uses, with an upload queue and a state machine. */
  static SmallStack deployed(String prefix) {
    return new SmallStack("small-stack.yaml", Map.of("SitePrefix", prefix));
  }

  /** A stack of somebody else's. */
  static SmallStack foreign() {
    return new SmallStack("foreign-stack.yaml", Map.of());
  }

  private SmallStack(String template, Map<String, String> parameters) {
    name = "quickpage-" + UUID.randomUUID();
    cloudFormation.createStack(
        b ->
            b.stackName(name)
                .templateBody(resource(template))
                .capabilities(Capability.CAPABILITY_IAM)
                .parameters(
                    parameters.entrySet().stream()
                        .map(
                            p ->
                                Parameter.builder()
                                    .parameterKey(p.getKey())
                                    .parameterValue(p.getValue())
                                    .build())
                        .toList()));
    outputs =
        cloudFormation
            .waiter()
            .waitUntilStackCreateComplete(b -> b.stackName(name))
            .matched()
            .response()
            .orElseThrow()
            .stacks()
            .get(0)
            .outputs()
            .stream()
            .collect(Collectors.toMap(Output::outputKey, Output::outputValue));
  }

  Map<String, String> environment() {
    return localStack.environment();
  }

  String name() {
    return name;
  }

  String bucket() {
    return outputs.get("SiteBucketName");
  }

  String table() {
    return outputs.get("CacheTableName");
  }

  S3Client s3() {
    return localStack.client(S3Client.builder().forcePathStyle(true));
  }

  DynamoDbClient dynamoDb() {
    return localStack.client(DynamoDbClient.builder());
  }

  void write(String key, String content) {
    s3().putObject(b -> b.bucket(bucket()).key(key), RequestBody.fromString(content));
  }

  String read(String key) {
    return s3().getObjectAsBytes(b -> b.bucket(bucket()).key(key)).asUtf8String();
  }

  Map<String, AttributeValue> item(String key) {
    return dynamoDb()
        .getItem(
            b ->
                b.tableName(table())
                    .key(Map.of("pk", AttributeValue.fromS(key)))
                    .consistentRead(true))
        .item();
  }

  /** Bodies of the messages in the upload queue. */
  List<String> messages() {
    try (SqsClient sqs = localStack.client(SqsClient.builder())) {
      return sqs
          .receiveMessage(b -> b.queueUrl(outputs.get("UploadQueueUrl")).maxNumberOfMessages(10))
          .messages()
          .stream()
          .map(Message::body)
          .toList();
    }
  }

  String inputOf(String execution) {
    try (SfnClient stepFunctions = localStack.client(SfnClient.builder())) {
      return stepFunctions.describeExecution(b -> b.executionArn(execution)).input();
    }
  }

  void stop(String execution, String cause) {
    try (SfnClient stepFunctions = localStack.client(SfnClient.builder())) {
      stepFunctions.stopExecution(b -> b.executionArn(execution).cause(cause));
    }
  }

  static TypeFacts facts(String type) {
    return new TypeFacts(
        type,
        new SideCounts(2, 1, 1, 0),
        new SynapseCounts(10, 20),
        List.of(),
        TypeProperties.NONE);
  }

  static String resource(String name) {
    try (var in = SmallStack.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    cloudFormation.deleteStack(b -> b.stackName(name));
    cloudFormation.close();
  }
}
