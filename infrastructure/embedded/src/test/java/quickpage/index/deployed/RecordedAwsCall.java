package quickpage.index.deployed;

import java.util.List;
import java.util.Map;

/**
 * A call of AWS as IAM sees it.
 *
 * @param operation of which service, such as {@code S3 HeadObject}
 * @param action that a policy has to allow for it, such as {@code s3:GetObject}
 * @param resource its ARN
 * @param keys the values of condition keys, such as {@code dynamodb:LeadingKeys}
 */
record RecordedAwsCall(
    String operation, String action, String resource, Map<String, List<String>> keys) {

  RecordedAwsCall {
    keys = Map.copyOf(keys);
  }

  RecordedAwsCall(String operation, String action, String resource) {
    this(operation, action, resource, Map.of());
  }

  @Override
  public String toString() {
    return "%s (%s) on %s%s".formatted(operation, action, resource, keys.isEmpty() ? "" : keys);
  }
}
