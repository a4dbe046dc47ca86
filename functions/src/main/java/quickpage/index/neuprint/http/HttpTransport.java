package quickpage.index.neuprint.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quickpage.index.error.RefusedException;
import quickpage.index.neuprint.failure.ErrorAnswerException;
import quickpage.index.neuprint.failure.ErrorClassification;
import quickpage.index.neuprint.failure.FailedAttemptException;
import quickpage.index.neuprint.failure.IncompleteAnswerException;
import quickpage.index.neuprint.network.ProxyDeniedException;
import quickpage.index.neuprint.network.ProxyVariables;
import quickpage.index.neuprint.token.TokenSource;

/**
 * Sends one request and reads its answer. Compression, HTTP/2 and the pool of connections are
 * OkHttp's. Its own silent repeats stay on: they replace pooled connections that had died (after a
 * Lambda's sleep, say) and try the other addresses of a host; a query may be read twice.
 */
public final class HttpTransport {
  private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(30);

  /** What is read of a body that is an error. */
  private static final int ERROR_BYTES = 64 * 1024;

  private static final String AUTHORIZATION = "Authorization";
  private static final MediaType JSON = MediaType.get("application/json");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpUrl server;
  private final OkHttpClient http;
  private final String userAgent;
  private final TokenSource tokens;
  private final Clock clock;
  private final Duration reading;
  private final QueryMetrics metrics;

  /**
   * @param base whose connections are shared, and what else the caller may have set of OkHttp
   * @param readTimeout without a byte of the answer
   * @param reading from the first byte of an answer to the last
   */
  public HttpTransport(
      HttpUrl server,
      OkHttpClient base,
      Duration readTimeout,
      Duration reading,
      String userAgent,
      TokenSource tokens,
      Clock clock,
      QueryMetrics metrics) {
    this.server = server;
    this.userAgent = userAgent;
    this.tokens = tokens;
    this.clock = clock;
    this.reading = reading;
    this.metrics = metrics;
    this.http =
        base.newBuilder()
            .socketFactory(new TcpNoDelaySocketFactory(base.socketFactory()))
            .connectTimeout(CONNECT_TIMEOUT)
            .writeTimeout(WRITE_TIMEOUT)
            .readTimeout(readTimeout)
            // A redirect may lead to another host, which must not get the token.
            .followRedirects(false)
            .followSslRedirects(false)
            .addNetworkInterceptor(RetryAfter::keep)
            .addNetworkInterceptor(
                chain -> {
                  Progress progress = chain.request().tag(Progress.class);
                  if (progress != null) {
                    progress.connected = true;
                    metrics.request(progress.ofTypes);
                  }
                  return chain.proceed(chain.request());
                })
            .build();
  }

  /** How far a request came. */
  private static final class Progress {
    private final boolean ofTypes;
    private volatile boolean connected;
    private volatile boolean answering;

    Progress(boolean ofTypes) {
      this.ofTypes = ofTypes;
    }
  }

  <T> T send(NeuPrintRequest<T> request, String token) throws FailedAttemptException {
    Progress progress = new Progress(request.ofTypes());
    Call call = http.newCall(request(request, token, progress));
    if (request.deadline() != null) {
      long remaining = Duration.between(clock.instant(), request.deadline()).toMillis();
      if (remaining <= 0) {
        throw new FailedAttemptException(ErrorClassification.outOfTime(), 0, null);
      }
      call.timeout().timeout(remaining, TimeUnit.MILLISECONDS);
    }
    request.observer().begins(call);
    long start = System.nanoTime();
    FailedAttemptException failed = null;
    try (Response response = call.execute()) {
      checkHeaders(response);
      response.body().source().timeout().deadline(reading.toNanos(), TimeUnit.NANOSECONDS);
      if (response.code() == 200) {
        long begun = System.nanoTime();
        progress.answering = true;
        T answer = request.parser().parse(bounded(response.body().byteStream()));
        long end = System.nanoTime();
        metrics.answered(end - start);
        if (request.ofTypes()) {
          metrics.describedTypes(begun - start, end - begun);
        }
        return answer;
      }
      failed = refused(request, response);
      metrics.answered(System.nanoTime() - start);
    } catch (ErrorAnswerException error) {
      failed =
          failed(
              ErrorClassification.ofAnswer(
                  200, error.text(), request.dataset(), tokens.origin(), true));
    } catch (IOException broken) {
      failed = failed(classification(broken, call, progress));
    } catch (RefusedException e) {
      throw e;
    } catch (RuntimeException e) {
      // Of a library that did not expect such an answer; its words may quote the answer.
      LOG.warn("An answer could not be read ({})", e.getClass().getName());
      failed = failed(ErrorClassification.incomplete("it cannot be read"));
    } finally {
      boolean strained = failed != null && failed.classification().strained();
      request.observer().ended(call, System.nanoTime() - start, strained);
    }
    throw failed;
  }

  /** Closes the connections that are kept. */
  public void close() {
    http.connectionPool().evictAll();
  }

  private Request request(NeuPrintRequest<?> request, String token, Progress progress) {
    String path = request.cypher() == null ? "api/dbmeta/datasets" : "api/custom/custom";
    Request.Builder http =
        new Request.Builder()
            .url(server.newBuilder().addPathSegments(path).build())
            .header("User-Agent", userAgent)
            .header("Accept", "application/json")
            .tag(Progress.class, progress);
    if (!token.isEmpty()) {
      http.header(AUTHORIZATION, "Bearer " + token);
    }
    if (request.cypher() != null) {
      http.post(RequestBody.create(body(request), JSON));
    }
    return http.build();
  }

  private static byte[] body(NeuPrintRequest<?> request) {
    try {
      return MAPPER.writeValueAsBytes(
          Map.of("cypher", request.cypher(), "dataset", request.dataset()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("two strings are always JSON", e);
    }
  }

  private FailedAttemptException refused(NeuPrintRequest<?> request, Response response) {
    if (response.isRedirect()) {
      return failed(ErrorClassification.ofRedirect(response.header("Location")));
    }
    ErrorClassification classification =
        ErrorClassification.ofAnswer(
            response.code(),
            errorText(response),
            request.dataset(),
            tokens.origin(),
            response.request().header(AUTHORIZATION) != null);
    Duration retryAfter = RetryAfter.of(response, clock.instant());
    return new FailedAttemptException(classification, response.code(), retryAfter);
  }

  /** What is read of an error's text; the status says enough where it breaks off. */
  private String errorText(Response response) {
    try {
      byte[] body = bounded(response.body().byteStream()).readNBytes(ERROR_BYTES);
      return new String(body, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** Network failures never carry their messages on: some of them name addresses. */
  private ErrorClassification classification(IOException broken, Call call, Progress progress) {
    if (call.isCanceled()) {
      return ErrorClassification.outOfTime(); // by the deadline, or because the run stops
    }
    if (broken instanceof IncompleteAnswerException) {
      return ErrorClassification.incomplete(broken.getMessage());
    }
    if (broken instanceof TooMuchException) {
      return ErrorClassification.tooMuch(broken.getMessage());
    }
    if (broken instanceof StreamConstraintsException) {
      return ErrorClassification.tooMuch(
          "a text or a number in it is too long, or it is nested too deep");
    }
    if (broken instanceof JsonProcessingException) {
      return ErrorClassification.unreadable();
    }
    if (broken instanceof SSLException tls && isDistrust(tls)) {
      return ErrorClassification.notTrusted(isOfNoAuthority(tls));
    }
    Optional<String> proxy = proxy();
    if (broken instanceof ProxyDeniedException denied) {
      return ErrorClassification.proxyDenies(proxy.orElse("the proxy"), denied.getMessage());
    }
    if (!progress.connected && proxy.isPresent()) {
      return ErrorClassification.unreachableThrough(proxy.get());
    }
    if (broken instanceof UnknownHostException) {
      return ErrorClassification.noSuchHost();
    }
    if (!progress.connected) {
      return ErrorClassification.unreachable();
    }
    if (broken instanceof InterruptedIOException && progress.answering) {
      return ErrorClassification.tooMuch(
          "it was not complete %d s after its first byte".formatted(reading.toSeconds()));
    }
    return broken instanceof SocketTimeoutException
        ? ErrorClassification.noAnswer()
        : ErrorClassification.brokenConnection();
  }

  private Optional<String> proxy() {
    return http.proxySelector() instanceof ProxyVariables variables
        ? variables.described(server.scheme(), server.host(), server.port())
        : Optional.empty();
  }

  /** Whether TLS itself said no, rather than the network under it. */
  private static boolean isDistrust(SSLException failure) {
    return isOfNoAuthority(failure) || !(failure.getCause() instanceof IOException);
  }

  /** Whether it was the certificate that was not trusted, and neither host name nor protocol. */
  private static boolean isOfNoAuthority(SSLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return true;
      }
    }
    return false;
  }

  private static FailedAttemptException failed(ErrorClassification classification) {
    return new FailedAttemptException(classification, 0, null);
  }

  private static void checkHeaders(Response response) throws TooMuchException {
    if (response.headers().byteCount() > AnswerLimits.HEADER_BYTES) {
      throw new TooMuchException(
          "its headers have more than %d KB".formatted(AnswerLimits.HEADER_BYTES / 1024));
    }
  }

  /** More than an answer may be; the message is the end of a sentence. */
  private static final class TooMuchException extends IOException {
    private static final long serialVersionUID = 1L;

    TooMuchException(String what) {
      super(what);
    }
  }

  /** Counts what is read and ends beyond the limit. */
  private InputStream bounded(InputStream body) {
    return new FilterInputStream(body) {
      private long left = AnswerLimits.BYTES;

      @Override
      public int read() throws IOException {
        int one = super.read();
        if (one >= 0) {
          took(1);
        }
        return one;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        took(Math.max(0, count));
        return count;
      }

      private void took(int count) throws TooMuchException {
        metrics.received(count);
        left -= count;
        if (left < 0) {
          throw new TooMuchException("it has more than %d MB".formatted(AnswerLimits.BYTES >> 20));
        }
      }
    };
  }
}
