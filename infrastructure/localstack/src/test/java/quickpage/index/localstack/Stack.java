package quickpage.index.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetStatus;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.s3.S3Client;

/** The template in CloudFormation, deployed by the calls that {@code sam deploy} makes. */
final class Stack {
  static final Path ROOT = root();

  private static final Path TEMPLATE = ROOT.resolve("infrastructure/template.yaml");
  private static final Pattern LOCAL_FILE =
      Pattern.compile("(?m)^(\\s+(?:CodeUri|DefinitionUri):) (\\.\\S+)$");

  /** Functions, aliases and a state machine in LocalStack: about half a minute. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final LocalStack localStack;
  private final String name;
  private Map<String, String> outputs = Map.of();

  Stack(LocalStack localStack, String name) {
    this.localStack = localStack;
    this.name = name;
  }

  String name() {
    return name;
  }

  String output(String key) {
    return outputs.get(key);
  }

  /** Creates or updates it and waits until that is done. */
  void deploy(Map<String, String> parameters) {
    try (CloudFormationClient cloudFormation = localStack.client(CloudFormationClient.builder())) {
      String changes = "changes-" + System.currentTimeMillis();
      String template = packaged();
      cloudFormation.createChangeSet(
          b ->
              b.stackName(name)
                  .changeSetName(changes)
                  .changeSetType(outputs.isEmpty() ? ChangeSetType.CREATE : ChangeSetType.UPDATE)
                  .capabilities(Capability.CAPABILITY_IAM, Capability.CAPABILITY_AUTO_EXPAND)
                  .templateURL(template)
                  .parameters(
                      parameters.entrySet().stream()
                          .map(
                              p ->
                                  Parameter.builder()
                                      .parameterKey(p.getKey())
                                      .parameterValue(p.getValue())
                                      .build())
                          .toList()));
      DeployedSite.await(
          "the change set",
          PATIENCE,
          () -> {
            DescribeChangeSetResponse set =
                cloudFormation.describeChangeSet(b -> b.stackName(name).changeSetName(changes));
            assertThat(set.status()).as(set.statusReason()).isNotEqualTo(ChangeSetStatus.FAILED);
            return set.status() == ChangeSetStatus.CREATE_COMPLETE;
          });
      StackStatus done =
          outputs.isEmpty() ? StackStatus.CREATE_COMPLETE : StackStatus.UPDATE_COMPLETE;
      cloudFormation.executeChangeSet(b -> b.stackName(name).changeSetName(changes));
      DeployedSite.await(
          "the stack",
          PATIENCE,
          () -> {
            var stack = described(cloudFormation);
            assertThat(stack.stackStatusAsString())
                .as(() -> stack.stackStatusReason() + failures(cloudFormation))
                .doesNotContain("FAILED", "ROLLBACK");
            return stack.stackStatus() == done;
          });
      outputs =
          described(cloudFormation).outputs().stream()
              .collect(Collectors.toMap(Output::outputKey, Output::outputValue));
    }
  }

  private software.amazon.awssdk.services.cloudformation.model.Stack described(
      CloudFormationClient cloudFormation) {
    return cloudFormation.describeStacks(b -> b.stackName(name)).stacks().get(0);
  }

  private String failures(CloudFormationClient cloudFormation) {
    return cloudFormation.describeStackEvents(b -> b.stackName(name)).stackEvents().stream()
        .filter(event -> event.resourceStatusAsString().endsWith("FAILED"))
        .map(event -> "\n" + event.logicalResourceId() + ": " + event.resourceStatusReason())
        .collect(Collectors.joining());
  }

  /**
   * Uploads what the template names of this machine, and the template with the new places, as
   * {@code sam package} does; gives its address.
   */
  private String packaged() {
    String bucket = name + "-artifacts";
    try (S3Client s3 = localStack.client(S3Client.builder().forcePathStyle(true))) {
      if (outputs.isEmpty()) {
        s3.createBucket(b -> b.bucket(bucket));
      }
      StringBuilder template = new StringBuilder();
      Matcher local = LOCAL_FILE.matcher(Files.readString(TEMPLATE));
      int functions = 0;
      while (local.find()) {
        Path file = TEMPLATE.resolveSibling(local.group(2)).normalize();
        assumeTrue(
            Files.exists(file), () -> file + " is not there; ./mvnw verify builds it first.");
        String key = file.getFileName().toString();
        if (functions == 0 || !key.endsWith(".jar")) {
          s3.putObject(b -> b.bucket(bucket).key(key), RequestBody.fromFile(file));
        }
        functions += key.endsWith(".jar") ? 1 : 0;
        local.appendReplacement(template, "$1 s3://" + bucket + "/" + key);
      }
      local.appendTail(template);
      assertThat(functions).isEqualTo(5);
      s3.putObject(
          b -> b.bucket(bucket).key("template.yaml"), RequestBody.fromString(template.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "https://s3.us-east-1.amazonaws.com/" + bucket + "/template.yaml";
  }

  /** The folder with the template, above the classes of this module. */
  private static Path root() {
    try {
      Path classes =
          Path.of(Stack.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return classes.resolve("../../../..").normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class without a place", e);
    }
  }

  /** The files of events for the console, by their names. */
  static List<String> consoleEvents() {
    try (var files = Files.list(ROOT.resolve("events/console"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
