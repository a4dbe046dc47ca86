package quickpage.index.site.store;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What is written to an object: bytes or a file, and how readers are told to take it.
 *
 * @param bytes null if {@code file} is given
 * @param file null if {@code bytes} are given
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
public record Content(byte[] bytes, Path file, ObjectHeaders headers) {

  /** Browsers may keep it, but ask each time whether it is still the same. */
  private static final String REVALIDATE = "no-cache";

  /** For names that hold a hash of the content: a year, and never asked for again. */
  private static final String IMMUTABLE = "public, max-age=31536000, immutable";

  /** Internal JSON, which no browser reads. */
  public static Content json(byte[] bytes) {
    return new Content(bytes, null, ObjectHeaders.of("application/json", null));
  }

  /** Bytes of any type, internal. */
  public static Content internal(byte[] bytes, String contentType) {
    return new Content(bytes, null, ObjectHeaders.of(contentType, null));
  }

  /** A published file whose name stays while its content changes. */
  public static Content fixedName(byte[] bytes, String contentType) {
    return new Content(bytes, null, ObjectHeaders.of(contentType, REVALIDATE));
  }

  /** A published file whose name stays while its content changes. */
  public static Content fixedName(Path file, String contentType) {
    return new Content(null, file, ObjectHeaders.of(contentType, REVALIDATE));
  }

  /** A published file whose name changes with its content. */
  public static Content hashedName(byte[] bytes, String contentType) {
    return new Content(bytes, null, ObjectHeaders.of(contentType, IMMUTABLE));
  }

  /** The same with metadata of our own. */
  public Content withMetadata(Map<String, String> metadata) {
    return new Content(bytes, file, headers.withMetadata(metadata));
  }

  /** The content from its beginning; to be closed. */
  InputStream open() {
    try {
      return bytes == null
          ? new BufferedInputStream(Files.newInputStream(file))
          : new ByteArrayInputStream(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
