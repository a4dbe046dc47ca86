package quickpage.index.neuprint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Sends one request and reads its answer. Compression, HTTP/2 and the pool of connections are
 * OkHttp's. Its own silent repeats stay on: they replace pooled connections that had died (after a
 * Lambda's sleep, say) and try the other addresses of a host; a query may be read twice.
 */
final class Exchange {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(30);

  /** What is read of a body that is an error. */
  private static final int ERROR_BYTES = 64 * 1024;

  private static final MediaType JSON = MediaType.get("application/json");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpUrl server;
  private final OkHttpClient http;
  private final String userAgent;
  private final TokenSource tokens;
  private final Clock clock;
  private final Tally tally;

  /**
   * @param base whose connections are shared, and what else the caller may have set of OkHttp
   * @param readTimeout without a byte of the answer
   */
  Exchange(
      HttpUrl server,
      OkHttpClient base,
      Duration readTimeout,
      String userAgent,
      TokenSource tokens,
      Clock clock,
      Tally tally) {
    this.server = server;
    this.userAgent = userAgent;
    this.tokens = tokens;
    this.clock = clock;
    this.tally = tally;
    this.http =
        base.newBuilder()
            .socketFactory(new PromptSockets(base.socketFactory()))
            .connectTimeout(CONNECT_TIMEOUT)
            .writeTimeout(WRITE_TIMEOUT)
            .readTimeout(readTimeout)
            // A redirect may lead to another host, which must not get the token.
            .followRedirects(false)
            .followSslRedirects(false)
            .addNetworkInterceptor(
                chain -> {
                  Progress progress = chain.request().tag(Progress.class);
                  if (progress != null) {
                    progress.connected = true;
                    tally.request(progress.ofTypes);
                  }
                  return chain.proceed(chain.request());
                })
            .build();
  }

  /** How far a request came. */
  private static final class Progress {
    private final boolean ofTypes;
    private volatile boolean connected;

    Progress(boolean ofTypes) {
      this.ofTypes = ofTypes;
    }
  }

  <T> T send(Ask<T> ask, String token) throws FailedAttempt {
    Progress progress = new Progress(ask.ofTypes());
    Call call = http.newCall(request(ask, token, progress));
    if (ask.deadline() != null) {
      long remaining = Duration.between(clock.instant(), ask.deadline()).toMillis();
      if (remaining <= 0) {
        throw new FailedAttempt(Diagnosis.outOfTime(), 0, null);
      }
      call.timeout().timeout(remaining, TimeUnit.MILLISECONDS);
    }
    ask.watch().begins(call);
    long start = System.nanoTime();
    FailedAttempt failed = null;
    try (Response response = call.execute()) {
      if (response.code() == 200) {
        long begun = System.nanoTime();
        T answer = ask.parser().parse(counted(response.body().byteStream()));
        long end = System.nanoTime();
        tally.answered(end - start);
        if (ask.ofTypes()) {
          tally.describedTypes(begun - start, end - begun);
        }
        return answer;
      }
      failed = refused(ask, response);
      tally.answered(System.nanoTime() - start);
    } catch (ErrorAnswer error) {
      failed = failed(Diagnosis.ofAnswer(200, error.text(), ask.dataset(), tokens.origin()));
    } catch (IOException broken) {
      failed = failed(diagnosis(broken, call, progress));
    } finally {
      boolean strained = failed != null && failed.diagnosis().strained();
      ask.watch().ended(call, System.nanoTime() - start, strained);
    }
    throw failed;
  }

  /** Closes the connections that are kept. */
  void close() {
    http.connectionPool().evictAll();
  }

  private Request request(Ask<?> ask, String token, Progress progress) {
    String path = ask.cypher() == null ? "api/dbmeta/datasets" : "api/custom/custom";
    Request.Builder request =
        new Request.Builder()
            .url(server.newBuilder().addPathSegments(path).build())
            .header("Authorization", "Bearer " + token)
            .header("User-Agent", userAgent)
            .header("Accept", "application/json")
            .tag(Progress.class, progress);
    if (ask.cypher() != null) {
      request.post(RequestBody.create(body(ask), JSON));
    }
    return request.build();
  }

  private static byte[] body(Ask<?> ask) {
    try {
      return MAPPER.writeValueAsBytes(Map.of("cypher", ask.cypher(), "dataset", ask.dataset()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("two strings are always JSON", e);
    }
  }

  private FailedAttempt refused(Ask<?> ask, Response response) throws IOException {
    if (response.isRedirect()) {
      return failed(Diagnosis.ofRedirect(response.header("Location")));
    }
    byte[] body = counted(response.body().byteStream()).readNBytes(ERROR_BYTES);
    Diagnosis diagnosis =
        Diagnosis.ofAnswer(
            response.code(),
            new String(body, StandardCharsets.UTF_8),
            ask.dataset(),
            tokens.origin());
    Duration retryAfter = RetryAfter.of(response.header("Retry-After"), clock.instant());
    return new FailedAttempt(diagnosis, response.code(), retryAfter);
  }

  /** Network failures never carry their messages on: some of them name addresses. */
  private static Diagnosis diagnosis(IOException broken, Call call, Progress progress) {
    if (call.isCanceled()) {
      return Diagnosis.outOfTime(); // by the deadline, or because the run stops
    }
    if (broken instanceof JsonProcessingException || broken instanceof Unreadable) {
      return Diagnosis.unreadable();
    }
    if (broken instanceof UnknownHostException) {
      return Diagnosis.noSuchHost();
    }
    if (broken instanceof SSLException tls && isDistrust(tls)) {
      return Diagnosis.notTrusted();
    }
    if (!progress.connected) {
      return Diagnosis.unreachable();
    }
    return broken instanceof SocketTimeoutException
        ? Diagnosis.noAnswer()
        : Diagnosis.brokenConnection();
  }

  /** Whether TLS itself said no, rather than the network under it. */
  private static boolean isDistrust(SSLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return true;
      }
    }
    return !(failure.getCause() instanceof IOException);
  }

  private static FailedAttempt failed(Diagnosis diagnosis) {
    return new FailedAttempt(diagnosis, 0, null);
  }

  private InputStream counted(InputStream body) {
    return new FilterInputStream(body) {
      @Override
      public int read() throws IOException {
        int one = super.read();
        if (one >= 0) {
          tally.received(1);
        }
        return one;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        tally.received(Math.max(0, count));
        return count;
      }
    };
  }
}
