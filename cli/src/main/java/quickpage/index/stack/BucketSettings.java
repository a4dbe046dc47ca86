package quickpage.index.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import quickpage.index.error.RefusedException;
import quickpage.index.json.Json;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.LifecycleRuleFilter;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * How a bucket is set, as far as a site asks something of it.
 *
 * @param eventBridge whether it tells EventBridge of its objects
 * @param otherNotifications whether it also tells queues, topics or functions
 * @param lifecycleRules whether it has any
 * @param expiring prefixes whose objects it removes after a time, all of them
 * @param policy missing if it has none
 */
record BucketSettings(
    boolean versioned,
    boolean encrypted,
    boolean publicAccessBlocked,
    boolean eventBridge,
    boolean otherNotifications,
    boolean lifecycleRules,
    List<String> expiring,
    JsonNode policy) {

  /** Codes that S3 answers with where nothing is set. */
  private static final Set<String> NOT_SET =
      Set.of(
          "NoSuchBucketPolicy",
          "NoSuchLifecycleConfiguration",
          "NoSuchPublicAccessBlockConfiguration",
          "ServerSideEncryptionConfigurationNotFoundError");

  BucketSettings {
    expiring = List.copyOf(expiring);
  }

  /**
   * Reads the settings of a bucket.
   *
   * @throws RefusedException if it is not there or the caller may not look
   */
  static BucketSettings read(S3Client s3, String bucket) {
    var versioning =
        ask("versioning", bucket, () -> s3.getBucketVersioning(b -> b.bucket(bucket)), null);
    boolean encrypted =
        ask(
            "encryption",
            bucket,
            () ->
                s3.getBucketEncryption(b -> b.bucket(bucket))
                    .serverSideEncryptionConfiguration()
                    .hasRules(),
            false);
    boolean blocked =
        ask(
            "public access",
            bucket,
            () ->
                all(
                    s3.getPublicAccessBlock(b -> b.bucket(bucket))
                        .publicAccessBlockConfiguration()),
            false);
    GetBucketNotificationConfigurationResponse notifications =
        ask(
            "notifications",
            bucket,
            () -> s3.getBucketNotificationConfiguration(b -> b.bucket(bucket)),
            null);
    List<LifecycleRule> rules =
        ask(
            "lifecycle",
            bucket,
            () -> s3.getBucketLifecycleConfiguration(b -> b.bucket(bucket)).rules(),
            List.of());
    String policy =
        ask("policy", bucket, () -> s3.getBucketPolicy(b -> b.bucket(bucket)).policy(), null);
    return new BucketSettings(
        versioning.status() == BucketVersioningStatus.ENABLED,
        encrypted,
        blocked,
        notifications.eventBridgeConfiguration() != null,
        notifications.hasQueueConfigurations()
            || notifications.hasTopicConfigurations()
            || notifications.hasLambdaFunctionConfigurations(),
        !rules.isEmpty(),
        rules.stream().filter(BucketSettings::expires).map(BucketSettings::prefix).toList(),
        parse(policy));
  }

  private static <T> T ask(String what, String bucket, Supplier<T> question, T ifNotSet) {
    try {
      return AwsCall.of("look at the %s of the bucket %s".formatted(what, bucket), question);
    } catch (RefusedException e) {
      if (e.getCause() instanceof S3Exception s3 && NOT_SET.contains(AwsCall.code(s3))) {
        return ifNotSet;
      }
      throw e;
    }
  }

  private static boolean all(PublicAccessBlockConfiguration block) {
    return Boolean.TRUE.equals(block.blockPublicAcls())
        && Boolean.TRUE.equals(block.blockPublicPolicy())
        && Boolean.TRUE.equals(block.ignorePublicAcls())
        && Boolean.TRUE.equals(block.restrictPublicBuckets());
  }

  /** Whether a rule removes everything under its prefix, and not only what a tag or size names. */
  private static boolean expires(LifecycleRule rule) {
    LifecycleRuleFilter filter = rule.filter();
    return rule.status() == ExpirationStatus.ENABLED
        && rule.expiration() != null
        && (rule.expiration().days() != null || rule.expiration().date() != null)
        && (filter == null
            || (filter.and() == null
                && filter.tag() == null
                && filter.objectSizeGreaterThan() == null
                && filter.objectSizeLessThan() == null));
  }

  private static String prefix(LifecycleRule rule) {
    // Rules from before filters have their prefix beside them, under a name that is now deprecated.
    String prefix =
        rule.filter() == null
            ? rule.getValueForField("Prefix", String.class).orElse("")
            : rule.filter().prefix();
    return prefix == null ? "" : prefix;
  }

  private static JsonNode parse(String policy) {
    try {
      return policy == null ? MissingNode.getInstance() : Json.MAPPER.readTree(policy);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("S3 answered a policy that is not JSON", e);
    }
  }
}
