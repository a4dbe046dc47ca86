package quickpage.index.cache;

import java.util.Optional;
import quickpage.index.model.TypeFacts;

/** The bytes in which a type's facts are cached; see {@link Payload}. */
public final class FactPayload {

  private static final Payload<TypeFacts> PAYLOAD = new Payload<>(3, TypeFacts.class);

  private FactPayload() {}

  public static byte[] write(TypeFacts facts) {
    return PAYLOAD.write(facts);
  }

  /** The facts; empty if they are not this type's or cannot be read. */
  public static Optional<TypeFacts> read(byte[] payload, String type) {
    return PAYLOAD.read(payload).filter(facts -> facts.type().equals(type));
  }
}
