package quickpage.index.cache;

import java.util.Optional;
import quickpage.index.model.DatasetFacts;

/** The bytes in which what a dataset says of itself is cached; see {@link Payload}. */
public final class DatasetPayload {

  private static final Payload<DatasetFacts> PAYLOAD = new Payload<>(2, DatasetFacts.class);

  private DatasetPayload() {}

  public static byte[] write(DatasetFacts facts) {
    return PAYLOAD.write(facts);
  }

  /** The facts; empty if they are not this dataset's or cannot be read. */
  public static Optional<DatasetFacts> read(byte[] payload, String dataset) {
    return PAYLOAD.read(payload).filter(facts -> facts.version().dataset().equals(dataset));
  }
}
