package quickpage.index.cache;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import quickpage.index.model.Json;
import quickpage.index.model.TypeFacts;

/**
 * The bytes in which a type's facts are cached: one byte of format version, then deflated JSON. A
 * payload that cannot be read, or that another version wrote, is a miss.
 */
final class FactPayload {

  private static final byte FORMAT = 1;

  private FactPayload() {}

  static byte[] write(TypeFacts facts) {
    var bytes = new ByteArrayOutputStream();
    bytes.write(FORMAT);
    try (var deflater = new DeflaterOutputStream(bytes)) {
      deflater.write(Json.bytes(facts));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  /** The facts; empty if they are not this type's or cannot be read. */
  static Optional<TypeFacts> read(byte[] payload, String type) {
    if (payload.length == 0 || payload[0] != FORMAT) {
      return Optional.empty();
    }
    try (var inflater =
        new InflaterInputStream(new ByteArrayInputStream(payload, 1, payload.length - 1))) {
      // All bytes, for only behind the last one is the checksum.
      TypeFacts facts = Json.MAPPER.readValue(inflater.readAllBytes(), TypeFacts.class);
      return facts != null && facts.type().equals(type) ? Optional.of(facts) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
