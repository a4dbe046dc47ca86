package quickpage.index.site.store;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import quickpage.index.io.ContentChecksum;
import quickpage.index.model.TransientFailure;

/**
 * What one published file is recognised by, read once: former versions recorded a SHA-256, which is
 * computed only where such a record is compared.
 */
public final class ContentIdentity {

  private final byte[] content;
  private final String checksum;

  private ContentIdentity(byte[] content) {
    this.content = content;
    this.checksum = ContentChecksum.of(content);
  }

  /** Reads a file of the site to its end and closes it. */
  public static ContentIdentity of(ObjectStore.Stored stored) {
    try (stored) {
      return new ContentIdentity(stored.body().readAllBytes());
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** The checksum of what is about to be published. */
  public static String checksum(Content content) {
    try (InputStream body = content.open()) {
      return ContentChecksum.of(body);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private static TransientFailure broken(IOException cause) {
    return new TransientFailure("A file of the site could not be read to its end.", cause);
  }

  public String checksum() {
    return checksum;
  }

  public String sha256() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
