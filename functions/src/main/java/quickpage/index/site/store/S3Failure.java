package quickpage.index.site.store;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import quickpage.index.error.RefusedException;
import quickpage.index.model.TransientFailure;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * What S3 refuses, as a sentence, and whether another attempt may mend it. Codes and statuses are
 * those of <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">ErrorResponses</a>.
 */
final class S3Failure {

  /** Statuses below 500 that pass: timeout, a write at the same time, too many requests. */
  private static final Set<Integer> PASSING = Set.of(408, 409, 425, 429);

  /** Codes that pass, whatever their status. */
  private static final Set<String> PASSING_CODES =
      Set.of(
          "ExpiredToken",
          "IncompleteBody",
          "InternalError",
          "OperationAborted",
          "RequestTimeout",
          "RequestTimeTooSkewed",
          "ServiceUnavailable",
          "SlowDown");

  private final String root;
  private final Region region;

  /**
   * Failures of one bucket.
   *
   * @param root its address, ending in a slash
   * @param region that the client asks
   */
  S3Failure(String root, Region region) {
    this.root = root;
    this.region = region;
  }

  /** The failure of a call, {@code what} continuing "S3 could not …". */
  RuntimeException of(String what, S3Exception e) {
    if (e instanceof NoSuchBucketException) {
      return new RefusedException("There is no " + root + ".", e);
    }
    Optional<RefusedException> elsewhere = elsewhere(e);
    if (elsewhere.isPresent()) {
      return elsewhere.get();
    }
    String code = code(e);
    if (passes(e.statusCode(), code)) {
      return new TransientFailure(
          "S3 could not %s in %s (%d).".formatted(what, root, e.statusCode()), e);
    }
    return e.statusCode() == 403
        ? new RefusedException("S3 does not let this run %s in %s (403).".formatted(what, root), e)
        : new RefusedException(
            "S3 did not %s in %s (%d%s)."
                .formatted(what, root, e.statusCode(), code.isEmpty() ? "" : " " + code),
            e);
  }

  private static boolean passes(int status, String code) {
    return status >= 500 || PASSING.contains(status) || PASSING_CODES.contains(code);
  }

  /** S3 answers 301, 307 or 400 for a bucket of another region, and names that in a header. */
  private Optional<RefusedException> elsewhere(S3Exception e) {
    Optional<String> named = BucketRegion.of(e);
    boolean other = named.filter(name -> region == null || !name.equals(region.id())).isPresent();
    boolean redirected = e.statusCode() == 301 || (e.statusCode() == 307 && other);
    if (!redirected && !(e.statusCode() == 400 && other)) {
      return Optional.empty();
    }
    return Optional.of(
        new RefusedException(
            "The bucket %s is in %s, and this run works in %s (%d): use a bucket of the same region."
                .formatted(
                    root,
                    named.orElse("another region"),
                    region == null ? "another" : region.id(),
                    e.statusCode()),
            e));
  }

  /** The failure of a DeleteObjects that was answered, but with errors for some keys. */
  RuntimeException ofDelete(List<S3Error> errors) {
    S3Error worst =
        errors.stream()
            .filter(error -> !passes(0, String.valueOf(error.code())))
            .findFirst()
            .orElse(errors.get(0));
    String code = String.valueOf(worst.code());
    String more = errors.size() == 1 ? "" : " and %,d more".formatted(errors.size() - 1);
    if (passes(0, code)) {
      return new TransientFailure(
          "S3 could not remove %s%s in %s (%s).".formatted(worst.key(), more, root, code), null);
    }
    return new RefusedException(
        code.equals("AccessDenied")
            ? "S3 does not let this run remove %s%s in %s (%s)."
                .formatted(worst.key(), more, root, code)
            : "S3 did not remove %s%s in %s (%s).".formatted(worst.key(), more, root, code));
  }

  private static String code(S3Exception e) {
    return e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null
        ? ""
        : e.awsErrorDetails().errorCode();
  }
}
