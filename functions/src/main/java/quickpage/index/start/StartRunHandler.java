package quickpage.index.start;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.MDC;
import quickpage.index.json.Json;
import quickpage.index.lambda.AwsClients;
import quickpage.index.lambda.AwsCoordination;
import quickpage.index.lambda.Deadlines;
import quickpage.index.lambda.Environment;
import quickpage.index.lambda.FunctionTokens;
import quickpage.index.lambda.MetricLine;
import quickpage.index.lambda.TokenLife;
import quickpage.index.lease.PendingUploads;
import quickpage.index.lease.QueueMessage;
import quickpage.index.lease.SiteName;
import quickpage.index.lease.StepFunctionsExecutions;
import quickpage.index.logs.InvocationContext;
import quickpage.index.logs.JsonLogs;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.run.Metric;
import quickpage.index.neuprint.NeuPrintAddress;
import quickpage.index.neuprint.client.NeuPrintClients;
import quickpage.index.site.publish.Publications;
import quickpage.index.site.publish.SiteListing;
import quickpage.index.site.settings.OwnersFiles;
import quickpage.index.site.store.ObjectStore;
import quickpage.index.site.store.S3ObjectStore;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The start stage as a function. Takes SQS's event and answers {@code {"batchItemFailures": […]}},
 * so that a message that nobody can act on ends in the dead-letter queue and the others are done
 * with.
 */
public final class StartRunHandler implements RequestStreamHandler {

  static {
    JsonLogs.chooseInLambda();
  }

  /** Stands where the name of a run is. */
  private static final String DATASET_CHECK = "dataset-check";

  /** The same, of a token that is looked at while the site rests. */
  private static final String TOKEN_CHECK = "token-check";

  private final StartRun stage;
  private final Runnable tokenCheck;

  /**
   * As Lambda makes it. The environment names the table ({@code CACHE_TABLE}), the queue ({@code
   * UPLOAD_QUEUE_URL}), the state machine ({@code STATE_MACHINE_ARN}), the site ({@code
   * SITE_BUCKET}, {@code SITE_PREFIX}), {@code QUIET_SECONDS}, whom to ask for the dataset's
   * version ({@code NEUPRINT_SERVER}, {@code NEUPRINT_DATASET}, {@code TOKEN_SECRET_NAME}, {@code
   * AUTHORITIES_SECRET_NAME}, {@code CONTACT}), the stack ({@code DEPLOYMENT}), and whether it
   * writes metrics ({@code METRICS}).
   */
  public StartRunHandler() {
    this(Environment.ofProcess(), new FunctionTokens());
  }

  private StartRunHandler(Environment environment, FunctionTokens tokens) {
    this(stage(environment, tokens), () -> tellTokenLife(environment, tokens, TOKEN_CHECK));
  }

  private static StartRun stage(Environment environment, FunctionTokens tokens) {
    SiteName site =
        new SiteName(environment.required("SITE_BUCKET"), environment.orEmpty("SITE_PREFIX"));
    String stateMachine = environment.required("STATE_MACHINE_ARN");
    S3Client s3 = AwsClients.s3();
    return new StartRun(
        new StartSettings(
            site,
            stateMachine,
            Duration.ofSeconds(Long.parseLong(environment.required("QUIET_SECONDS")))),
        AwsCoordination.of(environment),
        new StepFunctionsExecutions(AwsClients.sfn(), stateMachine),
        published(new S3ObjectStore(s3, site.bucket()), site.prefix()),
        dataset(environment, tokens),
        waiting(environment),
        Clock.systemUTC());
  }

  private static SiteNow published(ObjectStore store, String prefix) {
    return new SiteNow() {
      @Override
      public Set<String> paths() {
        return Publications.of(store, prefix).ownPaths();
      }

      @Override
      public Set<String> damaged(Set<String> paths) {
        Publications publications = Publications.of(store, prefix);
        return paths.stream().filter(publications::lacks).collect(Collectors.toSet());
      }

      @Override
      public String pages() {
        return SiteListing.now(store, prefix).checksum()
            + OwnersFiles.read(store, prefix).checksum();
      }
    };
  }

  /** Tells whether uploads wait for a person: a stopped run has no last stage that would. */
  private static Consumer<PendingUploads> waiting(Environment environment) {
    if (!writesMetrics(environment)) {
      return uploads -> {};
    }
    String deployment = environment.required("DEPLOYMENT");
    return uploads ->
        MetricLine.write(
            deployment,
            "start",
            List.of(Metric.uploadsBlocked(uploads.blocked() != null)),
            Clock.systemUTC().instant());
  }

  /** Asks for the version, and tells how long the token will last. */
  private static Function<Instant, DatasetVersion> dataset(
      Environment environment, FunctionTokens tokens) {
    NeuPrintAddress address =
        new NeuPrintAddress(
            environment.required("NEUPRINT_SERVER"),
            DATASET_CHECK,
            environment.orEmpty("CONTACT"),
            environment.orEmpty("TOKEN_SECRET_NAME"),
            environment.orEmpty("AUTHORITIES_SECRET_NAME"));
    String name = environment.required("NEUPRINT_DATASET");
    NeuPrintClients neuPrints = tokens.clients();
    return deadline -> {
      try {
        return neuPrints.until(deadline, address).meta(name).version();
      } finally {
        tellTokenLife(environment, tokens, DATASET_CHECK);
      }
    };
  }

  private static void tellTokenLife(Environment environment, FunctionTokens tokens, String run) {
    if (writesMetrics(environment)) {
      TokenLife.tell(
          tokens.apply(environment.orEmpty("TOKEN_SECRET_NAME")),
          environment.required("DEPLOYMENT"),
          run,
          Clock.systemUTC());
    }
  }

  private static boolean writesMetrics(Environment environment) {
    return !environment.orEmpty("METRICS").equals("false");
  }

  /** With a stage that was put together elsewhere. */
  public StartRunHandler(StartRun stage) {
    this(stage, () -> {});
  }

  StartRunHandler(StartRun stage, Runnable tokenCheck) {
    this.stage = stage;
    this.tokenCheck = tokenCheck;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    MDC.put("stage", "start");
    MDC.put(InvocationContext.REQUEST_ID, context.getAwsRequestId());
    List<ReceivedMessage> messages = messages(Json.MAPPER.readTree(input));
    Set<String> failed = stage.run(messages, Deadlines.of(context, Clock.systemUTC()));
    // A site may rest for months, in which no run tells how long the token will last.
    if (messages.stream().anyMatch(StartRunHandler::asksForToken)) {
      tokenCheck.run();
    }
    output.write(
        Json.bytes(
            Map.of(
                "batchItemFailures",
                failed.stream().map(id -> Map.of("itemIdentifier", id)).toList())));
  }

  private static boolean asksForToken(ReceivedMessage message) {
    try {
      return UploadEvent.read(message.body()) instanceof UploadEvent.OwnMessage own
          && own.message().kind().equals(QueueMessage.TOKEN);
    } catch (MalformedMessageException e) {
      return false; // the stage says why
    }
  }

  private static List<ReceivedMessage> messages(JsonNode event) {
    JsonNode records = event.path("Records");
    if (!records.isArray()) {
      throw new IllegalArgumentException("This is no event of SQS: it has no list Records.");
    }
    List<ReceivedMessage> messages = new ArrayList<>();
    for (JsonNode message : records) {
      messages.add(
          new ReceivedMessage(
              message.path("messageId").asText(), message.path("body").asText(null)));
    }
    return messages;
  }
}
