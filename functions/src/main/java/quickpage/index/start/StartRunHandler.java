package quickpage.index.start;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import quickpage.index.lambda.AwsClients;
import quickpage.index.lambda.AwsCoordination;
import quickpage.index.lambda.Environment;
import quickpage.index.lambda.FunctionTokens;
import quickpage.index.lease.SiteName;
import quickpage.index.lease.StepFunctionsExecutions;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.Json;
import quickpage.index.neuprint.NeuPrint;
import quickpage.index.neuprint.NeuPrintAddress;
import quickpage.index.site.Publications;
import quickpage.index.site.S3ObjectStore;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The start stage as a function. Takes SQS's event and answers {@code {"batchItemFailures": […]}},
 * so that a message that nobody can act on ends in the dead-letter queue and the others are done
 * with.
 */
public final class StartRunHandler implements RequestStreamHandler {

  private final StartRun stage;

  /**
   * As Lambda makes it. The environment names the table ({@code CACHE_TABLE}), the queue ({@code
   * UPLOAD_QUEUE_URL}), the state machine ({@code STATE_MACHINE_ARN}), the site ({@code
   * SITE_BUCKET}, {@code SITE_PREFIX}), {@code QUIET_SECONDS}, and whom to ask for the dataset's
   * version ({@code NEUPRINT_SERVER}, {@code NEUPRINT_DATASET}, {@code TOKEN_SECRET_NAME}, {@code
   * CONTACT}).
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

  private static Supplier<DatasetVersion> dataset(Environment environment) {
    NeuPrintAddress address =
        new NeuPrintAddress(
            environment.required("NEUPRINT_SERVER"),
            "dataset-check",
            environment.orEmpty("CONTACT"),
            environment.orEmpty("TOKEN_SECRET_NAME"));
    String name = environment.required("NEUPRINT_DATASET");
    Function<NeuPrintAddress, NeuPrint> neuPrints = new FunctionTokens().clients();
    return () -> neuPrints.apply(address).meta(name).version();
  }

  /** With a stage that was put together elsewhere. */
  public StartRunHandler(StartRun stage) {
    this.stage = stage;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Set<String> failed = stage.run(messages(Json.MAPPER.readTree(input)));
    output.write(
        Json.bytes(
            Map.of(
                "batchItemFailures",
                failed.stream().map(id -> Map.of("itemIdentifier", id)).toList())));
  }

  private static List<QueueMessage> messages(JsonNode event) {
    JsonNode records = event.path("Records");
    if (!records.isArray()) {
      throw new IllegalArgumentException("This is no event of SQS: it has no list Records.");
    }
    List<QueueMessage> messages = new ArrayList<>();
    for (JsonNode message : records) {
      messages.add(
          new QueueMessage(message.path("messageId").asText(), message.path("body").asText(null)));
    }
    return messages;
  }
}
