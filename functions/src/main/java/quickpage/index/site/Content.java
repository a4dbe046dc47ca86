package quickpage.index.site;

import java.nio.file.Path;

/**
 * What is written to an object: bytes or a file, and how readers are told to take it.
 *
 * @param bytes null if {@code file} is given
 * @param file null if {@code bytes} are given
 * @param cacheControl null for none
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
public record Content(byte[] bytes, Path file, String contentType, String cacheControl) {

  /** Internal JSON, which no browser reads. */
  public static Content json(byte[] bytes) {
    return new Content(bytes, null, "application/json", null);
  }

  /** Bytes of any type, internal. */
  public static Content internal(byte[] bytes, String contentType) {
    return new Content(bytes, null, contentType, null);
  }
}
