package quickpage.index.stack;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/**
 * A deployed stack, as its outputs and parameters name its parts.
 *
 * @param stack its name
 * @param stateMachine ARN of the workflow
 * @param bucket of the site
 * @param prefix of the site in the bucket; "" or ending in a slash
 * @param table of the cache, the lease and the uploads
 * @param uploadQueue URL of the queue whose messages start runs; empty if the stack has none
 * @param startsOnUpload whether uploads start runs
 * @param keepRunsDays how long folders of runs are kept
 */
public record Deployment(
    String stack,
    String stateMachine,
    String bucket,
    String prefix,
    String table,
    Optional<String> uploadQueue,
    boolean startsOnUpload,
    int keepRunsDays) {

  /** Where the template has no parameter for it. */
  private static final int KEEP_RUNS_DAYS = 30;

  /**
   * Looks a stack up.
   *
   * @throws WrongSettingException if there is none, or it is not a deployment of this program
   */
  public static Deployment find(Account account, String name) {
    try {
      return AwsCall.of(
          "look at the stack " + name,
          () -> {
            try {
              return of(
                  account
                      .cloudFormation()
                      .describeStacks(request -> request.stackName(name))
                      .stacks()
                      .get(0));
            } catch (CloudFormationException e) {
              throw isMissing(e)
                  ? new WrongSettingException(
                      "There is no stack %s in %s.".formatted(name, account.where()), e)
                  : e;
            }
          });
    } catch (IndexOutOfBoundsException e) {
      throw new WrongSettingException(
          "There is no stack %s in %s.".formatted(name, account.where()), e);
    }
  }

  /** CloudFormation has no code of its own for it. */
  private static boolean isMissing(AwsServiceException e) {
    return AwsCall.code(e).equals("ValidationError") && e.getMessage().contains("does not exist");
  }

  /** What a description of a stack names. */
  static Deployment of(Stack stack) {
    Map<String, String> outputs = new HashMap<>();
    for (Output output : stack.outputs()) {
      outputs.put(output.outputKey(), output.outputValue());
    }
    Function<String, String> required =
        key -> {
          if (!outputs.containsKey(key)) {
            throw notOurs(stack, key);
          }
          return outputs.get(key);
        };
    Map<String, String> parameters =
        stack.parameters().stream()
            .collect(Collectors.toMap(Parameter::parameterKey, Deployment::value));
    return new Deployment(
        stack.stackName(),
        required.apply("StateMachineArn"),
        required.apply("SiteBucketName"),
        folder(parameters.getOrDefault("SitePrefix", "")),
        required.apply("CacheTableName"),
        Optional.ofNullable(outputs.get("UploadQueueUrl")).filter(url -> !url.isBlank()),
        !parameters.getOrDefault("StartOnUpload", "true").equals("false"),
        days(parameters.get("KeepRunsDays")));
  }

  /** A parameter that names one in the Systems Manager has its value beside it. */
  private static String value(Parameter parameter) {
    return parameter.resolvedValue() == null
        ? parameter.parameterValue()
        : parameter.resolvedValue();
  }

  private static int days(String parameter) {
    return parameter == null ? KEEP_RUNS_DAYS : Integer.parseInt(parameter);
  }

  private static String folder(String prefix) {
    return prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
  }

  private static WrongSettingException notOurs(Stack stack, String output) {
    String status = stack.stackStatusAsString();
    return status.endsWith("_COMPLETE") && !status.startsWith("ROLLBACK")
        ? new WrongSettingException(
            "The stack %s is not a deployment of quickpage-index: it has no output %s."
                .formatted(stack.stackName(), output))
        : new WrongSettingException(
            "The stack %s has no output %s: it is in state %s; wait for it, or look at why it was not created."
                .formatted(stack.stackName(), output, status));
  }

  /** The address of a key in the site's bucket. */
  String address(String key) {
    return "s3://%s/%s".formatted(bucket, key);
  }

  /** In the partition (AWS, China, GovCloud) that the stack is in. */
  String bucketArn() {
    return "arn:%s:s3:::%s".formatted(stateMachine.split(":", 3)[1], bucket);
  }

  /** The region that the stack is in. */
  String region() {
    return stateMachine.split(":", 5)[3];
  }

  /** An execution's ARN, up to the execution's own name. */
  String executions() {
    return stateMachine.replaceFirst(":stateMachine:", ":execution:") + ":";
  }
}
