package quickpage.index.cache;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import quickpage.index.model.Json;

/**
 * The bytes in which a record is cached: one byte of format version, then deflated JSON. A payload
 * that cannot be read, or that another version wrote, is a miss.
 */
final class Payload {

  private Payload() {}

  static byte[] write(byte format, Object value) {
    var bytes = new ByteArrayOutputStream();
    bytes.write(format);
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try (var out = new DeflaterOutputStream(bytes, deflater)) {
      out.write(Json.bytes(value));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  static <T> Optional<T> read(byte format, byte[] payload, Class<T> type) {
    if (payload.length == 0 || payload[0] != format) {
      return Optional.empty();
    }
    try (var inflater =
        new InflaterInputStream(new ByteArrayInputStream(payload, 1, payload.length - 1))) {
      // All bytes, for only behind the last one is the checksum.
      return Optional.ofNullable(Json.MAPPER.readValue(inflater.readAllBytes(), type));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
