package quickpage.index.neuprint.http;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import okhttp3.Interceptor;
import okhttp3.Response;

/** The {@code Retry-After} header (RFC 9110, section 10.2.3). */
public final class RetryAfter {

  private static final String HEADER = "Retry-After";

  /** Where this class finds it again. */
  private static final String KEPT = "Quickpage-Index-Retry-After";

  private RetryAfter() {}

  /**
   * Takes the header away from OkHttp, which fails on a number of more digits than an int has, and
   * repeats a request by itself where the number is 0.
   */
  static Response keep(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    String header = response.header(HEADER);
    Response.Builder kept = response.newBuilder().removeHeader(HEADER).removeHeader(KEPT);
    return (header == null ? kept : kept.header(KEPT, header)).build();
  }

  /** How long the server asks to wait; null where it does not, or not readably. */
  static Duration of(Response response, Instant now) {
    return of(response.header(KEPT), now);
  }

  static Duration of(String header, Instant now) {
    if (header == null) {
      return null;
    }
    String value = header.strip();
    if (value.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(value));
    }
    try {
      Instant then = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO;
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
