package quickpage.index.cache;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;
import quickpage.index.json.Smile;

/**
 * The bytes in which a record is cached: one byte of format version, the CRC-32C of the rest, and
 * the record in Smile (binary JSON). A payload that cannot be read, that is damaged, or that
 * another version wrote, is a miss. Not compressed: facts of a type are about a kilobyte, and a
 * warm run reads them all.
 */
final class Payload<T> {

  private static final int HEAD = 1 + Integer.BYTES;

  private final byte format;
  private final ObjectWriter writer;
  private final ObjectReader reader;
  private final Class<T> type;

  Payload(int format, Class<T> type) {
    this.format = (byte) format;
    this.type = type;
    this.writer = Smile.MAPPER.writerFor(type);
    this.reader = Smile.MAPPER.readerFor(type);
  }

  byte[] write(T value) {
    try {
      byte[] smile = writer.writeValueAsBytes(value);
      return ByteBuffer.allocate(HEAD + smile.length)
          .put(format)
          .putInt(checksum(smile, 0))
          .put(smile)
          .array();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + type.getSimpleName(), e);
    }
  }

  Optional<T> read(byte[] payload) {
    if (payload.length < HEAD || payload[0] != format) {
      return Optional.empty();
    }
    if (ByteBuffer.wrap(payload).getInt(1) != checksum(payload, HEAD)) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(reader.readValue(payload, HEAD, payload.length - HEAD));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static int checksum(byte[] bytes, int from) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, bytes.length - from);
    return (int) crc.getValue();
  }
}
