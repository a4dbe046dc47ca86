package quickpage.index.plan;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import quickpage.index.cache.DynamoDbFactCache;
import quickpage.index.error.RefusedException;
import quickpage.index.lambda.AwsClients;
import quickpage.index.lambda.AwsCoordination;
import quickpage.index.lambda.AwsPriming;
import quickpage.index.lambda.Deadlines;
import quickpage.index.lambda.Environment;
import quickpage.index.lambda.FunctionTokens;
import quickpage.index.lambda.StageHandler;
import quickpage.index.lambda.TokenLife;
import quickpage.index.lease.LeaseRunCoordination;
import quickpage.index.model.run.PlanResult;
import quickpage.index.neuprint.client.NeuPrintClient;
import quickpage.index.neuprint.client.NeuPrintPriming;
import quickpage.index.neuprint.token.TokenSource;
import quickpage.index.site.run.RunFolder;
import quickpage.index.site.store.S3ObjectStore;
import quickpage.index.site.store.SiteStores;
import software.amazon.awssdk.services.s3.S3Client;

/** The plan stage as a function. Takes {@link PlanRequest}, answers {@link PlanResult}. */
public final class PlanRunHandler extends StageHandler<PlanRequest, PlanResult> {

  private final PlanRun stage;

  /** By the name of their secret; null where tokens are no concern of a deployment's. */
  private final Function<String, TokenSource> tokens;

  /** As Lambda makes it; {@code CACHE_TABLE} and {@code UPLOAD_QUEUE_URL} name its resources. */
  public PlanRunHandler() {
    this(new FunctionTokens());
  }

  private PlanRunHandler(FunctionTokens tokens) {
    this(stage(AwsClients.s3(), tokens), tokens);
  }

  /** With a stage that was put together elsewhere. */
  public PlanRunHandler(PlanRun stage) {
    this(stage, null);
  }

  PlanRunHandler(PlanRun stage, Function<String, TokenSource> tokens) {
    super(PlanRequest.class);
    this.stage = stage;
    this.tokens = tokens;
  }

  private static PlanRun stage(S3Client s3, FunctionTokens tokens) {
    return new PlanRun(
        SiteStores.of(bucket -> new S3ObjectStore(s3, bucket)),
        tokens.clients()::until,
        new DynamoDbFactCache(
            AwsClients.dynamoDb(),
            Environment.ofProcess().required("CACHE_TABLE"),
            Clock.systemUTC()),
        new LeaseRunCoordination(AwsCoordination.of(Environment.ofProcess()), Clock.systemUTC()),
        Clock.systemUTC());
  }

  @Override
  protected PlanResult answer(PlanRequest request, Context context) {
    try {
      return stage.run(request, Deadlines.of(context, Clock.systemUTC()));
    } finally {
      tellTokenLife(request);
    }
  }

  /** Also after a refusal: a token that has ended is what a plan may refuse for. */
  private void tellTokenLife(PlanRequest request) {
    Defaults defaults = request.defaults();
    if (tokens != null && defaults.writesMetrics()) {
      TokenLife.tell(
          tokens.apply(defaults.tokenSecretName()),
          defaults.deployment(),
          request.execution().name(),
          Clock.systemUTC());
    }
  }

  @Override
  protected void warmUp() {
    super.warmUp();
    try (NeuPrintClient neuPrint = NeuPrintPriming.client()) {
      AwsPriming.of((empty, store) -> PlanPriming.prime(neuPrint, empty, store));
    }
  }

  @Override
  protected Map<String, String> about(PlanRequest request) {
    return Map.of("run", RunFolder.runName(request.execution().name()));
  }

  @Override
  protected PlanResult refused(RefusedException refusal) {
    return PlanResult.refused(refusal.getMessage(), refusal.remedy());
  }
}
