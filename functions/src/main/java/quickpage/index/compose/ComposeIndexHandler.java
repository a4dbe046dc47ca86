package quickpage.index.compose;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Clock;
import java.util.Map;
import quickpage.index.error.RefusedException;
import quickpage.index.lambda.AwsClients;
import quickpage.index.lambda.AwsCoordination;
import quickpage.index.lambda.Deadlines;
import quickpage.index.lambda.Environment;
import quickpage.index.lambda.StageHandler;
import quickpage.index.lease.LeaseRunCoordination;
import quickpage.index.model.run.ComposeResult;
import quickpage.index.site.store.S3ObjectStore;
import quickpage.index.site.store.SiteStores;
import software.amazon.awssdk.services.s3.S3Client;

/** The compose stage as a function. Takes {@link ComposeRequest}, answers {@link ComposeResult}. */
public final class ComposeIndexHandler extends StageHandler<ComposeRequest, ComposeResult> {

  private final ComposeIndex stage;

  /** As Lambda makes it; {@code CACHE_TABLE} names the table of the lease. */
  public ComposeIndexHandler() {
    this(stage(AwsClients.s3()));
  }

  /** With a stage that was put together elsewhere. */
  public ComposeIndexHandler(ComposeIndex stage) {
    super(ComposeRequest.class);
    this.stage = stage;
  }

  private static ComposeIndex stage(S3Client s3) {
    return new ComposeIndex(
        SiteStores.of(bucket -> new S3ObjectStore(s3, bucket)),
        new LeaseRunCoordination(
            AwsCoordination.withoutQueue(Environment.ofProcess()), Clock.systemUTC()),
        Clock.systemUTC());
  }

  @Override
  protected ComposeResult answer(ComposeRequest request, Context context) {
    return stage.run(request, Deadlines.end(context, Clock.systemUTC()));
  }

  @Override
  protected void warmUp() {
    super.warmUp();
    ComposeIndex.prime();
  }

  @Override
  protected Map<String, String> about(ComposeRequest request) {
    return Map.of("run", request.run());
  }

  @Override
  protected ComposeResult refused(RefusedException refusal) {
    return ComposeResult.refused(refusal.getMessage(), refusal.remedy(), null, null);
  }
}
