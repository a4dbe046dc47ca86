package quickpage.index.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import quickpage.index.json.Json;
import quickpage.index.site.run.RunFolder;
import quickpage.index.site.store.BucketRegion;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * What the bucket of a site still needs. A stack sets all of it on a bucket that it creates, and
 * cannot set it on one that was there before.
 */
public final class BucketNeeds {

  /** A replaced file of a run is of no use to anybody; a day is for second thoughts. */
  private static final int KEEP_REPLACED_DAYS = 1;

  private BucketNeeds() {}

  /**
   * One thing that is missing.
   *
   * @param what a sentence that says why it is needed
   * @param commands of the AWS command line that set it
   */
  public record Need(String what, List<String> commands) {
    public Need {
      commands = List.copyOf(commands);
    }
  }

  /** Looks at the bucket of a deployment; empty if nothing is missing. */
  public static List<Need> of(Account account, Deployment deployment) {
    List<Need> elsewhere = elsewhere(region(account.s3(), deployment.bucket()), deployment);
    // What else it lacks is nothing to set while no run can reach it, and S3 would not say.
    return elsewhere.isEmpty()
        ? of(BucketSettings.read(account.s3(), deployment.bucket()), deployment)
        : elsewhere;
  }

  private static Optional<String> region(S3Client s3, String bucket) {
    return AwsCall.of(
        "look at the bucket " + bucket,
        () -> {
          try {
            return Optional.ofNullable(s3.headBucket(b -> b.bucket(bucket)).bucketRegion());
          } catch (S3Exception e) {
            // That it is not there, or that the caller may not look, the settings tell better.
            return BucketRegion.of(e);
          }
        });
  }

  static List<Need> elsewhere(Optional<String> region, Deployment deployment) {
    return region
        .filter(there -> !there.equals(deployment.region()))
        .map(
            there ->
                new Need(
                    "To be in %s, where the stack is: it is in %s, and no run reaches a bucket of another region. Create one there and copy the pages, or deploy the stack in %s."
                        .formatted(deployment.region(), there, there),
                    List.of()))
        .stream()
        .toList();
  }

  static List<Need> of(BucketSettings settings, Deployment deployment) {
    String bucket = deployment.bucket();
    List<Need> needs = new ArrayList<>();
    if (!settings.versioned()) {
      needs.add(
          new Need(
              "Versioning is off: a file that is overwritten or removed by mistake is gone.",
              List.of(
                  put("bucket-versioning", bucket, "--versioning-configuration Status=Enabled"))));
    }
    if (!settings.encrypted()) {
      needs.add(
          new Need(
              "Encryption is off.",
              List.of(
                  put(
                      "bucket-encryption",
                      bucket,
                      "--server-side-encryption-configuration"
                          + " '{\"Rules\":[{\"ApplyServerSideEncryptionByDefault\":"
                          + "{\"SSEAlgorithm\":\"AES256\"}}]}'"))));
    }
    if (!settings.publicAccessBlocked()) {
      needs.add(
          new Need(
              "Public access is not blocked: a careless grant could open the bucket to all.",
              List.of(
                  put(
                      "public-access-block",
                      bucket,
                      "--public-access-block-configuration BlockPublicAcls=true,"
                          + "IgnorePublicAcls=true,BlockPublicPolicy=true,"
                          + "RestrictPublicBuckets=true"))));
    }
    if (deployment.startsOnUpload() && !settings.eventBridge()) {
      needs.add(
          new Need(
              "EventBridge is not told of uploads: they start no run.",
              eventBridge(bucket, settings.otherNotifications())));
    }
    String runs = deployment.prefix() + RunFolder.OWN + "runs/";
    if (settings.expiring().stream().noneMatch(runs::startsWith)) {
      needs.add(
          new Need(
              "No lifecycle rule removes old runs: %s grows for ever."
                  .formatted(deployment.address(runs)),
              lifecycle(bucket, runs, deployment.keepRunsDays(), settings.lifecycleRules())));
    }
    String arn = deployment.bucketArn();
    if (!refusesPlainHttp(settings.policy(), arn)) {
      needs.add(
          new Need(
              "The bucket's policy lets requests in that are not encrypted (http).",
              policy(bucket, arn, !settings.policy().isMissingNode())));
    }
    return List.copyOf(needs);
  }

  private static String put(String what, String bucket, String more) {
    return "aws s3api put-%s --bucket %s %s".formatted(what, bucket, more);
  }

  /** Each of these three calls replaces everything of its kind, so what is there goes along. */
  private static List<String> eventBridge(String bucket, boolean others) {
    return others
        ? List.of(
            "aws s3api get-bucket-notification-configuration --bucket %s | jq '.EventBridgeConfiguration = {}' > notifications.json"
                .formatted(bucket),
            put(
                "bucket-notification-configuration",
                bucket,
                "--notification-configuration file://notifications.json"))
        : List.of(
            put(
                "bucket-notification-configuration",
                bucket,
                "--notification-configuration '{\"EventBridgeConfiguration\":{}}'"));
  }

  private static List<String> lifecycle(String bucket, String runs, int days, boolean others) {
    ObjectNode rule = Json.MAPPER.createObjectNode();
    rule.put("ID", "quickpage-index runs of " + (runs.length() > 200 ? "this site" : runs));
    rule.put("Status", "Enabled");
    rule.putObject("Filter").put("Prefix", runs);
    rule.putObject("Expiration").put("Days", days);
    rule.putObject("NoncurrentVersionExpiration").put("NoncurrentDays", KEEP_REPLACED_DAYS);
    return others
        ? List.of(
            "aws s3api get-bucket-lifecycle-configuration --bucket %s | jq %s > lifecycle.json"
                .formatted(bucket, quoted("{Rules: (.Rules + [%s])}".formatted(rule))),
            put(
                "bucket-lifecycle-configuration",
                bucket,
                "--lifecycle-configuration file://lifecycle.json"))
        : List.of(
            put(
                "bucket-lifecycle-configuration",
                bucket,
                "--lifecycle-configuration " + quoted("{\"Rules\":[%s]}".formatted(rule))));
  }

  private static List<String> policy(String bucket, String arn, boolean others) {
    ObjectNode statement = Json.MAPPER.createObjectNode();
    statement.put("Sid", "TlsOnly");
    statement.put("Effect", "Deny");
    statement.put("Principal", "*");
    statement.put("Action", "s3:*");
    statement.putArray("Resource").add(arn).add(arn + "/*");
    statement.putObject("Condition").putObject("Bool").put("aws:SecureTransport", "false");
    return others
        ? List.of(
            "aws s3api get-bucket-policy --bucket %s --query Policy --output text | jq %s > policy.json"
                .formatted(bucket, quoted(".Statement += [%s]".formatted(statement))),
            put("bucket-policy", bucket, "--policy file://policy.json"))
        : List.of(
            put(
                "bucket-policy",
                bucket,
                "--policy "
                    + quoted(
                        "{\"Version\":\"2012-10-17\",\"Statement\":[%s]}".formatted(statement))));
  }

  /** As one word of a shell. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /**
   * Whether a policy denies everybody every request over http.
   *
   * @param arn of the bucket
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html">AWS
   *     on what a bucket is to refuse</a>
   */
  static boolean refusesPlainHttp(JsonNode policy, String arn) {
    return each(policy.path("Statement"))
        .anyMatch(
            statement ->
                statement.path("Effect").asText().equals("Deny")
                    && isEverybody(statement.path("Principal"))
                    && has(statement.path("Action"), "s3:*", "*")
                    && has(statement.path("Resource"), arn + "/*", "*")
                    && isOnlyPlainHttp(statement.path("Condition")));
  }

  private static boolean isEverybody(JsonNode principal) {
    return has(principal.isObject() ? principal.path("AWS") : principal, "*");
  }

  /** A second condition would let some plain requests in. */
  private static boolean isOnlyPlainHttp(JsonNode condition) {
    if (condition.size() != 1 || condition.path("Bool").size() != 1) {
      return false;
    }
    Map.Entry<String, JsonNode> only = condition.path("Bool").properties().iterator().next();
    return only.getKey().equalsIgnoreCase("aws:SecureTransport")
        && each(only.getValue()).anyMatch(value -> value.asText().equals("false"));
  }

  private static boolean has(JsonNode oneOrMany, String... wanted) {
    List<String> any = List.of(wanted);
    return each(oneOrMany).anyMatch(value -> any.contains(value.asText()));
  }

  /** Policies write one thing as itself and several as a list. */
  private static Stream<JsonNode> each(JsonNode oneOrMany) {
    return oneOrMany.isArray()
        ? StreamSupport.stream(oneOrMany.spliterator(), false)
        : Stream.of(oneOrMany);
  }
}
