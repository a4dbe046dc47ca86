package quickpage.index.plan;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Clock;
import quickpage.index.lambda.AwsClients;
import quickpage.index.lambda.AwsCoordination;
import quickpage.index.lambda.Environment;
import quickpage.index.lambda.StageHandler;
import quickpage.index.lease.LeasedTurns;
import quickpage.index.model.PlanResult;
import quickpage.index.model.Refusal;
import quickpage.index.neuprint.NeuPrintClients;
import quickpage.index.site.S3ObjectStore;
import quickpage.index.site.SiteStores;
import software.amazon.awssdk.services.s3.S3Client;

/** The plan stage as a function. Takes {@link PlanRequest}, answers {@link PlanResult}. */
public final class PlanRunHandler extends StageHandler<PlanRequest, PlanResult> {

  private final PlanRun stage;

  /** As Lambda makes it; {@code CACHE_TABLE} and {@code UPLOAD_QUEUE_URL} name its resources. */
  public PlanRunHandler() {
    this(stage(AwsClients.s3()));
  }

  /** With a stage that was put together elsewhere. */
  public PlanRunHandler(PlanRun stage) {
    super(PlanRequest.class);
    this.stage = stage;
  }

  private static PlanRun stage(S3Client s3) {
    return new PlanRun(
        SiteStores.of(bucket -> new S3ObjectStore(s3, bucket)),
        NeuPrintClients.fromEnvironment(),
        new LeasedTurns(AwsCoordination.of(Environment.ofProcess()), Clock.systemUTC()),
        Clock.systemUTC());
  }

  @Override
  protected PlanResult answer(PlanRequest request, Context context) {
    return stage.run(request);
  }

  @Override
  protected PlanResult refused(Refusal refusal) {
    return PlanResult.refused(refusal.getMessage());
  }
}
