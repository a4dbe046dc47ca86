package quickpage.index.lease;

import java.util.Objects;

/**
 * A site as the lease and the pending uploads name it.
 *
 * @param prefix "" or ending in a slash; the slash is added where it is missing
 */
public record SiteName(String bucket, String prefix) {

  public SiteName {
    Objects.requireNonNull(bucket, "bucket");
    Objects.requireNonNull(prefix, "prefix");
    prefix = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
  }

  /** For a sentence: {@code s3://bucket/prefix}. */
  public String address() {
    return "s3://" + this;
  }

  /** As it stands in keys: {@code bucket/prefix}. A bucket's name has no slash. */
  @Override
  public String toString() {
    return bucket + "/" + prefix;
  }
}
