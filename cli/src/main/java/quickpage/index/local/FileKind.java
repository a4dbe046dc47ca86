package quickpage.index.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What is at a path, links not followed. Looked at before a file of ours is opened: a pipe would be
 * waited for, a device may give or take without end, and a link leads out of the folder that the
 * user named.
 */
enum FileKind {
  MISSING("nothing"),
  FILE("a file"),
  FOLDER("a folder"),
  LINK("a link, which is not followed"),
  OTHER("a pipe, a socket or a device");

  private final String words;

  FileKind(String words) {
    this.words = words;
  }

  /** What cannot be looked at counts as missing: whoever opens it hears why. */
  static FileKind of(Path path) {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      return MISSING;
    }
    if (attributes.isRegularFile()) {
      return FILE;
    }
    if (attributes.isDirectory()) {
      return FOLDER;
    }
    return attributes.isSymbolicLink() ? LINK : OTHER;
  }

  /** For a sentence, after "is". */
  String inWords() {
    return words;
  }
}
