package quickpage.index.neuprint.client;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import quickpage.index.error.DatasetEditedException;
import quickpage.index.error.InterruptedRunException;
import quickpage.index.error.RefusedException;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.run.QueryStatistics;
import quickpage.index.neuprint.DatasetMeta;
import quickpage.index.neuprint.DescribeListener;
import quickpage.index.neuprint.NeuPrint;
import quickpage.index.neuprint.NeuPrintAddress;
import quickpage.index.neuprint.SideProperties;
import quickpage.index.neuprint.TypeCensus;
import quickpage.index.neuprint.TypeQuestion;
import quickpage.index.neuprint.answer.DatasetAnswers;
import quickpage.index.neuprint.cypher.Apoc;
import quickpage.index.neuprint.cypher.DatasetQueries;
import quickpage.index.neuprint.cypher.QueryComment;
import quickpage.index.neuprint.failure.CircuitBreaker;
import quickpage.index.neuprint.failure.FailedQueryException;
import quickpage.index.neuprint.http.AnswerLimits;
import quickpage.index.neuprint.http.AnswerParser;
import quickpage.index.neuprint.http.Backoff;
import quickpage.index.neuprint.http.HttpTransport;
import quickpage.index.neuprint.http.NeuPrintRequest;
import quickpage.index.neuprint.http.QueryMetrics;
import quickpage.index.neuprint.http.RetryingClient;
import quickpage.index.neuprint.http.Sleeper;
import quickpage.index.neuprint.token.TokenSource;
import quickpage.index.text.VisibleText;

/**
 * A NeuPrint server, asked over HTTP. Safe for use by several threads; made once and shared, for it
 * keeps the connections. Building one reads no token and opens nothing, so that it may be part of a
 * snapshot.
 */
public final class NeuPrintClient implements NeuPrint, AutoCloseable {
  /** Without a byte: beyond 60 s for one of the server's connections and 60 s for the query. */
  private static final Duration READ_TIMEOUT = Duration.ofMinutes(3);

  /** The most questions of a run at once. */
  static final int CONNECTIONS = 40;

  private final String server;
  private final HttpTransport transport;
  private final RetryingClient retryingClient;
  private final QueryMetrics metrics = new QueryMetrics();
  private final Apoc apoc = new Apoc();
  private final Clock clock;
  private final Instant deadline;
  private final String comment;
  private final Backoff firstContact;
  private volatile Contact contact = Contact.NOT_SOUGHT;

  private NeuPrintClient(Builder settings) {
    server = settings.server.toString().replaceFirst("/$", "");
    clock = settings.clock;
    deadline = settings.deadline;
    firstContact = Backoff.firstContact(settings.firstContact);
    comment = QueryComment.of(settings.version, settings.run, settings.contact);
    transport =
        new HttpTransport(
            settings.server,
            settings.http(),
            settings.readTimeout,
            settings.reading,
            QueryComment.userAgent(settings.version, settings.contact),
            settings.tokens,
            clock,
            metrics);
    retryingClient =
        new RetryingClient(
            transport, settings.tokens, clock, settings.sleeper, settings.random, metrics);
  }

  /**
   * Starts a client.
   *
   * @param server its address, {@code https://neuprint.janelia.org}; a path is kept
   * @throws RefusedException if that is not an http or https address
   */
  public static Builder of(String server, TokenSource tokens) {
    return new Builder(address(server), tokens);
  }

  private static HttpUrl address(String server) {
    HttpUrl url = server == null ? null : HttpUrl.parse(server.strip());
    if (url == null) {
      throw new RefusedException(
          "The NeuPrint server has to be an http or https address like https://neuprint.janelia.org, not %s."
              .formatted(server == null || server.isBlank() ? "empty" : "'" + server + "'"));
    }
    if (!url.username().isEmpty() || !url.password().isEmpty()) {
      throw new RefusedException(
          "The NeuPrint server's address must not hold a user name or password: NeuPrint knows its"
              + " users by their token.");
    }
    if (url.query() != null || url.fragment() != null) {
      throw new RefusedException(
          "The NeuPrint server's address must not have a ? or # part: give it like"
              + " https://neuprint.janelia.org.");
    }
    return url;
  }

  @Override
  public void checkDataset(String dataset) {
    contact = Contact.SOUGHT;
    Set<String> names = ask(dataset, null, DatasetAnswers::datasets);
    contact = Contact.MADE;
    if (names.contains(dataset)) {
      return;
    }
    if (names.isEmpty()) {
      throw new RefusedException(
          "The token may read no dataset of NeuPrint at %s; ask that server's operators for access."
              .formatted(server));
    }
    List<String> near = NearNames.of(dataset, names);
    throw new RefusedException(
        "NeuPrint at %s has no dataset '%s' that this token may read (names are case-sensitive); %s: %s."
            .formatted(
                server,
                VisibleText.of(dataset),
                near.isEmpty() ? "it has" : "did you mean",
                near.isEmpty() ? some(names) : visible(near.stream())));
  }

  private static String visible(Stream<String> names) {
    return names.map(VisibleText::of).collect(Collectors.joining(", "));
  }

  private static String some(Set<String> names) {
    int most = 10;
    String listed = visible(names.stream().limit(most));
    return names.size() > most ? listed + " and %d more".formatted(names.size() - most) : listed;
  }

  @Override
  public DatasetVersion version(String dataset) {
    return ask(
        dataset, comment + DatasetQueries.VERSION, body -> DatasetAnswers.version(dataset, body));
  }

  @Override
  public TypeCensus types(String dataset) {
    return ask(
        dataset, comment + DatasetQueries.TYPES, body -> DatasetAnswers.types(dataset, body));
  }

  @Override
  public DatasetMeta meta(String dataset) {
    return ask(dataset, comment + DatasetQueries.META, body -> DatasetAnswers.meta(dataset, body));
  }

  @Override
  public SideProperties sideProperties(String dataset) {
    return ask(
        dataset,
        comment + DatasetQueries.SIDE_PROPERTIES,
        body -> DatasetAnswers.sideProperties(dataset, body));
  }

  /**
   * {@inheritDoc}
   *
   * <p>A refused token or a missing permission in the middle makes the rest unavailable at once,
   * and so does a server that is down ({@link CircuitBreaker}: 10 requests in a row within 90 s or
   * more, and nothing else heard).
   *
   * @throws DatasetEditedException as soon as an answer comes from another version
   */
  @Override
  public void describe(TypeQuestion question, DescribeListener listener) {
    new TypeDescriptionJob(question, listener, retryingClient, metrics, apoc, clock, comment).run();
  }

  @Override
  public QueryStatistics statistics() {
    return metrics.statistics();
  }

  /** Closes the connections that are kept. */
  @Override
  public void close() {
    transport.close();
  }

  private <T> T ask(String dataset, String cypher, AnswerParser<T> parser) {
    try {
      return retryingClient.ask(
          new NeuPrintRequest<>(
              dataset,
              cypher,
              false,
              parser,
              this::backoff,
              deadline,
              new NeuPrintRequest.Unobserved()));
    } catch (FailedQueryException failed) {
      throw failed.refusal(server);
    } catch (InterruptedException e) {
      throw InterruptedRunException.of("Asking NeuPrint at " + server, e);
    }
  }

  /** Until the server has told its datasets, all that is asked waits as long as that question. */
  private Backoff backoff() {
    return contact == Contact.SOUGHT ? firstContact : Backoff.PATIENT;
  }

  private enum Contact {
    NOT_SOUGHT,
    SOUGHT,
    MADE
  }

  /** What a client is made of. */
  public static final class Builder {
    private final HttpUrl server;
    private final TokenSource tokens;
    private String version = "";
    private String run = "";
    private String contact = "";
    private OkHttpClient http;
    private Clock clock = Clock.systemUTC();
    private Sleeper sleeper = Sleeper.REAL;
    // Clones of one snapshot would share the seed of any other generator, and wait in step.
    private DoubleSupplier random = new SecureRandom()::nextDouble;
    private Duration readTimeout = READ_TIMEOUT;
    private Duration reading = AnswerLimits.READING;
    private Instant deadline;
    private Duration firstContact = NeuPrintAddress.PERSON_WAITS;

    private Builder(HttpUrl server, TokenSource tokens) {
      this.server = server;
      this.tokens = Objects.requireNonNull(tokens, "tokens");
    }

    /** The version of this tool, the run, and whom the server's operators may write to. */
    public Builder introducedAs(String toolVersion, String runId, String contactAddress) {
      version = toolVersion;
      run = runId;
      contact = contactAddress;
      return this;
    }

    /** A client that waits so long for a server of which nothing was heard yet. */
    public Builder firstContact(Duration time) {
      firstContact = time;
      return this;
    }

    /**
     * A client whose questions about the dataset itself are given up at this time; those for types
     * have a time limit of their own. Null, as without it, for none.
     */
    public Builder until(Instant time) {
      deadline = time;
      return this;
    }

    /**
     * A client whose connections are shared, and whose settings are kept where this one has none:
     * proxy, trusted certificates. Without it, this one keeps connections of its own.
     */
    public Builder http(OkHttpClient base) {
      http = base;
      return this;
    }

    private OkHttpClient http() {
      return http == null
          ? new OkHttpClient.Builder()
              .connectionPool(new ConnectionPool(CONNECTIONS, 5, TimeUnit.MINUTES))
              .build()
          : http;
    }

    public Builder clock(Clock given) {
      clock = given;
      return this;
    }

    public Builder sleeper(Sleeper given) {
      sleeper = given;
      return this;
    }

    public Builder random(DoubleSupplier given) {
      random = given;
      return this;
    }

    public Builder readTimeout(Duration given) {
      readTimeout = given;
      return this;
    }

    public Builder reading(Duration given) {
      reading = given;
      return this;
    }

    public NeuPrintClient build() {
      return new NeuPrintClient(this);
    }
  }
}
