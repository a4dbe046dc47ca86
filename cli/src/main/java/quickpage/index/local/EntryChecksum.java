package quickpage.index.local;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Binds an entry of the cache to what it is kept for. SQLite has no checksums: a flipped bit in its
 * pages can give a payload another version, type or time, which its own checksum does not show.
 */
final class EntryChecksum {

  private EntryChecksum() {}

  /**
   * A payload with the checksum behind it.
   *
   * @param expires epoch seconds
   * @param key what it is kept for
   */
  static byte[] append(byte[] payload, long expires, String... key) {
    return ByteBuffer.allocate(payload.length + Integer.BYTES)
        .put(payload)
        .putInt(checksum(payload, payload.length, expires, key))
        .array();
  }

  /** The payload; empty if it is not what was kept for this, and until then. */
  static Optional<byte[]> payload(byte[] entry, long expires, String... key) {
    if (entry == null || entry.length < Integer.BYTES) {
      return Optional.empty();
    }
    int length = entry.length - Integer.BYTES;
    return ByteBuffer.wrap(entry).getInt(length) == checksum(entry, length, expires, key)
        ? Optional.of(Arrays.copyOf(entry, length))
        : Optional.empty();
  }

  private static int checksum(byte[] payload, int length, long expires, String... key) {
    CRC32C checksum = new CRC32C();
    checksum.update(payload, 0, length);
    checksum.update(ByteBuffer.allocate(Long.BYTES).putLong(0, expires));
    for (String part : key) {
      checksum.update(part.getBytes(StandardCharsets.UTF_8));
      checksum.update(0);
    }
    return (int) checksum.getValue();
  }
}
