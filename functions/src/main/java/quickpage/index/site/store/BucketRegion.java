package quickpage.index.site.store;

import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Where a bucket is, as S3's answers say to a request that was sent to another region. */
public final class BucketRegion {

  /**
   * Moved permanently, without a place; and, of requests to us-east-1, a signature for another
   * region. An answer to HEAD has no body that could say which of the bad requests it was.
   *
   * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html">HeadBucket,
   *     whose answer names the region in a header</a>
   */
  private static final Set<Integer> SENT_ELSEWHERE = Set.of(301, 400);

  private BucketRegion() {}

  /**
   * The region that a bucket is in, if the request failed for that.
   *
   * @param own region, that the request was sent to
   */
  public static Optional<String> elsewhere(S3Exception e, String own) {
    return SENT_ELSEWHERE.contains(e.statusCode())
        ? of(e).filter(region -> !region.equals(own))
        : Optional.empty();
  }

  /** The region that an answer names; S3 names it to those, too, who may not see the bucket. */
  public static Optional<String> of(S3Exception e) {
    return Optional.ofNullable(e.awsErrorDetails())
        .map(details -> details.sdkHttpResponse())
        .flatMap(response -> response.firstMatchingHeader("x-amz-bucket-region"));
  }
}
