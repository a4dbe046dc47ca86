package quickpage.index.sandbox.connectome;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of files, and the sentence for one that cannot be read. */
final class FileHash {
  private FileHash() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Of a text's UTF-8 bytes, in hexadecimal digits. */
  static String sha256(String text) {
    MessageDigest digest = sha256();
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    return hex(digest);
  }

  /** The digest of what it has been given, in hexadecimal digits. */
  static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  static RefusedInputException unreadable(Path file, IOException why) {
    String reason = why instanceof NoSuchFileException ? "there is no such file" : why.getMessage();
    return new RefusedInputException("Cannot read " + file + ": " + reason + ".", why);
  }
}
