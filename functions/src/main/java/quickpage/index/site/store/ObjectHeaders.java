package quickpage.index.site.store;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an object's readers are told of it beside its content, and what S3 keeps with it.
 *
 * @param contentType null where a store keeps none
 * @param cacheControl null for none
 * @param others further headers that S3 keeps, by name: {@code Content-Encoding}, {@code
 *     Content-Disposition}, {@code Content-Language}, {@code Expires}, {@code
 *     x-amz-website-redirect-location}
 * @param metadata the user's own, by name without {@code x-amz-meta-}
 */
public record ObjectHeaders(
    String contentType,
    String cacheControl,
    Map<String, String> others,
    Map<String, String> metadata) {

  /** Of an object in a store that keeps no headers. */
  public static final ObjectHeaders NONE = of(null, null);

  public ObjectHeaders {
    others = sorted(others);
    metadata = sorted(metadata);
  }

  public static ObjectHeaders of(String contentType, String cacheControl) {
    return new ObjectHeaders(contentType, cacheControl, Map.of(), Map.of());
  }

  public ObjectHeaders withMetadata(Map<String, String> given) {
    return new ObjectHeaders(contentType, cacheControl, others, given);
  }

  private static Map<String, String> sorted(Map<String, String> map) {
    return map == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(map));
  }
}
