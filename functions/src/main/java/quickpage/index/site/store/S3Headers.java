package quickpage.index.site.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** {@link ObjectHeaders} as S3 takes and gives them. */
final class S3Headers {

  private static final String ENCODING = "Content-Encoding";
  private static final String DISPOSITION = "Content-Disposition";
  private static final String LANGUAGE = "Content-Language";
  private static final String EXPIRES = "Expires";
  private static final String REDIRECT = "x-amz-website-redirect-location";

  /** How an upload was signed; some servers keep it, and readers cannot decode it. */
  private static final String UPLOAD_ENCODING = "aws-chunked";

  private S3Headers() {}

  static ObjectHeaders of(HeadObjectResponse found) {
    return of(
        found.contentType(),
        found.cacheControl(),
        found.contentEncoding(),
        found.contentDisposition(),
        found.contentLanguage(),
        found.expiresString(),
        found.websiteRedirectLocation(),
        found.metadata());
  }

  static ObjectHeaders of(GetObjectResponse found) {
    return of(
        found.contentType(),
        found.cacheControl(),
        found.contentEncoding(),
        found.contentDisposition(),
        found.contentLanguage(),
        found.expiresString(),
        found.websiteRedirectLocation(),
        found.metadata());
  }

  private static ObjectHeaders of(
      String contentType,
      String cacheControl,
      String encoding,
      String disposition,
      String language,
      String expires,
      String redirect,
      Map<String, String> metadata) {
    Map<String, String> others = new HashMap<>();
    put(others, ENCODING, withoutUploadEncoding(encoding));
    put(others, DISPOSITION, disposition);
    put(others, LANGUAGE, language);
    put(others, EXPIRES, expires);
    put(others, REDIRECT, redirect);
    return new ObjectHeaders(contentType, cacheControl, others, metadata);
  }

  private static void put(Map<String, String> headers, String name, String value) {
    if (value != null && !value.isEmpty()) {
      headers.put(name, value);
    }
  }

  private static String withoutUploadEncoding(String encoding) {
    return encoding == null
        ? null
        : Arrays.stream(encoding.split(","))
            .map(String::strip)
            .filter(coding -> !coding.equalsIgnoreCase(UPLOAD_ENCODING))
            .collect(Collectors.joining(", "));
  }

  /** A request that gives an object these headers. */
  static PutObjectRequest.Builder put(ObjectHeaders headers) {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder()
            .contentType(headers.contentType())
            .cacheControl(headers.cacheControl())
            .metadata(headers.metadata());
    set(headers, ENCODING, request::contentEncoding);
    set(headers, DISPOSITION, request::contentDisposition);
    set(headers, LANGUAGE, request::contentLanguage);
    set(headers, REDIRECT, request::websiteRedirectLocation);
    Optional.ofNullable(headers.others().get(EXPIRES))
        .flatMap(S3Headers::time)
        .ifPresent(request::expires);
    return request;
  }

  private static void set(ObjectHeaders headers, String name, Consumer<String> header) {
    Optional.ofNullable(headers.others().get(name)).ifPresent(header);
  }

  /** Empty for what is no date, such as 0, which caches read as a time that has passed. */
  private static Optional<Instant> time(String expires) {
    try {
      return Optional.of(
          DateTimeFormatter.RFC_1123_DATE_TIME
              .withZone(ZoneOffset.UTC)
              .parse(expires, Instant::from));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
