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
import java.util.function.Function;
import org.slf4j.MDC;
import quickpage.index.json.Json;
import quickpage.index.lambda.AwsClients;
import quickpage.index.lambda.AwsCoordination;
import quickpage.index.lambda.Deadlines;
import quickpage.index.lambda.Environment;
import quickpage.index.lambda.FunctionTokens;
import quickpage.index.lambda.TokenLife;
import quickpage.index.lease.SiteName;
import quickpage.index.lease.StepFunctionsExecutions;
import quickpage.index.logs.JsonLogs;
import quickpage.index.model.DatasetVersion;
import quickpage.index.neuprint.NeuPrintAddress;
import quickpage.index.neuprint.client.NeuPrintClients;
import quickpage.index.site.publish.Publications;
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

  private final StartRun stage;

  /**
   * As Lambda makes it. The environment names the table ({@code CACHE_TABLE}), the queue ({@code
   * UPLOAD_QUEUE_URL}), the state machine ({@code STATE_MACHINE_ARN}), the site ({@code
   * SITE_BUCKET}, {@code SITE_PREFIX}), {@code QUIET_SECONDS}, whom to ask for the dataset's
   * version ({@code NEUPRINT_SERVER}, {@code NEUPRINT_DATASET}, {@code TOKEN_SECRET_NAME}, {@code
   * AUTHORITIES_SECRET_NAME}, {@code CONTACT}), and the stack ({@code DEPLOYMENT}).
   */
  public StartRunHandler() {
    this(stage(Environment.ofProcess()));
  }

  private static StartRun stage(Environment environment) {
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
        () -> Publications.of(new S3ObjectStore(s3, site.bucket()), site.prefix()).ownPaths(),
        dataset(environment),
        Clock.systemUTC());
  }

  /** Asks for the version, and tells how long the token will last: a site may rest for months. */
  private static Function<Instant, DatasetVersion> dataset(Environment environment) {
    NeuPrintAddress address =
        new NeuPrintAddress(
            environment.required("NEUPRINT_SERVER"),
            DATASET_CHECK,
            environment.orEmpty("CONTACT"),
            environment.orEmpty("TOKEN_SECRET_NAME"),
            environment.orEmpty("AUTHORITIES_SECRET_NAME"));
    String name = environment.required("NEUPRINT_DATASET");
    String deployment = environment.required("DEPLOYMENT");
    FunctionTokens tokens = new FunctionTokens();
    NeuPrintClients neuPrints = tokens.clients();
    return deadline -> {
      try {
        return neuPrints.until(deadline, address).meta(name).version();
      } finally {
        TokenLife.tell(
            tokens.apply(address.tokenSecret()), deployment, DATASET_CHECK, Clock.systemUTC());
      }
    };
  }

  /** With a stage that was put together elsewhere. */
  public StartRunHandler(StartRun stage) {
    this.stage = stage;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    MDC.put("stage", "start");
    Set<String> failed =
        stage.run(messages(Json.MAPPER.readTree(input)), Deadlines.of(context, Clock.systemUTC()));
    output.write(
        Json.bytes(
            Map.of(
                "batchItemFailures",
                failed.stream().map(id -> Map.of("itemIdentifier", id)).toList())));
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
