package quickpage.index.batch;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import quickpage.index.cache.DynamoDbFactCache;
import quickpage.index.cache.FactCache;
import quickpage.index.error.RefusedException;
import quickpage.index.lambda.AwsClients;
import quickpage.index.lambda.AwsPriming;
import quickpage.index.lambda.Deadlines;
import quickpage.index.lambda.Environment;
import quickpage.index.lambda.FunctionTokens;
import quickpage.index.lambda.StageHandler;
import quickpage.index.model.run.BatchStatistics;
import quickpage.index.model.run.RunContext;
import quickpage.index.neuprint.NeuPrint;
import quickpage.index.neuprint.NeuPrintAddress;
import quickpage.index.neuprint.client.NeuPrintClient;
import quickpage.index.neuprint.client.NeuPrintPriming;
import quickpage.index.site.run.RunFolder;
import quickpage.index.site.store.ObjectStore;
import quickpage.index.site.store.S3ObjectStore;
import software.amazon.awssdk.services.s3.S3Client;

/** The batch stage as a function. Takes {@link BatchRequest}, answers {@link BatchResult}. */
public final class IndexBatchHandler extends StageHandler<BatchRequest, BatchResult> {

  private final Function<String, ObjectStore> stores;
  private final Function<NeuPrintAddress, NeuPrint> neuPrints;
  private final FactCache cache;
  private final Clock clock;

  /** As Lambda makes it; {@code CACHE_TABLE} names the table. */
  public IndexBatchHandler() {
    this(stores(AwsClients.s3()), new FunctionTokens().clients(), cache(), Clock.systemUTC());
  }

  /** With parts that were put together elsewhere. */
  public IndexBatchHandler(
      Function<String, ObjectStore> stores,
      Function<NeuPrintAddress, NeuPrint> neuPrints,
      FactCache cache,
      Clock clock) {
    super(BatchRequest.class);
    this.stores = stores;
    this.neuPrints = neuPrints;
    this.cache = cache;
    this.clock = clock;
  }

  private static Function<String, ObjectStore> stores(S3Client s3) {
    return bucket -> new S3ObjectStore(s3, bucket);
  }

  private static FactCache cache() {
    return new DynamoDbFactCache(
        AwsClients.dynamoDb(), Environment.ofProcess().required("CACHE_TABLE"), Clock.systemUTC());
  }

  @Override
  protected BatchResult answer(BatchRequest request, Context lambda) {
    RunFolder folder =
        new RunFolder(stores.apply(request.bucket()), request.prefix(), request.run());
    RunContext context = folder.context(request.batch().context());
    NeuPrint neuPrint =
        neuPrints.apply(
            new NeuPrintAddress(
                context.settings().server(),
                context.run(),
                context.settings().contact(),
                context.settings().tokenSecret(),
                context.settings().authoritiesSecret()));
    BatchStatistics done =
        new IndexBatch(neuPrint, cache, folder, clock)
            .run(context, request.batch(), Deadlines.of(lambda, clock));
    return new BatchResult(null, done.types(), done.misses(), done.unavailable().size());
  }

  @Override
  protected void warmUp() {
    super.warmUp();
    try (NeuPrintClient neuPrint = NeuPrintPriming.client()) {
      AwsPriming.of((empty, store) -> IndexBatch.prime(neuPrint, empty, store));
    }
  }

  @Override
  protected Map<String, String> about(BatchRequest request) {
    return Map.of("run", request.run(), "batch", Integer.toString(request.batch().number()));
  }

  @Override
  protected BatchResult refused(RefusedException refusal) {
    return new BatchResult(refusal.getMessage(), null, null, null);
  }
}
