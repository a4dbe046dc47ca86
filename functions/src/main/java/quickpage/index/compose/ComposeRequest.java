package quickpage.index.compose;

import java.util.Objects;
import quickpage.index.model.run.Execution;

/** What the state machine gives the compose stage. */
public record ComposeRequest(String run, String bucket, String prefix, Execution execution) {

  public ComposeRequest {
    Objects.requireNonNull(run, "run is missing");
    Objects.requireNonNull(bucket, "bucket is missing");
    Objects.requireNonNull(prefix, "prefix is missing");
    Objects.requireNonNull(execution, "execution is missing");
  }
}
