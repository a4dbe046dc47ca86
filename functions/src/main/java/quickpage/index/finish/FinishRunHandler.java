package quickpage.index.finish;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import quickpage.index.error.RefusedException;
import quickpage.index.lambda.AwsClients;
import quickpage.index.lambda.AwsCoordination;
import quickpage.index.lambda.Environment;
import quickpage.index.lambda.MetricLine;
import quickpage.index.lambda.StageHandler;
import quickpage.index.lease.LeaseRunCoordination;
import quickpage.index.site.run.RunFolder;
import quickpage.index.site.store.S3ObjectStore;
import software.amazon.awssdk.services.s3.S3Client;

/** The finish stage as a function. Takes {@link FinishRequest}, answers {@link FinishResult}. */
public final class FinishRunHandler extends StageHandler<FinishRequest, FinishResult> {

  private final FinishRun stage;

  /** As Lambda makes it; {@code CACHE_TABLE} and {@code UPLOAD_QUEUE_URL} name its resources. */
  public FinishRunHandler() {
    this(stage(AwsClients.s3()));
  }

  /** With a stage that was put together elsewhere. */
  public FinishRunHandler(FinishRun stage) {
    super(FinishRequest.class);
    this.stage = stage;
  }

  private static FinishRun stage(S3Client s3) {
    return new FinishRun(
        bucket -> new S3ObjectStore(s3, bucket),
        new LeaseRunCoordination(AwsCoordination.of(Environment.ofProcess()), Clock.systemUTC()),
        FunctionMemory.parse(Environment.ofProcess().orEmpty("FUNCTION_MEMORY")),
        Clock.systemUTC());
  }

  @Override
  protected FinishResult answer(FinishRequest request, Context context) {
    FinishResult result = stage.run(request);
    writeMetrics(request, result);
    return result;
  }

  private static void writeMetrics(FinishRequest request, FinishResult result) {
    if (!request.defaults().writesMetrics()) {
      return;
    }
    Instant now = Instant.now();
    Duration taken = Duration.between(Instant.parse(request.execution().startTime()), now);
    MetricLine.write(
        request.defaults().deployment(),
        result.run(),
        RunMetrics.of(result, taken.toMillis() / 1000.0),
        now);
  }

  @Override
  protected Map<String, String> about(FinishRequest request) {
    return Map.of("run", RunFolder.runName(request.execution().name()));
  }

  @Override
  protected FinishResult refused(RefusedException refusal) {
    return new FinishResult(refusal.getMessage(), null, null, null, null);
  }
}
