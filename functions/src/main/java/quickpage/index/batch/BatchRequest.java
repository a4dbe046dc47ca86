package quickpage.index.batch;

import java.util.Objects;
import quickpage.index.model.run.Batch;

/** What the state machine gives the batch stage: the run and one item of the map. */
public record BatchRequest(String run, String bucket, String prefix, Batch batch) {

  public BatchRequest {
    Objects.requireNonNull(run, "run is missing");
    Objects.requireNonNull(bucket, "bucket is missing");
    Objects.requireNonNull(prefix, "prefix is missing");
    Objects.requireNonNull(batch, "batch is missing");
    Objects.requireNonNull(batch.plan(), "the batch's plan is missing");
    Objects.requireNonNull(batch.context(), "the batch's context is missing");
  }
}
