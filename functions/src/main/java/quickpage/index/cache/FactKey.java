package quickpage.index.cache;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import quickpage.index.model.DatasetVersion;

/**
 * The table's key of one type's facts: {@code fact#DATASET#UUID#LAST-EDIT#TYPE}, {@code %} and
 * {@code #} in the parts percent-encoded, so that no name can reach into another's key.
 */
final class FactKey {

  /** Begins every key of ours in the table; leases and whatever else begin otherwise. */
  static final String PREFIX = "fact#";

  /**
   * Begins the keys of what a dataset says of itself, the only ones that {@code plan} may write.
   */
  static final String DATASET_PREFIX = "dataset#";

  /**
   * DynamoDB's limit for a partition key is 2,048 bytes; a type whose name does not fit goes by the
   * hash of its name.
   */
  private static final int LONGEST = 2048;

  private FactKey() {}

  static String of(DatasetVersion version, String type) {
    String dataset =
        PREFIX
            + part(version.dataset())
            + "#"
            + part(version.uuid())
            + "#"
            + part(version.lastDatabaseEdit())
            + "#";
    String key = dataset + part(type);
    return key.getBytes(StandardCharsets.UTF_8).length <= LONGEST
        ? key
        : dataset + "#sha256#" + sha256(type);
  }

  private static String part(String text) {
    return text.replace("%", "%25").replace("#", "%23");
  }

  /** The key of what a dataset says of itself: {@code dataset#DATASET}. */
  static String ofDataset(String dataset) {
    String key = DATASET_PREFIX + part(dataset);
    return key.getBytes(StandardCharsets.UTF_8).length <= LONGEST
        ? key
        : DATASET_PREFIX + "#sha256#" + sha256(dataset);
  }

  /** Of which version of which dataset the facts under a key are; empty if it is none of ours. */
  static Optional<DatasetVersion> version(String key) {
    String[] parts = key.split("#", 5);
    return parts.length < 5
        ? Optional.empty()
        : Optional.of(
            new DatasetVersion(unescaped(parts[1]), unescaped(parts[2]), unescaped(parts[3])));
  }

  private static String unescaped(String part) {
    return part.replace("%23", "#").replace("%25", "%");
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
