package quickpage.index.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.UUID;
import quickpage.index.error.RefusedException;

/**
 * The objects of a folder as files: which path a key is, what is there, and what is said where the
 * folder cannot be used.
 *
 * @param folder absolute and normalised
 */
record ObjectFiles(Path folder) {

  /** Whether it is a path of plain names below the folder. */
  boolean isKey(String key) {
    try {
      Path file = folder.resolve(key);
      return !key.isEmpty()
          && !key.endsWith("/")
          && file.startsWith(folder)
          && file.equals(file.normalize())
          && !file.equals(folder);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** The file's attributes; empty where there is no file. */
  Optional<BasicFileAttributes> existing(String key) {
    return isKey(key) ? existing(folder.resolve(key)) : Optional.empty();
  }

  /** The same of a key's path. */
  Optional<BasicFileAttributes> existing(Path file) {
    try {
      return Optional.of(Files.readAttributes(file, BasicFileAttributes.class))
          .filter(BasicFileAttributes::isRegularFile);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      if (isBelowAFile(file)) {
        return Optional.empty();
      }
      throw refusal(e);
    }
  }

  /** Whether a part of the path is a file, so that nothing can be there. */
  boolean isBelowAFile(Path file) {
    for (Path above = file.getParent(); above.startsWith(folder); above = above.getParent()) {
      if (Files.isRegularFile(above)) {
        return true;
      }
    }
    return false;
  }

  /** Of the form that S3 gives to objects of several parts, so nobody takes it for an MD5. */
  static String etag(BasicFileAttributes attributes) {
    String identity =
        attributes.fileKey() + "/" + attributes.size() + "/" + attributes.lastModifiedTime();
    return UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8))
            .toString()
            .replace("-", "")
        + "-1";
  }

  /** S3 has no folders, so none stays for what was removed. */
  void deleteEmptyFolders(Path from) throws IOException {
    try {
      for (Path empty = from; !empty.equals(folder); empty = empty.getParent()) {
        Files.deleteIfExists(empty);
      }
    } catch (DirectoryNotEmptyException e) {
      // It holds something; then it stays, and with it those above.
    }
  }

  /** What fails on a disk, another attempt does not mend. */
  RefusedException refusal(IOException cause) {
    return new RefusedException(UnusableFolderException.sentence(folder, cause), cause);
  }
}
